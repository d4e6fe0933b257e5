package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The program as a process of its own, started as the launcher does, on the classes of the test: for signals, exit statuses and what is
 * printed. Placeholders are those of {@link Frontdesk}.
 */
@ControlPlane("the thread of a test; waits for the process")
public final class FrontdeskProcess implements AutoCloseable {
    private static final String SIGNALS = "QUIT,HUP,TERM,INT,USR1,USR2,WINCH";
    /** A JVM's start, on a machine that has other things to do. */
    private static final long START_SECONDS = 60;

    private final TestFolder folder;
    private final List<Process> started = new ArrayList<>();

    private final List<String> options;

    private FrontdeskProcess(TestFolder folder, List<String> options) {
        this.folder = folder;
        this.options = List.copyOf(options);
    }

    /**
     * What a run of the program came to.
     *
     * @param status the exit status
     * @param out    standard output
     * @param err    standard error
     */
    public record Run(int status, String out, String err) {}

    /**
     * Starts a server that stays in the foreground, and waits until it says by its pid file that it serves.
     *
     * @param options more options of the JVM
     */
    public static FrontdeskProcess start(String config, String... options) {
        FrontdeskProcess server = prepare(config, options);
        server.serve();
        return server;
    }

    private void serve() {
        Process process = launch("-g", "daemon off;");
        String pid = Long.toString(process.pid());
        await(() -> read("logs/nginx.pid").strip().equals(pid) || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("it ended: " + read("stderr") + errorLog());
        }
    }

    /** Starts once more on the same prefix, when the one before has ended, and waits until it serves. */
    public void startAgain() {
        serve();
    }

    /** Kills the process that was started last: no handler of its own runs. */
    public void kill() {
        Process last = started.getLast();
        last.destroyForcibly();
        awaitExit(last);
    }

    /** Writes a configuration, and starts nothing yet. */
    public static FrontdeskProcess prepare(String config, String... options) {
        TestFolder folder = new TestFolder(Map.of(), Map.of());
        folder.writeConfig(config);
        return new FrontdeskProcess(folder, List.of(options));
    }

    /** Runs the program once more on the same prefix and configuration, and waits for its end. */
    public Run run(String... arguments) {
        Process process = launch(arguments);
        return new Run(awaitExit(process), folder.read("stdout"), folder.read("stderr"));
    }

    private Process launch(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "--block-signal=" + SIGNALS,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xrs",
                "-Dfrontdesk.signals=blocked",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), "io.frontdesk.app.Main", "-p", folder.prefix() + "/", "-c",
                "nginx.conf"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            // As the launcher does: USR2 is ours.
            builder.environment().put("_JAVA_SR_SIGNUM", "50");
            Process process = builder.directory(folder.prefix().toFile())
                    .redirectOutput(folder.prefix().resolve("stdout").toFile())
                    .redirectError(folder.prefix().resolve("stderr").toFile()).start();
            started.add(process);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That of the tests: of the JVM, or of the loader that a test runner made for them. */
    private static String classPath() {
        if (FrontdeskProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    /** Writes another configuration in place of the first. */
    public void writeConfig(String config) {
        folder.writeConfig(config);
    }

    /** Sends a signal, such as {@code QUIT}, to the process that the pid file names. */
    public void signal(String name) {
        signal(name, read("logs/nginx.pid").strip());
    }

    /** Sends a signal to any process. */
    public void signal(String name, String pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start();
            if (awaitExit(kill) != 0) {
                throw new AssertionError("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process that was started first. */
    public Process process() {
        return started.getFirst();
    }

    /** Waits for the end of the process that was started first; its exit status. */
    public int awaitExit() {
        return awaitExit(process());
    }

    private static int awaitExit(Process process) {
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not end in time");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for a condition. */
    public void await(BooleanSupplier condition) {
        try {
            Awaitility.await().atMost(START_SECONDS, TimeUnit.SECONDS).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("it did not come true in time; error log:\n" + errorLog(), e);
        }
    }

    /** A connection to <code>{{port}}</code>. */
    public RawClient connect() {
        return RawClient.connect(Integer.parseInt(folder.value("port")));
    }

    /** The number of a port that the configuration names. */
    public int port(String name) {
        return Integer.parseInt(folder.value("port." + name));
    }

    /** The prefix folder. */
    public Path prefix() {
        return folder.prefix();
    }

    /** A file below the prefix; empty when it is not there. */
    public String read(String name) {
        return folder.read(name);
    }

    /** Writes a file below the prefix. */
    public void write(String name, String content) {
        folder.write(name, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The error log so far. */
    public String errorLog() {
        return read("logs/error.log");
    }

    /** Ends what was started, a server in the background included. */
    @Override
    public void close() {
        String pid = read("logs/nginx.pid").strip();
        if (!pid.isEmpty()) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        for (Process process : started) {
            process.destroyForcibly();
            awaitExit(process);
        }
        folder.close();
    }
}
