package io.frontdesk.engine.log;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;

/** Targets of logs beside files. Control plane. */
public final class LogTargets {
    private LogTargets() {}

    /** Standard error. */
    public static LogTarget stderr() {
        return StderrTarget.INSTANCE;
    }

    /** A syslog server: {@code settings} is what stands behind {@code syslog:}. */
    public static LogTarget syslog(String settings, Setting<?> line) throws ConfigException {
        return SyslogTarget.of(SyslogSettings.parse(settings, line), line);
    }
}
