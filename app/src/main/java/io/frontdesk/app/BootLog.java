package io.frontdesk.app;

import io.frontdesk.config.Errno;
import io.frontdesk.config.FileNames;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.request.ClientConnection;
import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The log of the time before a configuration is in force: a file, and for what is bad also stderr, where tools look for it. nginx:
 * {@code ngx_log_init} and {@code ngx_log_stderr}. Control plane, one thread.
 */
@ControlPlane("the thread that starts the process; writes files")
final class BootLog implements ErrorLog, AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss");

    private final PrintStream stderr;
    private final @Nullable OutputStream file;
    private final Severity level;
    private boolean usesStderr = true;

    private BootLog(PrintStream stderr, @Nullable OutputStream file, Severity level) {
        this.stderr = stderr;
        this.file = file;
        this.level = level;
    }

    /** Opens it; where the file can't be opened, that is said and all goes to stderr. */
    static BootLog open(@Nullable String name, Severity level, PrintStream stderr) {
        OutputStream file = null;
        if (name != null) {
            Path path = FileNames.toPath(name);
            try {
                file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                say(stderr, "[alert] could not open error log file: open() \"" + name + "\" failed " + Errno.text(e));
            }
        }
        return new BootLog(stderr, file, level);
    }

    /** The start is over: what is said from now on is for the file alone. */
    void leaveStderr() {
        usesStderr = false;
    }

    /** A line for the operator, as nginx words it. */
    static void say(PrintStream stderr, String message) {
        byte[] line = ("nginx: " + message + "\n").getBytes(StandardCharsets.ISO_8859_1);
        stderr.write(line, 0, line.length);
        stderr.flush();
    }

    @Override
    public boolean isEnabled(Severity severity, @Nullable ClientConnection connection) {
        return severity.compareTo(level) <= 0;
    }

    @Override
    public void log(Severity severity, long connection, String message) {
        if (severity.compareTo(level) > 0) {
            return;
        }
        if (file != null) {
            long pid = ProcessHandle.current().pid();
            String line = TIME.format(LocalDateTime.now()) + " [" + severity.label() + "] " + pid + "#" + pid + ": "
                    + message + "\n";
            try {
                file.write(line.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // stderr has it, or it was not that important
            }
        }
        if (usesStderr && (severity.compareTo(Severity.WARN) <= 0 || file == null)) {
            say(stderr, "[" + severity.label() + "] " + message);
        }
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // nothing is lost: each line was written as it came
            }
        }
    }
}
