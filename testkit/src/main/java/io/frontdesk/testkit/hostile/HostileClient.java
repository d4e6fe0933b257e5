package io.frontdesk.testkit.hostile;

import io.frontdesk.net.ControlPlane;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The client of a case: writes and reads at the same time, as a peer that refuses early stops reading. */
@ControlPlane("a thread of a test, and a virtual thread that writes")
final class HostileClient implements AutoCloseable {
    private final Socket socket;
    private final StringBuilder received = new StringBuilder();
    private boolean ended;

    HostileClient(int port) {
        socket = RawClient.connect(port).socket();
    }

    /** Begins to do the steps. */
    Thread begin(List<Step> steps) {
        return Thread.ofVirtual().name("client").start(() -> play(steps));
    }

    private void play(List<Step> steps) {
        try {
            for (Step step : steps) {
                switch (step) {
                    case Step.Send(String bytes) ->
                        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    case Step.Pause(long millis) -> Thread.sleep(millis);
                    case Step.Finish() -> socket.shutdownOutput();
                    default -> throw new IllegalArgumentException("a client never does this: " + step);
                }
            }
        } catch (IOException e) {
            // Refused before all was written: the answer is there to be read.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads until what came is enough, or the other side ends its bytes; false: nothing of it within the deadline. */
    boolean readUntil(Predicate<String> isEnough) {
        long deadline = System.nanoTime() + RawClient.DEADLINE.toNanos();
        byte[] buffer = new byte[65536];
        while (!ended) {
            try {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                socket.setSoTimeout((int) left);
                int n = socket.getInputStream().read(buffer);
                if (n < 0) {
                    ended = true;
                } else {
                    received.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                    if (isEnough.test(received.toString())) {
                        return true;
                    }
                }
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                ended = true;
            }
        }
        return true;
    }

    /** All that came. */
    String received() {
        return received.toString();
    }

    /** Whether the other side ended its bytes, in whatever way. */
    boolean ended() {
        return ended;
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
