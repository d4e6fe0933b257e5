package io.frontdesk.net;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        command.add(classPath());
        command.add(main.getName());
        return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** That of the tests: of the JVM, or of the loader that a test runner made for them. */
    private static String classPath() {
        if (ChildJvm.class.getClassLoader() instanceof URLClassLoader loader) {
            return Stream.of(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
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
