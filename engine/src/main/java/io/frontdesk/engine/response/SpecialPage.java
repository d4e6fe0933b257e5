package io.frontdesk.engine.response;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Status;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.core.CoreSettings.ServerTokens;
import io.frontdesk.engine.request.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The built-in pages: made once each, and kept. */
final class SpecialPage {
    private static final Map<Integer, byte[]> PAGES = new ConcurrentHashMap<>();
    private static final String PADDING = "<!-- a padding to disable MSIE and Chrome friendly error page -->\r\n";

    private SpecialPage() {}

    /** The page of a status, or null when it has none. Not to be changed. */
    static byte @Nullable [] of(Exchange ex, int status) {
        String reason = Status.reason(status);
        if (reason.isEmpty()) {
            return null;
        }
        ServerTokens tokens = ex.location().core().serverTokens();
        boolean padded = status >= 400 && ex.location().core().padsForMsie() && isMsieOrChrome(ex);
        int key = status << 4 | tokens.ordinal() << 1 | (padded ? 1 : 0);
        return PAGES.computeIfAbsent(key, k -> make(status, reason, tokens, padded));
    }

    private static byte[] make(int status, String reason, ServerTokens tokens, boolean padded) {
        String title = status + " " + reason;
        StringBuilder page = new StringBuilder(512);
        page.append("<html>\r\n<head><title>").append(title).append("</title></head>\r\n<body>\r\n<center><h1>")
                .append(title).append("</h1></center>\r\n<hr><center>").append(Identity.server(tokens))
                .append("</center>\r\n</body>\r\n</html>\r\n");
        if (padded) {
            page.append(PADDING.repeat(6));
        }
        return page.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean isMsieOrChrome(Exchange ex) {
        int agent = ex.request().fields().find(FieldName.USER_AGENT);
        if (agent < 0) {
            return false;
        }
        String value = ex.request().fields().valueString(agent);
        return value.contains("MSIE ") && !value.contains("Opera") || value.contains("Chrome/");
    }
}
