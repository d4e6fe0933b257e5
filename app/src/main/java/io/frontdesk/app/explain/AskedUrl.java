package io.frontdesk.app.explain;

import io.frontdesk.app.command.UsageException;

/**
 * The URL of a request as a client takes it apart.
 *
 * @param tls       whether it is https
 * @param authority what Host says
 * @param host      the host alone, IPv6 without its brackets
 * @param port      the port that is connected to; 0 when there is none to know
 * @param hasPort   whether the port was given
 * @param target    what the request line says
 * @param isPath    whether it is a path alone, with no word about how it is asked for
 */
record AskedUrl(boolean tls, String authority, String host, int port, boolean hasPort, String target,
        boolean isPath) {
    /** Reads a URL, or a path alone, which is asked of localhost. */
    static AskedUrl parse(String url) throws UsageException {
        if (url.startsWith("/") || url.equals("*")) {
            return new AskedUrl(false, "localhost", "localhost", 0, false, withoutFragment(url), true);
        }
        boolean tls = url.regionMatches(true, 0, "https://", 0, 8);
        if (!tls && !url.regionMatches(true, 0, "http://", 0, 7)) {
            throw new UsageException("\"" + url + "\" is no URL: http://host/path, or /path");
        }
        String rest = withoutFragment(url.substring(tls ? 8 : 7));
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') {
            end++;
        }
        String authority = rest.substring(rest.lastIndexOf('@', end - 1) + 1, end);
        String target = rest.substring(end);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        int port = hasPort ? port(authority.substring(colon + 1)) : tls ? 443 : 80;
        String host = hasPort ? authority.substring(0, colon) : authority;
        if (host.isEmpty()) {
            throw new UsageException("\"" + url + "\" has no host");
        }
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new AskedUrl(tls, authority, bare, port, hasPort, target.startsWith("/") ? target : "/" + target,
                false);
    }

    private static String withoutFragment(String url) {
        int hash = url.indexOf('#');
        return hash < 0 ? url : url.substring(0, hash);
    }

    private static int port(String text) throws UsageException {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageException("\"" + text + "\" is no port");
    }
}
