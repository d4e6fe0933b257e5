package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.process.NativeProcess;
import io.frontdesk.net.process.Signal;

/** Another process that serves, known by its pid file: what {@code -s} talks to. */
@ControlPlane("the main thread; reads a file")
record RunningProcess(PidFile pidFile) {
    /** Tells it; false when that was not possible, which the log says. */
    boolean tell(CommandLine.Signal what, ErrorLog log) {
        log.log(Severity.NOTICE, 0, "signal process started");
        int pid = pidFile.read(log);
        if (pid < 0) {
            return false;
        }
        Signal signal = switch (what) {
            case STOP -> Signal.TERM;
            case QUIT -> Signal.QUIT;
            case REOPEN -> Signal.USR1;
            case RELOAD -> Signal.HUP;
        };
        int result = NativeProcess.kill(pid, signal);
        if (result < 0) {
            log.log(Severity.ALERT, 0, "kill(" + pid + ", " + signal.number() + ") failed " + Errno.describe(-result));
            return false;
        }
        return true;
    }
}
