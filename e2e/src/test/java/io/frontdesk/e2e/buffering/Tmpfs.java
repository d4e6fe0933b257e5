package io.frontdesk.e2e.buffering;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of one megabyte, which is soon full: needs the right to mount, and skips the test without it. */
final class Tmpfs implements AutoCloseable {
    private final Path folder;

    Tmpfs() {
        try {
            folder = Files.createTempDirectory("frontdesk-disk");
            boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder.toString());
            if (!mounted) {
                Files.delete(folder);
            }
            assumeTrue(mounted, "a tmpfs can't be mounted here");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean run(String... command) throws IOException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    @Override
    public void close() {
        try {
            run("umount", "-l", folder.toString());
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
