package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.log.LogFiles;
import io.frontdesk.engine.log.LogWriter;
import io.frontdesk.engine.server.Engine;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.listen.InheritedSockets;
import io.frontdesk.net.loop.EarlyLoop;
import io.frontdesk.net.loop.Loop;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A server that runs: an engine, the configuration in force, and the orders that come by signal. {@link #run} is the life of the process'
 * main thread; {@link #order} may be called from any thread.
 */
@ControlPlane("the main thread; waits for orders, and does all that starting, reloading and stopping takes")
final class Server {
    private static final long TEND_MILLIS = 20;

    /** What a running server can be told. */
    enum Order {
        /** Test the configuration file anew and go over to it. */
        RELOAD,
        /** Open the log files anew. */
        REOPEN,
        /** Start a new program on the same sockets. */
        UPGRADE,
        /** Accept nobody any more, and keep the sockets. */
        REST,
        /** The engine has something to do. */
        TEND,
        /** The new program has ended: serve again. */
        RETURN,
        /** End when the running requests are done. */
        QUIT,
        /** End now. */
        STOP
    }

    private final Configuration.Loader loader;
    private final Engine engine;

    /** An order with its outcome. */
    private record Task(Order order, CompletableFuture<Boolean> done) {}

    private final BlockingQueue<Task> orders = new LinkedBlockingQueue<>();
    private volatile Configuration configuration;
    private volatile @Nullable Upgrade upgrade;
    private volatile boolean rests;
    private @Nullable Predecessor predecessor;

    private Server(Configuration.Loader loader, Engine engine, Configuration configuration) {
        this.loader = loader;
        this.engine = engine;
        this.configuration = configuration;
    }

    /** Starts to serve; null when a socket could not be opened, which the log says. */
    static @Nullable Server start(Configuration.Loader loader, Configuration configuration, EarlyLoop early,
            InheritedSockets inherited, ErrorLog boot) {
        Engine engine = Engine.start(Math.max(1, configuration.settings().workerProcesses()), early);
        Predecessor predecessor = inherited.isEmpty() ? null : Predecessor.find();
        engine.inherit(inherited);
        if (!engine.adopt(configuration.snapshot(), configuration.settings().limits(), configuration.errorLog(),
                boot)) {
            // Whoever handed sockets over goes on to listen on them.
            engine.sharesSockets(predecessor != null);
            engine.stop();
            return null;
        }
        List<Loop> loops = engine.workers().stream().map(Worker::loop).toList();
        ProcessLimits.prioritize(loops, configuration.settings().priority(), boot);
        ProcessLimits.bind(loops, configuration.settings().affinity(), boot);
        configuration.errorLog().log(Severity.NOTICE, 0,
                "frontdesk/" + Identity.VERSION + " (nginx/" + Identity.NGINX_VERSION + ")");
        configuration.errorLog().log(Severity.NOTICE, 0, "start worker processes");
        Server server = new Server(loader, engine, configuration);
        server.predecessor = predecessor;
        engine.attention(() -> server.order(Order.TEND));
        return server;
    }

    /**
     * Gives an order; it is carried out after those before it. Any thread.
     *
     * @return whether it was carried out, once that is known: a reload may find a broken configuration
     */
    CompletableFuture<Boolean> order(Order order) {
        Task task = new Task(order, new CompletableFuture<>());
        orders.add(task);
        return task.done;
    }

    /** What is in force. */
    Configuration configuration() {
        return configuration;
    }

    /** The engine. */
    Engine engine() {
        return engine;
    }

    /** Where the number of this process stands now. */
    PidFile pidFile() {
        PidFile usual = configuration.settings().pidFile();
        return upgrade == null ? usual : usual.aside();
    }

    /** Whether a new program would be started: not while one runs, nor by one whose own predecessor still does. */
    boolean mayUpgrade() {
        Predecessor before = predecessor;
        return upgrade == null && (before == null || !before.isThere());
    }

    /** Whether this process is one of two on the same sockets, or was started by one. */
    boolean isUpgrading() {
        return upgrade != null || predecessor != null;
    }

    /** Carries out orders until one of them ends the server. */
    void run() throws InterruptedException {
        boolean serves = true;
        while (serves) {
            Task task = engine.isDraining() ? orders.poll(TEND_MILLIS, TimeUnit.MILLISECONDS) : orders.take();
            engine.tend();
            if (task == null) {
                continue;
            }
            boolean done = switch (task.order) {
                case RELOAD -> upgrade == null ? reload() : comeBack();
                case TEND -> true;
                case UPGRADE -> startUpgrade();
                case REST -> rest();
                case RETURN -> upgradeEnded();
                case REOPEN -> reopen();
                case QUIT -> {
                    quit();
                    serves = false;
                    yield true;
                }
                case STOP -> {
                    stop();
                    serves = false;
                    yield true;
                }
            };
            task.done.complete(done);
        }
        LogWriter.process().flush();
        orders.forEach(task -> task.done.complete(false));
    }

    private boolean startUpgrade() {
        if (!mayUpgrade()) {
            return false;
        }
        ErrorLog log = configuration.errorLog();
        log.log(Severity.NOTICE, 0, "changing binary");
        upgrade = Upgrade.start(configuration.settings().pidFile(), engine.listeningDescriptors(),
                configuration.settings().variables(), log, (ended, status) -> {
                    configuration.errorLog().log(Severity.NOTICE, 0,
                            "new binary process " + ended.child().pid() + " exited with code " + status);
                    order(Order.RETURN);
                });
        return upgrade != null;
    }

    private boolean rest() {
        configuration.errorLog().log(Severity.NOTICE, 0, "gracefully shutting down");
        rests = true;
        engine.rest();
        return true;
    }

    /** nginx: while a new program runs, HUP brings the workers back and reads no configuration. */
    private boolean comeBack() {
        if (rests) {
            rests = false;
            engine.resume();
            configuration.errorLog().log(Severity.NOTICE, 0, "start worker processes");
        }
        return true;
    }

    private boolean upgradeEnded() {
        Upgrade over = upgrade;
        if (over != null) {
            over.pidFile().putBack(configuration.errorLog());
            upgrade = null;
        }
        return comeBack();
    }

    /** The files of unix sockets are another process' while there is one. */
    private void leaveSockets() {
        Predecessor before = predecessor;
        engine.sharesSockets(upgrade != null || before != null && before.isThere());
    }

    private boolean isHurried() {
        return orders.stream().anyMatch(task -> task.order == Order.STOP);
    }

    private boolean reload() {
        ErrorLog log = configuration.errorLog();
        log.log(Severity.NOTICE, 0, "reconfiguring");
        Configuration next = loader.load(false, log);
        if (next == null) {
            return false;
        }
        if (!engine.adopt(next.snapshot(), next.settings().limits(), next.errorLog(), log)) {
            next.close();
            return false;
        }
        Configuration before = configuration;
        configuration = next;
        movePidFile(before, next);
        if (before.settings().workerProcesses() != next.settings().workerProcesses()) {
            next.errorLog().log(Severity.WARN, 0, "another number of \"worker_processes\" takes a restart, ignored");
        }
        next.errorLog().log(Severity.NOTICE, 0, "start worker processes");
        return true;
    }

    /** nginx: a new name of the pid file is written, and the old file removed. */
    private static void movePidFile(Configuration before, Configuration next) {
        PidFile from = before.settings().pidFile();
        PidFile to = next.settings().pidFile();
        if (from.isWritten() && !from.name().equals(to.name()) && to.write(next.errorLog())) {
            from.remove(next.errorLog());
        }
    }

    private boolean reopen() {
        ErrorLog log = configuration.errorLog();
        log.log(Severity.NOTICE, 0, "reopening logs");
        LogFiles.process().reopenAll().forEach(failure -> log.log(Severity.EMERG, 0, failure));
        return true;
    }

    private void quit() {
        configuration.errorLog().log(Severity.NOTICE, 0, "gracefully shutting down");
        leaveSockets();
        engine.quit(this::isHurried);
        configuration.errorLog().log(Severity.NOTICE, 0, "exit");
    }

    private void stop() {
        leaveSockets();
        engine.stop();
        configuration.errorLog().log(Severity.NOTICE, 0, "exit");
    }
}
