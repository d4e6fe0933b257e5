package io.frontdesk.engine.client;

import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.tls.TlsOutput;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;

/**
 * Lingering close: our side is shut, and what the client still sends is thrown away for a while, as a reset could take the answer from
 * it (nginx: {@code lingering_close}). Owned by its connection; loop only.
 */
public final class Lingering {
    private final Worker worker;
    private final Channel channel;
    private final Deadline deadline;
    private long untilMillis;

    /** For a connection; {@code deadline} is the one that ends it. */
    public Lingering(Worker worker, Channel channel, Deadline deadline) {
        this.worker = worker;
        this.channel = channel;
        this.deadline = deadline;
    }

    /** Whether it is called for; {@code more} says that more may come from the client. */
    public static boolean isDue(CoreSettings core, boolean more) {
        return switch (core.lingering()) {
            case OFF -> false;
            case ON -> more;
            case ALWAYS -> true;
        };
    }

    /** Begins: shuts our side, reads on. */
    public void begin(CoreSettings core, boolean encrypted) {
        untilMillis = worker.clock().millis() + core.lingeringTimeMillis();
        channel.config().setAutoRead(true);
        deadline.arm(Math.min(core.lingeringTimeMillis(), core.lingeringTimeoutMillis()));
        if (channel instanceof SocketChannel socket) {
            if (encrypted) {
                // nginx: close_notify goes out before the connection is shut
                TlsOutput.end(channel, socket::shutdownOutput);
            } else {
                socket.shutdownOutput();
            }
        }
    }

    /** Bytes came: waits a little longer; false when the time for all of it is over. */
    public boolean goesOn(CoreSettings core) {
        long left = untilMillis - worker.clock().millis();
        if (left > 0) {
            deadline.arm(Math.min(left, core.lingeringTimeoutMillis()));
        }
        return left > 0;
    }
}
