package io.frontdesk.app;

import io.frontdesk.config.Errno;
import io.frontdesk.config.FileNames;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that says which process serves. Whoever sees it sees all of it: it is written beside its place and renamed.
 *
 * @param name    its whole name
 * @param isUsual whether nobody named it: its folder is made when it is missing
 */
@ControlPlane("the thread that starts and stops the process; writes a file")
record PidFile(String name, boolean isUsual) {
    /** Writes it; false when that failed, which the log says. */
    boolean write(ErrorLog log) {
        String part = name + "." + ProcessHandle.current().pid() + ".part";
        try {
            Path path = FileNames.toPath(part);
            makeFolder(path);
            Files.write(path, (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            Files.move(path, FileNames.toPath(name), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            log.log(Severity.EMERG, 0, "open() \"" + name + "\" failed " + Errno.text(e));
            return false;
        }
    }

    /** Makes sure that it could be written, without changing it. */
    boolean test(ErrorLog log) {
        try {
            Path path = FileNames.toPath(name);
            if (!Files.exists(path)) {
                makeFolder(path);
                Files.createFile(path);
            }
            return true;
        } catch (IOException e) {
            log.log(Severity.EMERG, 0, "open() \"" + name + "\" failed " + Errno.text(e));
            return false;
        }
    }

    private void makeFolder(Path path) throws IOException {
        Path folder = path.getParent();
        if (isUsual && folder != null) {
            Files.createDirectories(folder);
        }
    }

    /** Whether it names this process. */
    boolean isWritten() {
        try {
            return Files.readString(FileNames.toPath(name), StandardCharsets.ISO_8859_1).strip()
                    .equals(Long.toString(ProcessHandle.current().pid()));
        } catch (IOException e) {
            return false;
        }
    }

    /** The process that it names, or -1: the log says why there is none. */
    int read(ErrorLog log) {
        String text;
        try {
            text = Files.readString(FileNames.toPath(name), StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            log.log(Severity.ERROR, 0, "open() \"" + name + "\" failed " + Errno.text(e));
            return -1;
        }
        try {
            int pid = Integer.parseInt(text);
            if (pid > 0) {
                return pid;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        log.log(Severity.ERROR, 0, "invalid PID number \"" + text + "\" in \"" + name + "\"");
        return -1;
    }

    /** Where it is while a new program takes over. */
    PidFile aside() {
        return new PidFile(name + ".oldbin", isUsual);
    }

    /** Makes room for the file of a new program; false when that failed, which the log says. */
    boolean putAside(ErrorLog log) {
        return rename(name, aside().name, "before executing new binary process", log);
    }

    /** The new program has gone. */
    void putBack(ErrorLog log) {
        rename(aside().name, name, "back after the new binary process exited", log);
    }

    private static boolean rename(String from, String to, String when, ErrorLog log) {
        try {
            Files.move(FileNames.toPath(from), FileNames.toPath(to), StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            log.log(Severity.ALERT, 0, "rename() " + from + " to " + to + " failed " + when + " " + Errno.text(e));
            return false;
        }
    }

    /** Removes it. */
    void remove(ErrorLog log) {
        try {
            Files.delete(FileNames.toPath(name));
        } catch (IOException e) {
            log.log(Severity.ALERT, 0, "unlink() \"" + name + "\" failed " + Errno.text(e));
        }
    }
}
