package io.frontdesk.engine.probe;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.codec.http1.RequestReader;
import io.frontdesk.codec.http1.Result;
import io.netty.buffer.Unpooled;

/** What a probe asks of a server, but for its name. Immutable. */
public final class ProbeRequest {
    private static final RequestLimits LIMITS = new RequestLimits(64 * 1024, 4, 64 * 1024, 1000, true, true, false,
            false, false);

    private final String line;
    private final String fields;
    private final byte[] body;

    private ProbeRequest(String method, String target, String fields, byte[] body) {
        this.line = method + " " + target + " HTTP/1.1\r\n";
        this.fields = fields;
        this.body = body;
        if (!target.startsWith("/") || !read("localhost", new RequestHead())) {
            throw new IllegalArgumentException("no target: " + target);
        }
    }

    /**
     * A GET.
     *
     * @throws IllegalArgumentException {@code target} is none: a byte string, from the first slash on
     */
    public static ProbeRequest get(String target) {
        return new ProbeRequest("GET", target, "", new byte[0]);
    }

    /** The call of a gRPC method, {@code /package.Service/Method}, with one message, which is not compressed. */
    public static ProbeRequest call(String method, byte[] message) {
        Bytes body = new Bytes();
        body.write((byte) 0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            body.write((byte) (message.length >> shift));
        }
        body.write(message);
        return new ProbeRequest("POST", method,
                "Content-Type: application/grpc\r\nTE: trailers\r\nContent-Length: " + body.length() + "\r\n",
                body.toArray());
    }

    /** Its body, lent; nobody changes it. */
    byte[] body() {
        return body;
    }

    /** Fills {@code head} with the request to the server of that name; to "localhost" when the name can't be one in a request. */
    void fill(String host, RequestHead head) {
        if (!read(host, head)) {
            read("localhost", head);
        }
    }

    private boolean read(String host, RequestHead head) {
        byte[] request = Bytes.of(line + "Host: " + host + "\r\n" + fields + "\r\n").toArray();
        return new RequestReader(LIMITS).read(Unpooled.wrappedBuffer(request), head) == Result.HEAD;
    }
}
