package io.frontdesk.engine.worker;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.BugLine;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.net.OutOfMemory;
import io.frontdesk.net.connect.Connector;
import io.frontdesk.net.loop.DeadlineWheel;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.LoopClock;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What belongs to one event loop. All methods are for that loop only, unless they say otherwise. */
public final class Worker {
    private static final int MAX_SCRATCH = 64 * 1024;

    private final Loop loop;
    private final Connector connector;
    private final @Nullable Trace trace;
    private final SplittableRandom random;
    private final SendBuffer sendBuffer;
    private final Loans loans = new Loans();
    private final ConnectionList idle = new ConnectionList();
    private final ConnectionList busy = new ConnectionList();
    private final Map<Class<?>, Object> own = new HashMap<>();
    private @Nullable Object[] keyed = new @Nullable Object[16];
    private final ConnectionCounts counts = new ConnectionCounts();
    private volatile List<ConnectionCounts> allCounts = List.of(counts);
    private final CompletableFuture<Boolean> givenUp = new CompletableFuture<>();
    private Bytes[] scratches = new Bytes[8];
    private int scratchCount;
    private volatile boolean quitting;
    private volatile boolean memoryTight;
    private volatile @Nullable Snapshot snapshot;
    private volatile ErrorLog errorLog = ErrorLog.NONE;

    /** The worker of a loop. */
    public Worker(Loop loop) {
        this(loop, new Connector(loop), null);
    }

    /** A worker whose requests are explained: they are told to a trace, and what connects them to upstreams makes no sockets. */
    public Worker(Loop loop, Connector connector, @Nullable Trace trace) {
        this.loop = loop;
        this.connector = connector;
        this.trace = trace;
        this.sendBuffer = new SendBuffer(loop.allocator(), loop::turns);
        this.random = new SplittableRandom(new java.security.SecureRandom().nextLong());
        loop.bugs(this::bug);
    }

    /** Its number, from 0. */
    public int index() {
        return loop.index();
    }

    /** Its loop. Any thread. */
    public Loop loop() {
        return loop;
    }

    /** What makes its connections to upstreams. */
    public Connector connector() {
        return connector;
    }

    /** What its requests are told to; null where they are served. */
    public @Nullable Trace trace() {
        return trace;
    }

    /** The time, read once a turn. */
    public LoopClock clock() {
        return loop.clock();
    }

    /** The deadlines of its connections. */
    public DeadlineWheel wheel() {
        return loop.deadlines();
    }

    /** Gives buffers. */
    public ByteBufAllocator allocator() {
        return loop.allocator();
    }

    /** The configuration that new requests run on. Any thread. */
    public Snapshot snapshot() {
        Snapshot s = snapshot;
        if (s == null) {
            throw new IllegalStateException("no configuration yet");
        }
        return s;
    }

    /** Swaps the configuration. Any thread. */
    public void snapshot(Snapshot next) {
        next.comesTo(index());
        snapshot = next;
    }

    /** The main error log, for what belongs to no request. Any thread. */
    public ErrorLog errorLog() {
        return errorLog;
    }

    /** Sets the main error log. Any thread. */
    public void errorLog(ErrorLog log) {
        errorLog = log;
    }

    /** What this loop counts. */
    public ConnectionCounts counts() {
        return counts;
    }

    /** What all loops of the engine count, this one included. */
    public List<ConnectionCounts> allCounts() {
        return allCounts;
    }

    /** Done when the loop hangs and nobody waits for it any more. Any thread. */
    public CompletableFuture<Boolean> givenUp() {
        return givenUp;
    }

    /** Says who else works in the same engine. Any thread. */
    public void joins(List<Worker> all) {
        allCounts = all.stream().map(Worker::counts).toList();
    }

    /** Client connections on which no request runs, idle for longest first. */
    public ConnectionList idle() {
        return idle;
    }

    /** Client connections on which a request runs. */
    public ConnectionList busy() {
        return busy;
    }

    /** Whether the process quits: connections close after the request that runs. */
    public boolean isQuitting() {
        return quitting;
    }

    /**
     * Says that the process quits: responses from here on end their connections. Told to all workers before any of them closes
     * something, so that who sees one connection closed is not kept alive on another. Any thread.
     */
    public void announceQuit() {
        quitting = true;
    }

    /** The process serves again. Any thread. */
    public void resume() {
        quitting = false;
    }

    /** Whether memory runs short: new requests are refused, and no connection is kept. Any thread. */
    public boolean isMemoryTight() {
        return memoryTight;
    }

    /** Says whether memory runs short. Any thread. */
    public void memoryTight(boolean value) {
        memoryTight = value;
    }

    /** Something was thrown that belongs to no connection: says so, and lives on. */
    public void bug(Throwable thrown) {
        OutOfMemory.check(thrown);
        errorLog.log(FaultKind.BUG, Severity.ALERT, BugLine.of(thrown));
    }

    /**
     * Begins a graceful end: idle connections close now, the others after their request. One that has not asked for anything yet waits for
     * an answer that nobody else can give, so it is not closed as idle (nginx).
     */
    public void quit() {
        announceQuit();
        idle.forEach(connection -> {
            if (!connection.isFresh()) {
                connection.closeGracefully();
            }
        });
        busy.forEach(ListedConnection::closeGracefully);
    }

    /** The configuration was swapped: connections that came to a socket which it has not end, those that wait for another request now. */
    public void reloaded() {
        Snapshot now = snapshot();
        idle.forEach(connection -> connection.reloaded(now));
        busy.forEach(connection -> connection.reloaded(now));
    }

    /** A random number; not for keys. */
    public long randomLong() {
        return random.nextLong();
    }

    /** A buffer for a moment; give it back before the call ends. */
    public Bytes takeScratch() {
        if (scratchCount == 0) {
            return new Bytes(1024);
        }
        Bytes scratch = scratches[--scratchCount];
        scratch.clear();
        return scratch;
    }

    /** Takes back a buffer of {@link #takeScratch}; one that grew large is dropped. */
    public void giveBackScratch(Bytes scratch) {
        if (scratch.array().length > MAX_SCRATCH) {
            return;
        }
        if (scratchCount == scratches.length) {
            scratches = java.util.Arrays.copyOf(scratches, scratchCount * 2);
        }
        scratches[scratchCount++] = scratch;
    }

    /** Where messages are put together. */
    public SendBuffer sendBuffer() {
        return sendBuffer;
    }

    /** Who keeps parts of receive buffers. */
    public Loans loans() {
        return loans;
    }

    /** The loop ends: lets go of memory. */
    public void close() {
        sendBuffer.close();
    }

    /** Something that is kept per loop under a key that is known ahead: what hot paths ask for. */
    @SuppressWarnings("unchecked") // each number holds what its key made
    public <T> T own(LoopKey<T> key) {
        Object known = key.number < keyed.length ? keyed[key.number] : null;
        return known == null ? make(key) : (T) known;
    }

    private <T> T make(LoopKey<T> key) {
        if (key.number >= keyed.length) {
            keyed = java.util.Arrays.copyOf(keyed, key.number * 2);
        }
        T made = key.make.apply(this);
        keyed[key.number] = made;
        return made;
    }

    /** Something that is kept per loop, made for this worker at first use; allocates nothing after. */
    public <T> T own(Class<T> type, Function<Worker, T> make) {
        Object known = own.get(type);
        if (known == null) {
            known = make.apply(this);
            own.put(type, known);
        }
        return type.cast(known);
    }

    /** Something that a module keeps per loop (an upstream's idle connections, a log's buffer), made at first use. */
    public <T> T own(Class<T> type, Supplier<T> make) {
        Object known = own.get(type);
        if (known == null) {
            known = make.get();
            own.put(type, known);
        }
        return type.cast(known);
    }
}
