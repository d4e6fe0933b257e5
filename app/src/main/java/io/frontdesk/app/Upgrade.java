package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.listen.InheritedSockets;
import io.frontdesk.net.process.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The program that takes over from this one, on the same listening sockets: nginx's USR2. The file of our number is put aside, and back
 * again when the other one ends before us (docs/adr/0013).
 *
 * @param child   the other process
 * @param pidFile where our number was
 */
@ControlPlane("the main thread; a thread of its own waits for the other process' end")
record Upgrade(ChildProcess child, PidFile pidFile) {
    private static final String LAUNCHER = "frontdesk.launcher";

    /**
     * Starts it; null when that failed, which the log says.
     *
     * @param variables what {@code env} adds to its environment
     * @param ended     hears of its end with its exit status, on another thread
     */
    static @Nullable Upgrade start(PidFile pidFile, List<Integer> sockets, Map<String, String> variables, ErrorLog log,
            BiConsumer<Upgrade, Integer> ended) {
        if (!pidFile.putAside(log)) {
            return null;
        }
        Map<String, String> more = new HashMap<>(variables);
        more.put(InheritedSockets.VARIABLE, InheritedSockets.format(sockets));
        int pid;
        try {
            List<String> command = command();
            pid = ChildProcess.start(command, more, sockets);
            if (pid < 0) {
                log.log(Severity.ALERT, 0, "execve() failed while executing new binary process \"" + command.getFirst()
                        + "\" " + Errno.describe(pid));
            }
        } catch (IOException e) {
            log.log(Severity.ALERT, 0, "starting a new binary process failed: " + e.getMessage());
            pid = -1;
        }
        if (pid < 0) {
            pidFile.putBack(log);
            return null;
        }
        log.log(Severity.NOTICE, 0, "start new binary process " + pid);
        Upgrade upgrade = new Upgrade(new ChildProcess(pid), pidFile);
        Thread.ofPlatform().name("frontdesk-upgrade").daemon()
                .start(() -> ended.accept(upgrade, upgrade.child.awaitEnd()));
        return upgrade;
    }

    /** What this process was started with: the launcher where there was one, as it chooses the JVM and its options. */
    private static List<String> command() throws IOException {
        String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.ISO_8859_1);
        List<String> words = new ArrayList<>(List.of(line.split("\0", -1)));
        // the last word ends with a NUL too
        words.removeLast();
        int main = words.indexOf(Main.class.getName());
        String launcher = System.getProperty(LAUNCHER);
        if (launcher != null && main > 0) {
            List<String> command = new ArrayList<>(List.of(CommandLine.byteStrings(launcher)));
            command.addAll(words.subList(main + 1, words.size()));
            return command;
        }
        words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return words;
    }
}
