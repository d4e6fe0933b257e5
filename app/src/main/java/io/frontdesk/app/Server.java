package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.log.LogFiles;
import io.frontdesk.engine.log.LogWriter;
import io.frontdesk.engine.server.Engine;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.loop.EarlyLoop;
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

    private Server(Configuration.Loader loader, Engine engine, Configuration configuration) {
        this.loader = loader;
        this.engine = engine;
        this.configuration = configuration;
    }

    /** Starts to serve; null when a socket could not be opened, which the log says. */
    static @Nullable Server start(Configuration.Loader loader, Configuration configuration, EarlyLoop early,
            ErrorLog boot) {
        Engine engine = Engine.start(Math.max(1, configuration.settings().workerProcesses()), early);
        if (!engine.adopt(configuration.snapshot(), configuration.settings().limits(), configuration.errorLog(),
                boot)) {
            engine.stop();
            return null;
        }
        ProcessLimits.bind(engine.workers().stream().map(Worker::loop).toList(), configuration.settings().affinity(),
                boot);
        configuration.errorLog().log(Severity.NOTICE, 0,
                "frontdesk/" + Identity.VERSION + " (nginx/" + Identity.NGINX_VERSION + ")");
        configuration.errorLog().log(Severity.NOTICE, 0, "start worker processes");
        return new Server(loader, engine, configuration);
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
                case RELOAD -> reload();
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
        engine.quit(this::isHurried);
        configuration.errorLog().log(Severity.NOTICE, 0, "exit");
    }

    private void stop() {
        engine.stop();
        configuration.errorLog().log(Severity.NOTICE, 0, "exit");
    }
}
