package io.frontdesk.net.loop;

import io.frontdesk.net.process.ThreadRights;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop: a thread, and what belongs to it alone. A connection that was registered here stays here for life.
 * All
 * but {@link #execute}, {@link #executor}, {@link #index}, {@link #transport} and {@link #inLoop} is for its own
 * thread.
 */
public final class Loop {

    /** 4 MiB. Memory that was not used yet is not resident, so a smaller chunk would save nothing. */
    private static final int CHUNK_ORDER = 9;
    private static final int PAGE_BYTES = 8192;
    private static final Runnable NOTHING = () -> {};

    private final int index;
    private final Transport transport;
    private final IoEventLoop executor;
    private final ByteBufAllocator allocator = new PooledByteBufAllocator(true, 0, 1, PAGE_BYTES, CHUNK_ORDER, 256, 64,
            false);
    /** Netty unmaps a chunk when the last buffer of it is gone, and the next read would fault its pages in anew. */
    private final ByteBuf anchor = allocator.directBuffer(16);
    private final LoopClock clock = new LoopClock();
    private final TurnFlushes flushes = new TurnFlushes();
    private final Calls calls = new Calls();
    private final TurnSends sends = new TurnSends(calls);
    private final TurnReads reads = new TurnReads(calls, sends, allocator);
    private final TurnWait turnWait = new TurnWait();
    private final Runnable expiring = this::expireDeadlines;
    private final DeadlineWheel deadlines;
    private final ReadHint readHint = new ReadHint();
    private final SharedReceive clientReceive;
    private final SharedReceive upstreamReceive;
    private final LoopActivity activity = new LoopActivity();
    private final ThreadRights rights = new ThreadRights();
    private @Nullable IoHandler handler;
    private @Nullable Channel registering;
    private volatile BugListener bugs = _ -> {};
    private long turns;

    Loop(int index, Transport transport, int clientReceiveBytes, int upstreamReceiveBytes) {
        this.index = index;
        this.transport = transport;
        this.clientReceive = new SharedReceive(allocator, clientReceiveBytes, readHint);
        this.upstreamReceive = new SharedReceive(allocator, upstreamReceiveBytes, readHint);
        this.deadlines = new DeadlineWheel(clock, turnWait);
        ThreadFactory threads = task -> activity.ofThread(thread(index, task));
        this.executor = new SingleThreadIoEventLoop(null, threads, turning(transport.handlers()));
    }

    private static Thread thread(int index, Runnable task) {
        Thread thread = new FastThreadLocalThread(task, "frontdesk-loop-" + index);
        // The process lives as long as main waits, not as long as a loop does.
        thread.setDaemon(true);
        return thread;
    }

    private IoHandlerFactory turning(IoHandlerFactory handlers) {
        return new IoHandlerFactory() {
            @Override
            public IoHandler newHandler(ThreadAwareExecutor ofLoop) {
                TurnIoHandler made = new TurnIoHandler(Loop.this, handlers.newHandler(ofLoop));
                handler = made;
                return made;
            }
        };
    }

    /** Hears of what a task of the loop threw. On the loop's thread. */
    @FunctionalInterface
    public interface BugListener {
        /** Something was thrown that nobody caught: a bug of ours. */
        void thrown(Throwable bug);
    }

    /** Says who hears of bugs in deadlines; what is thrown by a channel's handler its own pipeline hears. Any thread. */
    public void bugs(BugListener listener) {
        bugs = listener;
    }

    /** Whose rights its thread has. */
    public ThreadRights rights() {
        return rights;
    }

    /** What it does now. Any thread. */
    public LoopActivity activity() {
        return activity;
    }

    /** Its number, from 0. */
    public int index() {
        return index;
    }

    /** The transport whose channels it takes. */
    public Transport transport() {
        return transport;
    }

    /** Netty's view of it. */
    public IoEventLoop executor() {
        return executor;
    }

    /** Whether the caller runs on it. */
    public boolean inLoop() {
        return executor.inEventLoop();
    }

    /** Runs {@code task} on it, later. */
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Its time. */
    public LoopClock clock() {
        return clock;
    }

    /** Its deadlines. */
    public DeadlineWheel deadlines() {
        return deadlines;
    }

    /** Its memory: one direct arena that no other thread uses. */
    public ByteBufAllocator allocator() {
        return allocator;
    }

    /** The receive buffer of its client connections. */
    public SharedReceive clientReceive() {
        return clientReceive;
    }

    /** The receive buffer of its upstream connections. */
    public SharedReceive upstreamReceive() {
        return upstreamReceive;
    }

    /** How many turns it has made. */
    public long turns() {
        return turns;
    }

    /** Configures a new channel as all connections are, and registers it here, for life. On this thread. */
    public ChannelFuture register(Channel channel, RecvByteBufAllocator receive) {
        var config = channel.config();
        config.setAllocator(allocator);
        config.setRecvByteBufAllocator(receive);
        config.setWriteBufferWaterMark(Writes.WATER_MARK);
        // The end of the peer's bytes is an event for the connection to judge, not the end of the connection.
        config.setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        registering = channel;
        try {
            return registerPlain(channel);
        } finally {
            registering = null;
        }
    }

    /** Registers a new channel here as it is: one that carries no bytes, such as a listening one. On any thread. */
    public ChannelFuture registerPlain(Channel channel) {
        EventLoop here = executor;
        return here.register(channel);
    }

    /** The channel whose registration is going on, null when it is none of {@link #register}. */
    @Nullable
    Channel registering() {
        return registering;
    }

    /**
     * Whether {@code in} is what a connection is handed at this moment, read together with others, and nobody keeps a part of it: who has
     * consumed its first bytes may write over them, and over what stands before them. On this thread.
     */
    public boolean isWritable(ByteBuf in) {
        return reads.isWritable(in);
    }

    ReadHint readHint() {
        return readHint;
    }

    TurnFlushes flushes() {
        return flushes;
    }

    TurnSends sends() {
        return sends;
    }

    TurnReads reads() {
        return reads;
    }

    /** One turn ends and the next begins. */
    void turn() {
        flushes.flush();
        sends.send();
        // What was sent may have made room for another request, with something to flush.
        flushes.flush();
        reads.settle();
        if (flushes.isPending() || sends.isPending() || reads.isPending()) {
            // Something is left to do, so the transport must not wait.
            executor.execute(NOTHING);
        }
        clock.turn();
        turns++;
    }

    /** How long a turn may wait. */
    TurnWait turnWait() {
        return turnWait;
    }

    /** Sees to it that deadlines expire, as a task of this turn, when the time for some has come. */
    void lookAtDeadlines() {
        if (turnWait.takeDue(clock)) {
            executor.execute(expiring);
        }
    }

    private void expireDeadlines() {
        try {
            deadlines.advance(clock.nanos());
        } catch (RuntimeException | Error bug) {
            // Netty would only log it. The wheel goes on with the next tick.
            bugs.thrown(bug);
        }
    }

    /** Closes all channels and ends the thread; on any thread. */
    Future<?> stop(long limitMillis) {
        IoHandler channels = handler;
        // Netty's own shutdown leaves channels open when it comes between the loop's two looks at it.
        if (channels != null && !executor.isShuttingDown()) {
            executor.execute(channels::prepareToDestroy);
        }
        return executor.shutdownGracefully(0, limitMillis, TimeUnit.MILLISECONDS);
    }

    /** Ends, from a task of its own: as {@link #stop}. */
    public void end() {
        stop(0);
    }

    /** The thread is about to end. */
    void closed() {
        clientReceive.close();
        upstreamReceive.close();
        reads.close();
        sends.close();
        calls.close();
        anchor.release();
    }
}
