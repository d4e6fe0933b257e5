package io.frontdesk.engine;

import io.frontdesk.engine.core.CoreSettings.ServerTokens;

/** Who we say that we are. */
public final class Identity {
    /** Our own version. */
    public static final String VERSION = "0.1.0";
    /** The version of nginx whose behaviour we keep ({@code $nginx_version}). */
    public static final String NGINX_VERSION = "1.31.5";

    private static final byte[] WITH_VERSION = bytes("Server: frontdesk/" + VERSION + "\r\n");
    private static final byte[] PLAIN = bytes("Server: frontdesk\r\n");

    private Identity() {}

    /** What the Server field and the pages say. */
    public static String server(ServerTokens tokens) {
        return tokens == ServerTokens.OFF ? "frontdesk" : "frontdesk/" + VERSION;
    }

    /** The whole line of the Server field; not to be changed. */
    public static byte[] serverLine(ServerTokens tokens) {
        return tokens == ServerTokens.OFF ? PLAIN : WITH_VERSION;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }
}
