package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A connection that an origin accepted: reads requests, sends whatever the test says. One thread. */
@ControlPlane("the thread of a test, or a virtual thread; waits for bytes")
public final class OriginConnection implements AutoCloseable {
    private final RawClient raw;
    private final List<OriginRequest> record;

    OriginConnection(Socket socket, List<OriginRequest> record) {
        this.raw = new RawClient(socket);
        this.record = record;
    }

    /** Reads a head. */
    public OriginRequest readHead() {
        return new OriginRequest(raw.awaitText("\r\n\r\n"), "");
    }

    /** Reads a whole request, and keeps it in the origin's list. */
    public OriginRequest readRequest() {
        OriginRequest request = readHead();
        String size = request.field("Content-Length");
        if (request.field("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            request = new OriginRequest(request.head(), raw.readChunks());
        } else if (!size.isEmpty()) {
            request = new OriginRequest(request.head(), raw.awaitBytes(Integer.parseInt(size)));
        }
        record.add(request);
        return request;
    }

    /** Sends a text, one byte a char. */
    public OriginConnection send(String text) {
        raw.send(text);
        return this;
    }

    /** Sends bytes. */
    public OriginConnection send(byte[] bytes) {
        raw.send(bytes);
        return this;
    }

    /** Sends as much of a text as the proxy takes: for what is too much for it, so that it may close before the end. */
    public OriginConnection sendTooMuch(String text) {
        raw.sendTooMuch(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Sends 200 with this body and its length. */
    public OriginConnection answer(String body) {
        return send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    /** Sends a text byte by byte, with a pause behind each: an origin's slowness, not a wait of the test. */
    public OriginConnection drip(String text, int pauseMillis) {
        try {
            for (int i = 0; i < text.length(); i++) {
                send(text.substring(i, i + 1));
                Thread.sleep(pauseMillis);
            }
            return this;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits until the proxy ends the connection; what came before that. */
    public String awaitEnd() {
        return raw.awaitEnd();
    }

    /** The bytes of the connection, for what is not here. */
    public RawClient raw() {
        return raw;
    }

    /** Sends a FIN; bytes can still be read. */
    public OriginConnection shutdownOutput() {
        raw.shutdownOutput();
        return this;
    }

    /** Closes by a reset. */
    public void reset() {
        raw.reset();
    }

    @Override
    public void close() {
        raw.close();
    }

    /** Answers requests until the connection ends. */
    void serve(Function<OriginRequest, String> answers) {
        try (this) {
            while (raw.awaitsMore()) {
                OriginRequest request = readRequest();
                String answer = answers.apply(request);
                send(answer);
                String head = answer.substring(0, answer.indexOf("\r\n\r\n") + 4);
                boolean framed = !Answer.fields(head, "Content-Length").isEmpty()
                        || !Answer.fields(head, "Transfer-Encoding").isEmpty() || request.method().equals("HEAD");
                if (!framed || Answer.fields(head, "Connection").contains("close")) {
                    return;
                }
            }
        } catch (AssertionError | UncheckedIOException e) {
            // the proxy went away
        }
    }
}
