package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket of a test: sends bytes as they are, and waits for bytes or the end, never longer than the deadline. Texts are byte strings.
 */
@ControlPlane("the thread of a test; waits for bytes")
public final class RawClient implements AutoCloseable {
    /** How long anything that must come is waited for. */
    public static final Duration DEADLINE = Patience.MOST;

    private final Socket socket;
    private byte[] received = new byte[8192];
    private int length;
    private int taken;
    private boolean ended;
    /** How it ended, for the messages. */
    private String end = "";

    RawClient(Socket socket) {
        this.socket = socket;
    }

    /** Connects to a port of 127.0.0.1. */
    public static RawClient connect(int port) {
        return connect(port, 0);
    }

    /** Connects to a port of 127.0.0.1 with a socket that takes about {@code receiveBytes} unread; left to the system, that may be megabytes. */
    public static RawClient connect(int port, int receiveBytes) {
        try {
            Socket socket = new Socket();
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), port),
                    (int) DEADLINE.toMillis());
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a port of 127.0.0.1 by TLS, whose handshake is done when this returns: a client for the bytes inside. */
    public static RawClient connectTls(int port, SSLContext context, @Nullable String serverName, String... protocols) {
        return connect(port).startTls(context, serverName, protocols);
    }

    /** Goes over to TLS, as {@link #connectTls}, on a connection that nothing was said on: the client to use from now on. */
    public RawClient startTls(SSLContext context, @Nullable String serverName, String... protocols) {
        try {
            SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1",
                    socket.getPort(), true);
            SSLParameters parameters = secured.getSSLParameters();
            if (serverName != null) {
                parameters.setServerNames(List.of(new SNIHostName(serverName)));
            }
            if (protocols.length > 0) {
                parameters.setProtocols(protocols);
            }
            secured.setSSLParameters(parameters);
            secured.setSoTimeout((int) DEADLINE.toMillis());
            secured.startHandshake();
            return new RawClient(secured);
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    /** What TLS came to, on a connection with it. */
    public SSLSession tlsSession() {
        return ((SSLSocket) socket).getSession();
    }

    /** Sends a text, one byte a char. */
    public RawClient send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends as much as the other side takes: for what is too much for it, so that it may close before the end.
     *
     * @return whether it took all
     */
    public boolean sendTooMuch(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (UncheckedIOException e) {
            return false; // the other side went away: that is what the test is about
        }
    }

    /** Sends a FIN. */
    public RawClient shutdownOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the text comes; all that came up to and with it, since the last call of this kind. */
    public String awaitText(String text) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            String all = new String(received, taken, length - taken, StandardCharsets.ISO_8859_1);
            int at = all.indexOf(text);
            if (at >= 0) {
                taken += at + text.length();
                return all.substring(0, at + text.length());
            }
            if (!readSome(deadline)) {
                throw new AssertionError("ended" + end + " before \"" + text + "\" came, after \"" + all + "\"");
            }
        }
    }

    /** Waits until so many bytes came. */
    public String awaitBytes(int count) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (length - taken < count) {
            if (!readSome(deadline)) {
                throw new AssertionError("ended" + end + " after " + (length - taken) + " of " + count + " bytes");
            }
        }
        taken += count;
        return new String(received, taken - count, count, StandardCharsets.ISO_8859_1);
    }

    /** Waits until the other side ends its bytes, in whatever way; what came since the last call of this kind. */
    public String awaitEnd() {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (readSome(deadline)) {
            // until the end
        }
        String rest = new String(received, taken, length - taken, StandardCharsets.ISO_8859_1);
        taken = length;
        return rest;
    }

    /** Reads one answer to a request that was not HEAD: its head, and its body by length, in chunks, or up to the end. */
    public Answer readAnswer() {
        return readAnswer(false);
    }

    /** Reads one answer; {@code isHead}: to a HEAD request. */
    public Answer readAnswer(boolean isHead) {
        String head = awaitText("\r\n\r\n");
        Answer answer = Answer.ofHead(head);
        if (isHead || answer.status() == 204 || answer.status() == 304 || answer.status() < 200) {
            return answer;
        }
        if ("chunked".equalsIgnoreCase(answer.field("Transfer-Encoding"))) {
            return answer.withBody(readChunks());
        }
        String size = answer.field("Content-Length");
        return answer.withBody(size.isEmpty() ? awaitEnd() : awaitBytes(Integer.parseInt(size)));
    }

    /** Waits, without a deadline, for the first byte of something; false at the end. */
    public boolean awaitsMore() {
        return length > taken || readSome(Long.MAX_VALUE);
    }

    /** Reads a body in chunks. */
    String readChunks() {
        StringBuilder body = new StringBuilder();
        while (true) {
            String line = awaitText("\r\n");
            int semicolon = line.indexOf(';');
            int size = Integer.parseInt(semicolon < 0 ? line.strip() : line.substring(0, semicolon).strip(), 16);
            if (size == 0) {
                String trailer = awaitText("\r\n");
                while (!trailer.equals("\r\n")) {
                    trailer = awaitText("\r\n");
                }
                return body.toString();
            }
            body.append(awaitBytes(size));
            awaitText("\r\n");
        }
    }

    /** Reads what is there; false at the end. */
    private boolean readSome(long deadline) {
        if (ended) {
            return false;
        }
        try {
            socket.setSoTimeout(deadline == Long.MAX_VALUE ? 0 : left(deadline));
            if (length == received.length) {
                received = Arrays.copyOf(received, length * 2);
            }
            int n = socket.getInputStream().read(received, length, received.length - length);
            if (n < 0) {
                ended = true;
                return false;
            }
            length += n;
            return true;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing more came in time after \""
                    + new String(received, taken, length - taken, StandardCharsets.ISO_8859_1) + "\"", e);
        } catch (SocketException e) {
            ended = true;
            end = " (" + e.getMessage() + ")";
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) left;
    }

    /** The socket. */
    public Socket socket() {
        return socket;
    }

    /** Closes by a reset. */
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
