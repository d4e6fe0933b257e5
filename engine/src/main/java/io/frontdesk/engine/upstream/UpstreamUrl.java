package io.frontdesk.engine.upstream;

import io.frontdesk.config.Numbers;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where an upstream is: what stands behind the scheme of a {@code proxy_pass}, or in a {@code server} line. A value.
 *
 * @param text     as written, without the scheme
 * @param host     the name or address, IPv6 without its brackets; empty for a socket in the file system
 * @param hostText the host as written, brackets included
 * @param portText the port as written, empty for none
 * @param port     the port, or 0 for none
 * @param unixPath the path of a socket in the file system, or null
 * @param uri      what follows the authority, from its slash or question mark on; empty for none
 */
public record UpstreamUrl(String text, String host, String hostText, String portText, int port,
        @Nullable String unixPath, String uri) {

    /** Why a text is none, in nginx's words. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Reads host, port and URI.
     *
     * @throws Malformed with {@code no host}, {@code invalid port} and the like
     */
    public static UpstreamUrl parse(String text, boolean hasUri) throws Malformed {
        if (text.regionMatches(true, 0, "unix:", 0, 5)) {
            return unix(text, hasUri);
        }
        int end = hasUri ? authorityEnd(text) : text.length();
        String uri = text.substring(end);
        String authority = text.substring(0, end);
        if (authority.startsWith("[")) {
            int close = authority.indexOf(']');
            if (close < 0) {
                throw new Malformed("invalid host");
            }
            String rest = authority.substring(close + 1);
            if (!rest.isEmpty() && !rest.startsWith(":")) {
                throw new Malformed("invalid host");
            }
            String port = rest.isEmpty() ? "" : rest.substring(1);
            String host = authority.substring(1, close);
            if (host.isEmpty()) {
                throw new Malformed("no host");
            }
            return new UpstreamUrl(text, host, authority.substring(0, close + 1), port, port(rest), null, uri);
        }
        int colon = authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (host.isEmpty()) {
            throw new Malformed("no host");
        }
        String rest = colon < 0 ? "" : authority.substring(colon);
        return new UpstreamUrl(text, host, host, rest.isEmpty() ? "" : rest.substring(1), port(rest), null, uri);
    }

    private static int authorityEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return text.length();
    }

    private static int port(String rest) throws Malformed {
        if (rest.isEmpty()) {
            return 0;
        }
        OptionalLong port = Numbers.parse(rest.substring(1));
        if (port.isEmpty() || port.getAsLong() < 1 || port.getAsLong() > 65_535) {
            throw new Malformed("invalid port");
        }
        return (int) port.getAsLong();
    }

    private static UpstreamUrl unix(String text, boolean hasUri) throws Malformed {
        String path = text.substring(5);
        String uri = "";
        if (hasUri) {
            int colon = path.indexOf(':');
            if (colon >= 0) {
                uri = path.substring(colon + 1);
                path = path.substring(0, colon);
            }
        }
        if (path.isEmpty()) {
            throw new Malformed("no path in the unix domain socket");
        }
        if (path.length() > 107) {
            throw new Malformed("too long path in the unix domain socket");
        }
        return new UpstreamUrl(text, "", "", "", 0, path, uri);
    }

    /** What it is called among upstreams: host and port as written. */
    public String authority() {
        if (unixPath != null) {
            return "unix:" + unixPath;
        }
        return portText.isEmpty() ? hostText : hostText + ":" + portText;
    }
}
