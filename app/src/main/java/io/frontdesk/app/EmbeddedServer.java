package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.request.ClientConnection;
import io.frontdesk.engine.server.Engine;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.NettyVoice;
import io.frontdesk.net.listen.InheritedSockets;
import io.frontdesk.net.loop.EarlyLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server inside another program: as the process would run it, but without pid file, signals and command line. Any thread may use it; it
 * has a thread of its own for its orders.
 */
@ControlPlane("whoever embeds it; waits for what it asks for")
public final class EmbeddedServer implements AutoCloseable {
    private final Server server;
    private final Thread thread;

    private EmbeddedServer(Server server) {
        this.server = server;
        this.thread = Thread.ofPlatform().name("frontdesk-orders").daemon().start(this::run);
    }

    /** Why a server did not start: the lines that the process would have printed. */
    public static final class NotStarted extends Exception {
        private static final long serialVersionUID = 1L;

        NotStarted(String lines) {
            super(lines);
        }
    }

    /**
     * Starts.
     *
     * @param prefix     the folder that names are relative to, with its last slash
     * @param configFile the whole name of the configuration
     * @param directives more directives for the main block, as behind {@code -g}; null for none
     * @throws NotStarted when the configuration is broken, or a socket can't be opened
     */
    public static EmbeddedServer start(String prefix, String configFile, @Nullable String directives)
            throws NotStarted {
        return start(prefix, configFile, directives, new Modules());
    }

    /** The same with other modules, which belong to this server alone. */
    public static EmbeddedServer start(String prefix, String configFile, @Nullable String directives, Modules modules)
            throws NotStarted {
        NettyVoice.takeOver();
        Lines boot = new Lines();
        Configuration.Loader loader = new Configuration.Loader(modules, new Paths(prefix, configFile),
                directives);
        Configuration configuration = loader.load(false, boot);
        Server server = configuration == null
                ? null
                : Server.start(loader, configuration, EarlyLoop.begin(),
                        InheritedSockets.none(), boot);
        if (server == null) {
            throw new NotStarted(String.join("\n", boot.lines));
        }
        return new EmbeddedServer(server);
    }

    private void run() {
        try {
            server.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes over to the configuration file as it is now; false when that was not possible, and the error log says why. */
    public boolean reload() {
        return server.order(Server.Order.RELOAD).join();
    }

    /** Opens the log files anew. */
    public void reopen() {
        server.order(Server.Order.REOPEN).join();
    }

    /** Ends when the running requests are done; does not wait for that. */
    public void quit() {
        server.order(Server.Order.QUIT);
    }

    /** Whether it serves, or has requests to finish. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** What runs. */
    public Engine engine() {
        return server.engine();
    }

    /** Ends now. */
    @Override
    public void close() {
        server.order(Server.Order.STOP);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Keeps lines. */
    private static final class Lines implements ErrorLog {
        private final List<String> lines = new ArrayList<>();

        @Override
        public boolean isEnabled(Severity severity, @Nullable ClientConnection connection) {
            return severity.compareTo(Severity.WARN) <= 0;
        }

        @Override
        public void log(Severity severity, long connection, String message) {
            if (isEnabled(severity, null)) {
                lines.add("[" + severity.label() + "] " + message);
            }
        }
    }
}
