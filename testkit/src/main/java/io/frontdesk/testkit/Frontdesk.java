package io.frontdesk.testkit;

import io.frontdesk.app.EmbeddedServer;
import io.frontdesk.app.Modules;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A server in the test's JVM, made of a configuration text, with a prefix folder of its own. In the text <code>{{port}}</code> is a free
 * port, <code>{{port.NAME}}</code> another one, <code>{{prefix}}</code> the folder, and other names are what {@link Builder#with} said; an
 * {@code events} block is added where there is none. Closing it ends the server and fails the test when a line of level alert or worse
 * was logged that was not expected, or a buffer was not released.
 *
 * <pre>{@code
 * try (Origin origin = Origin.answering("ok");
 *         Frontdesk server = Frontdesk.with("origin", origin.authority()).start("""
 *                 http {
 *                     server {
 *                         listen 127.0.0.1:{{port}};
 *                         location / { proxy_pass http://{{origin}}; }
 *                     }
 *                 }
 *                 """)) {
 *     assertThat(server.get("/").body()).isEqualTo("ok");
 * }
 * }</pre>
 */
@ControlPlane("the thread of a test")
public final class Frontdesk implements AutoCloseable {
    private static final Pattern BAD_LINE = Pattern.compile("^\\S+ \\S+ \\[(emerg|alert|crit)] .*");

    private final TestFolder folder;
    private final EmbeddedServer server;
    private final List<Pattern> expected = new ArrayList<>();

    private Frontdesk(TestFolder folder, EmbeddedServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts a server. */
    public static Frontdesk start(String config) {
        return new Builder().start(config);
    }

    /** Adds a module of the test to those of the program. */
    public static Builder module(HttpModule module) {
        return new Builder().module(module);
    }

    /** Says what a placeholder of the configuration stands for. */
    public static Builder with(String name, Object value) {
        return new Builder().with(name, value);
    }

    /** Puts a file into the prefix folder before the server starts. */
    public static Builder file(String name, String content) {
        return new Builder().file(name, content);
    }

    /** The lines that a configuration which is broken makes the program print. */
    public static String refusal(String config) {
        try (Frontdesk server = start(config)) {
            throw new AssertionError("it started: " + server);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What is said before the start. */
    @ControlPlane("the thread of a test")
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();
        private final Map<String, byte[]> files = new LinkedHashMap<>();

        private final List<HttpModule> modules = new ArrayList<>();

        private Builder() {}

        /** A module of the test, beside those of the program. */
        public Builder module(HttpModule module) {
            modules.add(module);
            return this;
        }

        /** What a placeholder stands for. */
        public Builder with(String name, Object value) {
            values.put(name, value.toString());
            return this;
        }

        /** A file below the prefix; text of one byte a char. */
        public Builder file(String name, String content) {
            return file(name, content.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** A file below the prefix. */
        public Builder file(String name, byte[] content) {
            files.put(name, content);
            return this;
        }

        /**
         * Starts a server.
         *
         * @throws IllegalArgumentException if the configuration is broken; the message is what the program would print
         */
        public Frontdesk start(String config) {
            TestFolder folder = new TestFolder(values, files);
            try {
                String text = folder.writeConfig(config);
                return new Frontdesk(folder,
                        EmbeddedServer.start(folder.prefix() + "/", folder.prefix() + "/nginx.conf",
                                text.contains("error_log") ? null : "error_log logs/error.log info;",
                                new Modules(modules)));
            } catch (EmbeddedServer.NotStarted e) {
                folder.close();
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }

    /** The number of <code>{{port}}</code>. */
    public int port() {
        return Integer.parseInt(folder.value("port"));
    }

    /** The number of <code>{{port.NAME}}</code>. */
    public int port(String name) {
        return Integer.parseInt(folder.value("port." + name));
    }

    /** A connection to <code>{{port}}</code>. */
    public RawClient connect() {
        return RawClient.connect(port());
    }

    /** A connection to <code>{{port.NAME}}</code>. */
    public RawClient connect(String name) {
        return RawClient.connect(port(name));
    }

    /** Asks <code>{{port}}</code> by GET, on a connection of its own; more header lines may follow. */
    public Answer get(String target, String... fields) {
        return request("GET", target, fields);
    }

    /** Asks <code>{{port}}</code>, on a connection of its own; the request has no body. */
    public Answer request(String method, String target, String... fields) {
        try (RawClient client = connect()) {
            client.send(method + " " + target + " HTTP/1.1\r\n"
                    + (hasHost(fields) ? "" : "Host: localhost\r\n") + "Connection: close\r\n"
                    + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n");
            return client.readAnswer(method.equals("HEAD"));
        }
    }

    private static boolean hasHost(String... fields) {
        for (String field : fields) {
            if (field.regionMatches(true, 0, "host:", 0, 5)) {
                return true;
            }
        }
        return false;
    }

    /** Goes over to another configuration, which may use the same placeholders; false when it was refused. */
    public boolean reload(String config) {
        folder.writeConfig(config);
        return server.reload();
    }

    /** The server, for what is not here. */
    public EmbeddedServer server() {
        return server;
    }

    /** The prefix folder. */
    public Path prefix() {
        return folder.prefix();
    }

    /** Writes a file below the prefix; text of one byte a char. */
    public Path write(String name, String content) {
        return folder.write(name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads a file below the prefix; one char a byte. Empty when it is not there. */
    public String read(String name) {
        return folder.read(name);
    }

    /** The error log so far. */
    public String errorLog() {
        return read("logs/error.log");
    }

    /** Says that lines of level alert, crit or emerg with this text are what the test wants. */
    public Frontdesk expects(String text) {
        expected.add(Pattern.compile(Pattern.quote(text)));
        return this;
    }

    /** Ends the server, and checks that it left nothing behind. */
    @Override
    public void close() {
        List<Worker> workers = server.engine().workers();
        server.close();
        String log = errorLog();
        folder.close();
        List<String> bad = log.lines().filter(line -> BAD_LINE.matcher(line).matches())
                .filter(line -> expected.stream().noneMatch(pattern -> pattern.matcher(line).find())).toList();
        if (!bad.isEmpty()) {
            throw new AssertionError(
                    "the error log has lines of level alert, crit or emerg:\n" + String.join("\n", bad));
        }
        long kept = workers.stream().mapToLong(Frontdesk::activeBuffers).sum();
        if (kept != 0) {
            // The detector tells where the lost buffers were touched once they are collected.
            System.gc();
            throw new AssertionError(kept + " buffers were not released");
        }
    }

    private static long activeBuffers(Worker worker) {
        var metric = ((PooledByteBufAllocator) worker.allocator()).metric();
        long active = 0;
        for (PoolArenaMetric arena : metric.directArenas()) {
            active += arena.numActiveAllocations();
        }
        for (PoolArenaMetric arena : metric.heapArenas()) {
            active += arena.numActiveAllocations();
        }
        return active;
    }
}
