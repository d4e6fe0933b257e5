package io.frontdesk.engine.log;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.ClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * The error log that is in force somewhere: one or several targets, each with its level. Shared by all loops; a write never blocks a
 * loop.
 */
public interface ErrorLog {
    /** Drops everything. */
    ErrorLog NONE = new ErrorLog() {
        @Override
        public boolean isEnabled(Severity severity, @Nullable ClientConnection connection) {
            return false;
        }

        @Override
        public void log(Severity severity, long connection, String message) {}
    };

    /** Whether a line of that severity goes anywhere; {@code connection} for {@code debug_connection}. */
    boolean isEnabled(Severity severity, @Nullable ClientConnection connection);

    /**
     * Writes a line, {@code YYYY/MM/DD HH:MM:SS [level] pid#tid: *connection message}; the star part is left out for connection 0. Control
     * characters in the message are escaped by the log.
     */
    void log(Severity severity, long connection, String message);

    /** The same about a request: its context stands behind the message. */
    default void log(Severity severity, long connection, String message, LogContext context) {
        StringBuilder line = new StringBuilder(256).append(message);
        context.appendTo(line);
        log(severity, connection, line.toString());
    }

    /** The same about no request, but about something that has a cause. */
    default void log(FaultKind cause, Severity severity, String message) {
        log(severity, 0, message, LogContext.of(cause));
    }
}
