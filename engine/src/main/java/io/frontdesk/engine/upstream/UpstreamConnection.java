package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http2.ClientSession;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.Errno;
import io.frontdesk.net.OutOfMemory;
import io.frontdesk.net.connect.Connector;
import io.frontdesk.net.loop.Deadline;
import io.frontdesk.net.loop.LaterSend;
import io.frontdesk.net.loop.PeerEnd;
import io.frontdesk.net.loop.ReadLimit;
import io.frontdesk.net.loop.Writes;
import io.frontdesk.net.tls.TlsClient;
import io.frontdesk.net.tls.TlsContext;
import io.frontdesk.net.tls.TlsPeer;
import io.frontdesk.net.tls.TlsSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a peer: the only handler in its pipeline. Either an exchange uses it, or it is idle in its pool. Belongs to one loop for
 * life.
 */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter implements TlsPeer, LaterSend.Owner {
    private final Worker worker;
    private final Peer peer;
    private final IdlePool pool;
    private final Deadline deadline;
    private final long startMillis;
    private @Nullable Channel channel;
    private @Nullable UpstreamUser user;
    private @Nullable Object tag;
    private UpstreamTls.@Nullable Key tls;
    private @Nullable Writes writes;
    private @Nullable LaterSend later;
    private LaterSend.@Nullable Owner sending;
    private @Nullable ClientSession session;
    private int requests;
    private boolean closed;
    // links of the pool
    @Nullable
    UpstreamConnection older;
    @Nullable
    UpstreamConnection newer;
    boolean pooled;

    UpstreamConnection(Worker worker, Peer peer, IdlePool pool) {
        this.worker = worker;
        this.peer = peer;
        this.pool = pool;
        this.startMillis = worker.clock().millis();
        this.deadline = new Deadline(worker.wheel(), d -> timedOut());
    }

    /** The peer that it goes to. */
    public Peer peer() {
        return peer;
    }

    /** The location that it was made for. */
    @Nullable
    Object tag() {
        return tag;
    }

    /** What its TLS is by; null in the clear. */
    UpstreamTls.@Nullable Key tls() {
        return tls;
    }

    /** Whether it speaks HTTP/2. */
    boolean isHttp2() {
        return session != null;
    }

    /** What HTTP/2 keeps with it; made when it is asked for first. */
    ClientSession session() {
        ClientSession s = session;
        if (s == null) {
            s = new ClientSession();
            session = s;
        }
        return s;
    }

    /** Writes what the session answers to the peer's control frames; gives whether that was anything. */
    boolean writeControl() {
        ClientSession s = session;
        if (s == null || s.output().isEmpty()) {
            return false;
        }
        Bytes output = s.output();
        ByteBuf out = worker.allocator().directBuffer(output.length());
        channel().write(out.writeBytes(output.array(), 0, output.length()), channel().voidPromise());
        output.clear();
        return true;
    }

    /** Puts TLS on it, before anything is read or written. */
    void secure(TlsContext context, UpstreamTls.Key by) {
        tls = by;
        // nginx: a session belongs to the peer that it was made with, even if another has the same address
        int number = System.identityHashCode(peer.state());
        TlsClient.begin(channel(), worker.allocator(), context, peer.name(), number, by.tls().sent(by.name()), this);
    }

    @Override
    public void tlsEstablished(TlsSession session) {
        UpstreamUser by = user;
        if (by != null) {
            by.tlsEstablished(session);
        }
    }

    @Override
    public void tlsFailed(String message) {
        UpstreamUser by = user;
        if (by == null) {
            endIdle();
        } else {
            by.tlsFailed(message);
        }
    }

    @Override
    public void tlsEnded() {
        UpstreamUser by = user;
        if (by == null) {
            endIdle();
        } else {
            by.inputEnded();
        }
    }

    /** The socket. */
    public Channel channel() {
        Channel c = channel;
        if (c == null) {
            throw new IllegalStateException("not connected");
        }
        return c;
    }

    void attach(Channel made) {
        channel = made;
        made.pipeline().addLast(this);
        later = LaterSend.of(worker.loop(), made, this);
    }

    /** An exchange takes it over. */
    void use(UpstreamUser by, Object forTag) {
        user = by;
        tag = forTag;
        requests++;
        deadline.disarm();
    }

    /** Whether it has carried a request before this one. */
    boolean isReused() {
        return requests > 1;
    }

    /** The time limit for what the exchange waits for. */
    Deadline deadline() {
        return deadline;
    }

    /** Asks for the user's message as the turn ends, or for none; false when it must go through the channel. */
    boolean sendLater(LaterSend.@Nullable Owner by) {
        LaterSend send = later;
        sending = by;
        if (by == null || send == null || tls != null || !send.isFree()) {
            sending = null;
            return false;
        }
        send.ask();
        return true;
    }

    @Override
    public @Nullable ByteBuf giveMessage() {
        LaterSend.Owner by = sending;
        return by == null ? null : by.giveMessage();
    }

    @Override
    public void sent() {
        LaterSend.Owner by = sending;
        if (by != null) {
            sending = null;
            by.sent();
        }
    }

    @Override
    public void takeRest(ByteBuf rest) {
        LaterSend.Owner by = sending;
        if (by == null) {
            rest.release();
        } else {
            sending = null;
            by.takeRest(rest);
        }
    }

    @Override
    public void sendFailed(IOException cause) {
        LaterSend.Owner by = sending;
        if (by != null) {
            sending = null;
            by.sendFailed(cause);
        }
    }

    /** The system says that it is broken. */
    void failed(IOException cause) {
        UpstreamUser by = user;
        if (by == null) {
            endIdle();
        } else {
            by.broken(Errno.of(cause));
        }
    }

    /** Flushes at the end of the loop's turn. */
    void flushLater() {
        Writes w = writes;
        if (w == null) {
            w = new Writes(worker.loop(), channel());
            writes = w;
        }
        w.flushLater();
    }

    /** Says how much a read may bring: as much as its user has a place for. */
    void readLimit(int bytes) {
        ReadLimit.of(channel()).bytes(bytes);
    }

    /** Stops or restarts reading. */
    void reads(boolean value) {
        channel().config().setAutoRead(value);
    }

    /** The exchange is done with it: keeps it when it is clean, and its limits allow it. */
    void giveBack(boolean clean) {
        user = null;
        KeepAlive limits = pool.limits();
        if (!clean || closed || requests >= limits.requests() || worker.isQuitting() || limits.connections() == 0
                || worker.clock().millis() - startMillis > limits.timeMillis()) {
            close();
            return;
        }
        reads(true);
        readLimit(Connector.FIRST_READ_BYTES);
        deadline.arm(limits.timeoutMillis());
        pool.add(this);
        if (session != null) {
            session.endStream();
            flushControl();
        }
    }

    private void flushControl() {
        if (writeControl()) {
            channel().flush();
        }
    }

    /** Closes it; nobody hears of it any more. */
    public void close() {
        user = null;
        sending = null;
        pool.remove(this);
        deadline.release();
        Channel c = channel;
        if (c != null && !closed) {
            closed = true;
            c.close();
        }
    }

    private void timedOut() {
        UpstreamUser by = user;
        if (by == null) {
            endIdle();
            return;
        }
        try {
            by.timedOut();
        } catch (RuntimeException | Error bug) {
            broken(by, bug);
        }
    }

    /** A bug of ours: the connection ends, and whoever uses it answers for it. */
    private void broken(@Nullable UpstreamUser by, Throwable bug) {
        OutOfMemory.check(bug);
        close();
        if (by != null) {
            by.bug(bug);
        } else {
            worker.bug(bug);
        }
    }

    /** Any end that comes while it is idle, and any byte but a control frame's: what follows would belong to no request. */
    private void endIdle() {
        close();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        UpstreamUser by = user;
        if (by == null) {
            readIdle((ByteBuf) message);
        } else {
            by.takeInput((ByteBuf) message);
        }
    }

    private void readIdle(ByteBuf in) {
        ClientSession s = session;
        boolean stays = s != null && !closed && s.readIdle(in);
        in.release();
        if (stays) {
            flushControl();
        } else {
            endIdle();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        UpstreamUser by = user;
        if (by != null) {
            by.readComplete();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        UpstreamUser by = user;
        if (by != null) {
            by.writable();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        UpstreamUser by = user;
        if (event instanceof ChannelInputShutdownEvent) {
            if (by == null) {
                endIdle();
            } else {
                by.inputEnded();
            }
        } else if (event == PeerEnd.RESET && by != null) {
            // Nothing is read now, so that only what is written would tell; what came before the reset is still to be had.
            by.peerReset();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        UpstreamUser by = user;
        if (cause instanceof IOException end) {
            failed(end);
            return;
        }
        broken(by, cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        closed = true;
        UpstreamUser by = user;
        if (by == null) {
            endIdle();
        } else {
            by.inputEnded();
        }
    }
}
