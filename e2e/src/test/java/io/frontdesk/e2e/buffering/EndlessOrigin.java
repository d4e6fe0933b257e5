package io.frontdesk.e2e.buffering;

import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/** An origin that answers each request with a chunked body which never ends: it sends as fast as it is read. */
final class EndlessOrigin implements AutoCloseable {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final Origin origin = Origin.scripted();
    private final AtomicLong sent = new AtomicLong();
    private final String fields;

    EndlessOrigin(String... fields) {
        this.fields = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                OriginConnection connection = origin.accept();
                Thread.ofVirtual().start(() -> answer(connection));
            }
        } catch (AssertionError closed) {
            // nobody comes any more
        }
    }

    private void answer(OriginConnection connection) {
        byte[] chunk = (Integer.toHexString(CHUNK_BYTES) + "\r\n" + "x".repeat(CHUNK_BYTES) + "\r\n")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        try (connection) {
            connection.readHead();
            connection.send("HTTP/1.1 200 OK\r\n" + fields + "Transfer-Encoding: chunked\r\n\r\n");
            while (true) {
                connection.send(chunk);
                sent.addAndGet(CHUNK_BYTES);
            }
        } catch (UncheckedIOException | AssertionError gone) {
            // the proxy closed
        }
    }

    /** Bytes of bodies that were sent so far. */
    long sent() {
        return sent.get();
    }

    @Override
    public String toString() {
        return origin.authority();
    }

    @Override
    public void close() {
        origin.close();
    }
}
