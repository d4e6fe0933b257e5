package io.frontdesk.modules.proxy;

import io.frontdesk.engine.upstream.HostPort;
import io.frontdesk.engine.upstream.UpstreamUrl;
import java.nio.charset.StandardCharsets;

/**
 * What a {@code proxy_pass} names: made once when it holds no variables, else for each request. A value.
 *
 * @param scheme     {@code http://}, as it was written
 * @param url        host, port and URI
 * @param usualPort  that of the scheme
 * @param hostHeader {@code $proxy_host}: what Host says unless it is set
 * @param uri        the URI part as bytes; empty for none
 */
record ProxyTarget(String scheme, UpstreamUrl url, int usualPort, byte[] hostHeader, byte[] uri) {
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    /** Reads a URL; a URI part that begins with its query gets a slash. */
    static ProxyTarget parse(String text) throws UpstreamUrl.Malformed, WrongScheme {
        String scheme;
        int port = 80;
        if (text.regionMatches(true, 0, HTTP, 0, HTTP.length())) {
            scheme = text.substring(0, HTTP.length());
        } else if (text.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
            scheme = text.substring(0, HTTPS.length());
            port = 443;
        } else {
            throw new WrongScheme();
        }
        UpstreamUrl url = UpstreamUrl.parse(text.substring(scheme.length()), true);
        return new ProxyTarget(scheme, url, port, bytes(host(url, port)), bytes(url.uri()));
    }

    /** The same without its URI part, so that the target of the request passes as it is. */
    ProxyTarget withoutUri() {
        return new ProxyTarget(scheme, url, usualPort, hostHeader, new byte[0]);
    }

    /** It is neither {@code http} nor {@code https}. */
    static final class WrongScheme extends Exception {
        private static final long serialVersionUID = 1;

        WrongScheme() {
            super("invalid URL prefix", null, false, false);
        }
    }

    private static String host(UpstreamUrl url, int usualPort) {
        if (url.unixPath() != null) {
            return "localhost";
        }
        return url.portText().isEmpty() || url.port() == usualPort
                ? url.hostText()
                : url.hostText() + ":" + url.portText();
    }

    /** {@code $proxy_port}, empty for a socket in the file system. */
    String portText() {
        if (url.unixPath() != null) {
            return "";
        }
        return url.portText().isEmpty() ? Integer.toString(usualPort) : url.portText();
    }

    /** The name to find, when it is neither an upstream's nor an address. */
    HostPort hostPort() {
        return new HostPort(url.host(), url.port() == 0 ? usualPort : url.port());
    }

    boolean isTls() {
        return usualPort == 443;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
