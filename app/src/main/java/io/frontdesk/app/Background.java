package io.frontdesk.app;

import io.frontdesk.net.ControlPlane;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code daemon on}: the server goes on in the background when it has started. A JVM can't fork, so the process that was started runs the
 * same command again in a session of its own, and ends when that one says that it serves (docs/adr/0005).
 */
@ControlPlane("the main thread; waits for the other process")
final class Background {
    private static final String PROPERTY = "frontdesk.background";
    private static final String READY = "ready";
    private static final String SIGNALS = "QUIT,HUP,TERM,INT,USR1,USR2,WINCH";

    private Background() {}

    /** Whether this is the process in the background. */
    static boolean isThere() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Starts it, and waits until it serves or has ended; the exit status. */
    static int start(PrintStream stderr) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command())
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
                String first = lines.readLine();
                return READY.equals(first) ? 0 : Math.max(1, process.waitFor());
            }
        } catch (IOException e) {
            BootLog.say(stderr, "[emerg] starting in the background failed: " + e.getMessage());
            return 1;
        }
    }

    /** This process serves: says so to the one that started it. */
    static void ready(PrintStream stdout) {
        if (isThere()) {
            stdout.print(READY + "\n");
            stdout.flush();
        }
    }

    /** The command of this process, in a session of its own and with the signals blocked as the launcher does. */
    private static List<String> command() throws IOException {
        String[] words = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8).split("\0", -1);
        List<String> command = new ArrayList<>(List.of("setsid", "env", "--block-signal=" + SIGNALS, words[0],
                "-D" + PROPERTY + "=true"));
        // the last word ends with a NUL too
        command.addAll(List.of(words).subList(1, words.length - 1));
        return command;
    }
}
