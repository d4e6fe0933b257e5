package io.frontdesk.testkit;

import io.frontdesk.app.EmbeddedServer;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
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
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z0-9_.]+)}}");
    private static final Pattern BAD_LINE = Pattern.compile("^\\S+ \\S+ \\[(emerg|alert|crit)] .*");

    private final Path prefix;
    private final Map<String, String> values;
    private final Map<String, HeldPort> ports;
    private final List<Pattern> expected = new ArrayList<>();
    private EmbeddedServer server;

    private Frontdesk(Path prefix, Map<String, String> values, Map<String, HeldPort> ports, String config)
            throws EmbeddedServer.NotStarted {
        this.prefix = prefix;
        this.values = values;
        this.ports = ports;
        this.server = boot(config);
    }

    /** Starts a server. */
    public static Frontdesk start(String config) {
        return new Builder().start(config);
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

        private Builder() {}

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
            Map<String, HeldPort> ports = new LinkedHashMap<>();
            Path prefix = null;
            try {
                prefix = Files.createTempDirectory("frontdesk-test-");
                Files.createDirectory(prefix.resolve("logs"));
                for (Map.Entry<String, byte[]> file : files.entrySet()) {
                    write(prefix, file.getKey(), file.getValue());
                }
                return new Frontdesk(prefix, values, ports, config);
            } catch (EmbeddedServer.NotStarted e) {
                ports.values().forEach(HeldPort::close);
                delete(prefix);
                throw new IllegalArgumentException(e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private EmbeddedServer boot(String config) throws EmbeddedServer.NotStarted {
        writeConfig(config);
        return EmbeddedServer.start(prefix + "/", prefix + "/nginx.conf",
                config.contains("error_log") ? null : "error_log logs/error.log info;");
    }

    private void writeConfig(String config) {
        String text = PLACEHOLDER.matcher(config).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
        if (!Pattern.compile("^\\s*events\\b", Pattern.MULTILINE).matcher(text).find()) {
            text += "\nevents {}\n";
        }
        write(prefix, "nginx.conf", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String value(String name) {
        if (name.equals("port") || name.startsWith("port.")) {
            return Integer.toString(ports.computeIfAbsent(name, n -> HeldPort.open()).number());
        }
        if (name.equals("prefix")) {
            return prefix.toString();
        }
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nobody said what {{" + name + "}} stands for");
        }
        return value;
    }

    /** The number of <code>{{port}}</code>. */
    public int port() {
        return Integer.parseInt(value("port"));
    }

    /** The number of <code>{{port.NAME}}</code>. */
    public int port(String name) {
        return Integer.parseInt(value("port." + name));
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
        writeConfig(config);
        return server.reload();
    }

    /** The server, for what is not here. */
    public EmbeddedServer server() {
        return server;
    }

    /** The prefix folder. */
    public Path prefix() {
        return prefix;
    }

    /** Writes a file below the prefix; text of one byte a char. */
    public Path write(String name, String content) {
        return write(prefix, name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads a file below the prefix; one char a byte. Empty when it is not there. */
    public String read(String name) {
        Path file = prefix.resolve(name);
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        ports.values().forEach(HeldPort::close);
        String log = errorLog();
        delete(prefix);
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

    private static Path write(Path prefix, String name, byte[] content) {
        try {
            Path file = prefix.resolve(name);
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, java.io.IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
