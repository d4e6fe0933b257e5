package io.frontdesk.engine.response;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Status;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.core.CoreSettings.ServerTokens;
import io.frontdesk.engine.request.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The built-in pages: made once each, and kept; but for redirects of old browsers, which name their target. */
final class SpecialPage {
    private static final Map<Integer, byte[]> PAGES = new ConcurrentHashMap<>();
    private static final String PADDING = "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n";

    private SpecialPage() {}

    /** nginx: 494 to 497 are its own numbers for kinds of 400. */
    static int shownStatus(int status) {
        return status >= 494 && status <= 497 ? 400 : status;
    }

    /** The page of a status, or null when it has none. Not to be changed. */
    static byte @Nullable [] of(Exchange ex, int status) {
        if (isRefresh(ex, status)) {
            return refresh(ex.response().fields());
        }
        String heading = heading(status);
        if (heading.isEmpty()) {
            return null;
        }
        ServerTokens tokens = ex.location().core().serverTokens();
        boolean padded = status >= 400 && ex.location().core().padsForMsie() && hidesErrors(ex);
        int key = status << 4 | tokens.ordinal() << 1 | (padded ? 1 : 0);
        return PAGES.computeIfAbsent(key, k -> make(status, heading, tokens, padded));
    }

    /** What a page calls its status; not always the reason phrase. */
    private static String heading(int status) {
        if (status < 301 || status == 304) {
            return "";
        }
        return switch (status) {
            case 302 -> "302 Found";
            case 401 -> "401 Authorization Required";
            default -> {
                int shown = shownStatus(status);
                String reason = Status.reason(shown);
                yield reason.isEmpty() ? "" : shown + " " + reason;
            }
        };
    }

    /** The kinds of 400 that say more than that. */
    private static String detail(int status) {
        return switch (status) {
            case 494 -> "Request Header Or Cookie Too Large";
            case 495 -> "The SSL certificate error";
            case 496 -> "No required SSL certificate was sent";
            case 497 -> "The plain HTTP request was sent to HTTPS port";
            default -> "";
        };
    }

    private static byte[] make(int status, String heading, ServerTokens tokens, boolean padded) {
        String detail = detail(status);
        StringBuilder page = new StringBuilder(512);
        page.append("<html>\r\n<head><title>").append(detail.isEmpty() ? heading : "400 " + detail)
                .append("</title></head>\r\n<body>\r\n<center><h1>").append(heading).append("</h1></center>\r\n");
        if (!detail.isEmpty()) {
            page.append("<center>").append(detail).append("</center>\r\n");
        }
        page.append("<hr><center>").append(Identity.server(tokens)).append("</center>\r\n</body>\r\n</html>\r\n");
        if (padded) {
            page.append(PADDING.repeat(6));
        }
        return page.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether a redirect becomes a page that refreshes itself ({@code msie_refresh}). */
    static boolean isRefresh(Exchange ex, int status) {
        return (status == 301 || status == 302) && ex.location().core().refreshesForMsie() && isMsie(agent(ex))
                && ex.response().fields().has(FieldName.LOCATION);
    }

    private static byte[] refresh(Fields fields) {
        int location = fields.find(FieldName.LOCATION);
        Bytes page = new Bytes(256);
        page.write("<html><head><meta http-equiv=\"Refresh\" content=\"0; URL=");
        UriEscape.REFRESH.escape(fields.bytes().array(), fields.valueOffset(location), fields.valueLength(location),
                page);
        page.write("\"></head><body></body></html>\r\n");
        return page.toArray();
    }

    private static String agent(Exchange ex) {
        return ex.request().field(FieldName.USER_AGENT);
    }

    private static boolean isMsie(String agent) {
        int at = agent.indexOf("MSIE ");
        return at >= 0 && at + 7 < agent.length() && !agent.contains("Opera");
    }

    /** Browsers that show a page of their own in the place of a short one. */
    private static boolean hidesErrors(Exchange ex) {
        if (ex.request().version() == HttpVersion.HTTP_0_9) {
            return false;
        }
        String agent = agent(ex);
        return isMsie(agent) || agent.contains("Chrome/") && !agent.contains("Gecko/") && !agent.contains("Opera");
    }
}
