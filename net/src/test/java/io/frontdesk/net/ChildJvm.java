package io.frontdesk.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for what a test cannot do to its own process: signals, other flags. Ends with its test. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** Starts a main class; {@code before} comes in front of {@code java}, such as {@code env} with its options. */
    public static ChildJvm start(List<String> before, List<String> flags, Class<?> main) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.addAll(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    public int pid() {
        return (int) process.pid();
    }

    /** The next line that it prints, errors included; null when it has ended. */
    public String line() throws IOException {
        return output.readLine();
    }

    /** Waits for its end. */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
