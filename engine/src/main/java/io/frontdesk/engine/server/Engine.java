package io.frontdesk.engine.server;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.file.TempFolders;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.plan.Running;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.worker.ListedConnection;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.listen.InheritedSockets;
import io.frontdesk.net.loop.EarlyLoop;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.process.Account;
import io.frontdesk.net.process.ThreadRights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The loops with their workers, the listening sockets, and the configuration that runs on them. Made, driven and stopped by one thread of
 * the control plane; nothing here is for loops.
 */
@ControlPlane("the thread of the process that starts, reloads and stops; waits for sockets and loops")
public final class Engine {
    private static final long POLL_MILLIS = 10;

    private final EventLoops loops;
    /** Loops that hang may be replaced so often at once: there is a bug, and each keeps its memory. */
    private static final int MAX_REPLACED = 16;

    /** Those that serve. */
    private final List<Worker> workers;
    /** All that ever were, by number. */
    private final List<Worker> known;
    private final Queue<Worker> hanging = new ConcurrentLinkedQueue<>();
    private final AtomicInteger replaced = new AtomicInteger();
    private volatile Runnable attention = () -> {};
    private final ClientAcceptor acceptor;
    private final Listeners listeners;
    private final Watchdog watchdog;
    private final List<Generation> draining = new ArrayList<>();
    private EngineLimits limits = new EngineLimits(512, false, 0, null);
    private ErrorLog errorLog = ErrorLog.NONE;
    private @Nullable Snapshot current;

    private Engine(EventLoops loops) {
        this.loops = loops;
        this.known = new CopyOnWriteArrayList<>(loops.all().stream().map(Worker::new).toList());
        this.workers = new CopyOnWriteArrayList<>(known);
        workers.forEach(worker -> worker.joins(workers));
        this.acceptor = new ClientAcceptor(known);
        this.listeners = new Listeners(loops, acceptor);
        this.watchdog = Watchdog.start(workers, worker -> {
            hanging.add(worker);
            attention.run();
        });
    }

    /** An engine of so many loops, which serves nothing before {@link #adopt}. */
    public static Engine start(int loops) {
        return new Engine(EventLoops.start(loops));
    }

    /** An engine of so many loops, of which the first was begun before. */
    public static Engine start(int loops, EarlyLoop first) {
        return new Engine(EventLoops.start(loops, first));
    }

    /** Says which sockets another process handed over; before the first {@link #adopt}. */
    public void inherit(InheritedSockets sockets) {
        listeners.inherit(sockets);
    }

    /** Says whether another process listens on the same sockets: the files of unix sockets stay when ours are closed. */
    public void sharesSockets(boolean shares) {
        listeners.leavesFiles(shares);
    }

    /** The numbers of its listening sockets, for another process. */
    public List<Integer> listeningDescriptors() {
        return listeners.descriptors();
    }

    /**
     * Accepts nobody any more, closes the connections that wait for another request and lets requests end, those of who has not asked yet
     * included; the sockets stay, see {@link #resume}.
     */
    public void rest() {
        listeners.rest();
        workers.forEach(Worker::announceQuit);
        onEach(Worker::quit);
    }

    /** Serves again after {@link #rest}. */
    public void resume() {
        workers.forEach(Worker::resume);
        listeners.resume();
    }

    /** Its workers, one per loop. */
    public List<Worker> workers() {
        return workers;
    }

    /** The configuration that new requests run on, or null before the first. */
    public @Nullable Snapshot snapshot() {
        return current;
    }

    /**
     * Goes over to a configuration: opens the sockets that are new, swaps it in on every loop, accepts, and closes the sockets that are
     * gone. Running requests finish on the configuration that they started with.
     *
     * @param log where it is said when a socket can't be opened
     * @return whether it was adopted; if not, nothing has changed
     */
    public boolean adopt(Snapshot next, EngineLimits nextLimits, ErrorLog nextLog, ErrorLog log) {
        if (!listeners.open(next.sockets(), nextLimits.acceptsMany(), log)) {
            return false;
        }
        if (!actAs(nextLimits.account(), next.shared(TempFolders.class), log)) {
            listeners.giveUp();
            return false;
        }
        Snapshot before = current;
        acceptor.connectionLimit(nextLimits.connectionsPerWorker());
        for (Worker worker : workers) {
            // First: what is started may have something to say at once.
            worker.errorLog(nextLog);
        }
        for (Object thing : next.sharedThings()) {
            if (thing instanceof Running running) {
                running.start(workers, next, before);
            }
        }
        for (Worker worker : workers) {
            worker.snapshot(next);
        }
        listeners.commit(next.sockets());
        current = next;
        if (before != null) {
            rest(before);
            draining.add(new Generation(before, limits.shutdownTimeoutMillis()));
            onEach(Worker::reloaded);
        }
        limits = nextLimits;
        errorLog = nextLog;
        return true;
    }

    /** The loops take the rights of an account, before anybody is served with others. */
    private boolean actAs(@Nullable Account account, @Nullable TempFolders folders, ErrorLog log) {
        String problem = account == null || folders == null ? null : folders.giveTo(account);
        if (problem != null) {
            log.log(Severity.EMERG, 0, problem);
            return false;
        }
        Queue<ThreadRights.Failure> failures = new ConcurrentLinkedQueue<>();
        onEach(worker -> {
            ThreadRights.Failure failure = worker.loop().rights().actAs(account);
            if (failure != null) {
                failures.add(failure);
            }
        });
        failures.forEach(failure -> log.log(Severity.EMERG, 0,
                failure.call() + " failed " + Errno.describe(failure.error())));
        return failures.isEmpty();
    }

    private static void rest(Snapshot snapshot) {
        for (Object thing : snapshot.sharedThings()) {
            if (thing instanceof Running running) {
                running.stop();
            }
        }
    }

    /** Says what is run, on any thread, when {@link #tend} has something to do. */
    public void attention(Runnable action) {
        attention = action;
    }

    /** A loop hangs: another takes its sockets, and its connections end when it comes back. */
    private void replace(Worker old) {
        Snapshot now = current;
        int place = workers.indexOf(old);
        if (now == null || place < 0 || replaced.incrementAndGet() > MAX_REPLACED) {
            return;
        }
        Loop loop = loops.replace(old.loop());
        Worker fresh = new Worker(loop);
        fresh.errorLog(errorLog);
        fresh.snapshot(now);
        known.add(fresh);
        workers.set(place, fresh);
        known.forEach(worker -> worker.joins(known));
        CompletableFuture.runAsync(() -> loop.rights().actAs(limits.account()), loop::execute).join();
        boolean moved = listeners.move(old.loop(), loop);
        errorLog.log(Severity.ALERT, 0, "event loop " + old.index() + " is blocked for more than 10 s, event loop "
                + loop.index() + " takes " + (moved ? "its place" : "the place of it, without all of its sockets"));
        old.loop().execute(() -> {
            old.idle().forEach(ListedConnection::closeNow);
            old.busy().forEach(ListedConnection::closeNow);
            old.close();
            replaced.decrementAndGet();
            errorLog.log(Severity.NOTICE, 0,
                    "event loop " + old.index() + " has come back, its connections are closed");
            old.loop().end();
        });
    }

    /** Looks after loops that hang and configurations that were superseded: says when one has drained, and ends what runs for too long. Call it now and then. */
    public void tend() {
        for (Worker worker = hanging.poll(); worker != null; worker = hanging.poll()) {
            replace(worker);
        }
        for (Generation old : List.copyOf(draining)) {
            if (old.becomesOverdue()) {
                onEach(worker -> {
                    worker.idle().forEach(connection -> closeIfOn(connection, old.snapshot()));
                    worker.busy().forEach(connection -> closeIfOn(connection, old.snapshot()));
                });
            }
            if (old.drains()) {
                old.close();
                // nginx: each worker process of the old configuration says so; we have but one process.
                errorLog.log(Severity.NOTICE, 0,
                        "worker process " + ProcessHandle.current().pid() + " exited with code 0");
            }
            if (old.isOver()) {
                draining.remove(old);
            }
        }
    }

    private static void closeIfOn(ListedConnection connection, Snapshot old) {
        if (connection.runsOn(old)) {
            connection.closeNow();
        }
    }

    /** Whether a superseded configuration is still in use, so that {@link #tend} has something to do. */
    public boolean isDraining() {
        return !draining.isEmpty();
    }

    /**
     * Stops listening, closes the connections that wait for another request, and waits until all others are done, the shutdown timeout is
     * over, or {@code isHurried} says that there is no time.
     */
    public void quit(BooleanSupplier isHurried) {
        listeners.close();
        workers.forEach(Worker::announceQuit);
        Snapshot last = current;
        if (last != null) {
            rest(last);
        }
        onEach(Worker::quit);
        long end = limits.shutdownTimeoutMillis() == 0
                ? Long.MAX_VALUE
                : System.nanoTime() + limits.shutdownTimeoutMillis() * 1_000_000;
        while (connections() > 0 && !isHurried.getAsBoolean()) {
            if (end != Long.MAX_VALUE && System.nanoTime() - end >= 0) {
                onEach(worker -> {
                    worker.idle().forEach(ListedConnection::closeNow);
                    worker.busy().forEach(ListedConnection::closeNow);
                });
                end = Long.MAX_VALUE;
            }
            pause();
        }
        stop();
    }

    /** Ends at once: sockets, connections, loops, and what the configurations hold. */
    public void stop() {
        watchdog.stop();
        listeners.close();
        Snapshot resting = current;
        if (resting != null) {
            rest(resting);
        }
        onEach(worker -> {
            worker.idle().forEach(ListedConnection::closeNow);
            worker.busy().forEach(ListedConnection::closeNow);
            worker.close();
        });
        loops.stop(Duration.ofSeconds(5));
        draining.forEach(Generation::close);
        draining.clear();
        Snapshot last = current;
        if (last != null) {
            new Generation(last, 0).close();
            current = null;
        }
    }

    /** Closes those of a configuration's things that can be closed, the last made first. */
    public static void closeAll(Iterable<Object> things) {
        List<AutoCloseable> held = new ArrayList<>();
        for (Object thing : things) {
            if (thing instanceof AutoCloseable closeable) {
                held.addFirst(closeable);
            }
        }
        for (AutoCloseable closeable : held) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("closing " + closeable, e);
            }
        }
    }

    private int connections() {
        return sum(worker -> worker.idle().size() + worker.busy().size());
    }

    private int sum(ToIntFunction<Worker> count) {
        List<CompletableFuture<Integer>> counts = new ArrayList<>();
        for (Worker worker : workers) {
            CompletableFuture<Integer> told = CompletableFuture.supplyAsync(() -> count.applyAsInt(worker),
                    worker.loop()::execute);
            counts.add(told.applyToEither(worker.givenUp().thenApply(_ -> 0), Function.identity()));
        }
        return counts.stream().mapToInt(CompletableFuture::join).sum();
    }

    /** Runs something on each loop, and waits until it has run on all but those that hang. */
    private void onEach(Consumer<Worker> action) {
        List<CompletableFuture<Boolean>> runs = new ArrayList<>();
        for (Worker worker : workers) {
            Loop loop = worker.loop();
            CompletableFuture<Boolean> run = CompletableFuture.supplyAsync(() -> {
                action.accept(worker);
                return true;
            }, loop::execute);
            runs.add(run.applyToEither(worker.givenUp(), Function.identity()));
        }
        runs.forEach(CompletableFuture::join);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
