package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** An address that swallows connects: it listens, but its backlog is full and nobody accepts, so that the kernel drops what comes. */
@ControlPlane("the thread of a test")
public final class BlackHole implements AutoCloseable {
    private static final int FULL_AFTER_MILLIS = 300;
    private static final int MOST = 64;

    private final ServerSocket listener;
    private final List<Socket> queued = new ArrayList<>();

    private BlackHole() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[]{127, 0, 0, 1}));
    }

    /** Opens one on a free port of 127.0.0.1. */
    public static BlackHole open() {
        try {
            BlackHole hole = new BlackHole();
            while (hole.queuesOneMore()) {
                if (hole.queued.size() == MOST) {
                    throw new AssertionError("the backlog is never full");
                }
            }
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean queuesOneMore() throws IOException {
        Socket next = new Socket();
        queued.add(next);
        try {
            next.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), FULL_AFTER_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    /** {@code 127.0.0.1:PORT}. */
    @Override
    public String toString() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            for (Socket socket : queued) {
                socket.close();
            }
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
