package io.frontdesk.e2e.streams;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code /NAME/FRAMING/SIZE/…} with as many letters as SIZE says, of a text that begins with the target; FRAMING is {@code length},
 * {@code chunks} or {@code end}. Now and then it closes a connection behind an answer without having said so. A request's body is counted
 * in the field {@code X-Body}.
 */
final class MixedOrigin implements AutoCloseable {
    private static final int MAX_CHUNK = 5000;

    private final ServerSocket listen;
    private final AtomicInteger connections = new AtomicInteger();

    MixedOrigin() {
        try {
            listen = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The body that belongs to a target. */
    static String body(String target) {
        int size = Integer.parseInt(target.split("/")[3]);
        return (target + " ").repeat(size / target.length() + 1).substring(0, size);
    }

    private void accept() {
        while (!listen.isClosed()) {
            try {
                Socket socket = listen.accept();
                Random random = new Random(connections.incrementAndGet());
                Thread.ofVirtual().start(() -> serve(socket, random));
            } catch (IOException end) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Random random) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); head != null; head = head(in)) {
                long length = skipBody(in, head);
                if (!answer(socket.getOutputStream(), head.split(" ")[1], length, random)) {
                    return;
                }
            }
        } catch (IOException end) {
            // the proxy has closed: nothing is left to do
        }
    }

    private static @Nullable String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                return null;
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static long skipBody(InputStream in, String head) throws IOException {
        int at = head.indexOf("Content-Length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf('\r', at)));
        in.skipNBytes(length);
        return length;
    }

    /** Gives whether the connection goes on. */
    private static boolean answer(OutputStream out, String target, long bodyLength, Random random) throws IOException {
        String framing = target.split("/")[2];
        byte[] body = body(target).getBytes(StandardCharsets.US_ASCII);
        boolean ends = framing.equals("end");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        write(all, "HTTP/1.1 200 OK\r\nX-Body: " + bodyLength + "\r\n" + switch (framing) {
            case "chunks" -> "Transfer-Encoding: chunked\r\n\r\n";
            case "end" -> "Connection: close\r\n\r\n";
            default -> "Content-Length: " + body.length + "\r\n\r\n";
        });
        if (framing.equals("chunks")) {
            for (int at = 0; at < body.length;) {
                int size = Math.min(body.length - at, 1 + random.nextInt(MAX_CHUNK));
                write(all, Integer.toHexString(size) + "\r\n");
                all.write(body, at, size);
                write(all, "\r\n");
                at += size;
            }
            write(all, "0\r\n\r\n");
        } else {
            all.write(body);
        }
        byte[] bytes = all.toByteArray();
        int first = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        out.write(bytes, 0, first);
        out.write(bytes, first, bytes.length - first);
        return !ends && random.nextInt(20) != 0;
    }

    private static void write(ByteArrayOutputStream to, String text) {
        to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "127.0.0.1:" + listen.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listen.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
