package io.frontdesk.modules.grpc;

import io.frontdesk.engine.upstream.HostPort;
import io.frontdesk.engine.upstream.UpstreamUrl;
import java.nio.charset.StandardCharsets;

/**
 * What a {@code grpc_pass} names: made once when it holds no variables, else for each request. A value.
 *
 * @param scheme    {@code grpc://}, as it was written
 * @param url       host and port
 * @param isTls     whether the scheme is {@code grpcs}
 * @param authority what {@code :authority} says unless Host is set
 */
record GrpcTarget(String scheme, UpstreamUrl url, boolean isTls, byte[] authority) {
    private static final String GRPC = "grpc://";
    private static final String GRPCS = "grpcs://";

    /** Reads an address, with a scheme or without. */
    static GrpcTarget parse(String text) throws UpstreamUrl.Malformed {
        boolean secured = text.regionMatches(true, 0, GRPCS, 0, GRPCS.length());
        boolean plain = text.regionMatches(true, 0, GRPC, 0, GRPC.length());
        int length = secured ? GRPCS.length() : plain ? GRPC.length() : 0;
        UpstreamUrl url = UpstreamUrl.parse(text.substring(length), false);
        String authority = url.unixPath() == null ? url.authority() : "localhost";
        return new GrpcTarget(length == 0 ? GRPC : text.substring(0, length), url, secured,
                authority.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether it says no port, which only a group or a socket in the file system may do without. */
    boolean lacksPort() {
        return url.port() == 0 && url.unixPath() == null;
    }

    /** The name to find, when it is neither an upstream's nor an address. */
    HostPort hostPort() {
        return new HostPort(url.host(), url.port());
    }
}
