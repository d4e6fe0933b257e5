package io.frontdesk.e2e.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of the launcher in a folder of its own that looks built, and Javas that are shell scripts: they print how they
 * were called. Nothing of the real build or of the machine's JDKs is touched.
 */
final class LauncherHome {
    /** In bash, which keeps the signal mask that it was started with; other shells clear theirs. */
    private static final String PRINT_ARGUMENTS = """
            #!/bin/bash
            for argument; do echo "$argument"; done
            grep SigBlk /proc/self/status
            echo "LC_ALL=$LC_ALL"
            echo "pid=$$"
            """;

    private final Path folder;

    LauncherHome(Path folder) throws IOException {
        this.folder = folder;
        Files.copy(root().resolve("frontdesk"), launcher());
        write("app/src/main/dist/configure-arguments",
                Files.readString(root().resolve("app/src/main/dist/configure-arguments")));
        write("app/target/frontdesk/lib/frontdesk-app.jar", "");
    }

    /** The folder of the checkout: the tests of a module run in the module's folder. */
    static Path root() {
        return Path.of("").toAbsolutePath().getParent();
    }

    Path folder() {
        return folder;
    }

    Path launcher() {
        return folder.resolve("frontdesk");
    }

    /** Makes a folder that looks like a JDK of this version, and returns it. */
    Path java(String version) throws IOException {
        Path java = folder.resolve("jdk " + version);
        write("jdk " + version + "/release", """
                IMPLEMENTOR="Nobody"
                JAVA_RUNTIME_VERSION="%1$s+9-LTS"
                JAVA_VERSION="%1$s"
                """.formatted(version));
        Path binary = write("jdk " + version + "/bin/java", PRINT_ARGUMENTS);
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java;
    }

    Path write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }

    Outcome run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "FRONTDESK_JAVA_OPTS"));
        builder.environment().putAll(environment);
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int status = process.waitFor();
        return new Outcome(process.pid(), status, lines(out), lines(err));
    }

    private static List<String> lines(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What one run of the launcher left behind. */
    record Outcome(long pid, int status, List<String> out, List<String> err) {}
}
