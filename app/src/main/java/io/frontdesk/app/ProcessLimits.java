package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.process.NativeProcess;
import java.util.BitSet;
import java.util.List;

/** What the main block says about the process' limits, put into force. */
@ControlPlane("the main thread")
final class ProcessLimits {
    private ProcessLimits() {}

    /** Limits of the whole process. nginx: a limit that can't be set is an alert, and the start goes on. */
    static void apply(MainSettings settings, ErrorLog log) {
        if (settings.openFiles() > 0) {
            int result = NativeProcess
                    .setOpenFiles(new NativeProcess.Limit(settings.openFiles(), settings.openFiles()));
            if (result < 0) {
                log.log(Severity.ALERT, 0,
                        "setrlimit(RLIMIT_NOFILE, " + settings.openFiles() + ") failed " + Errno.describe(result));
            }
        }
        if (settings.coreBytes() >= 0) {
            int result = NativeProcess
                    .setCoreBytes(new NativeProcess.Limit(settings.coreBytes(), settings.coreBytes()));
            if (result < 0) {
                log.log(Severity.ALERT, 0,
                        "setrlimit(RLIMIT_CORE, " + settings.coreBytes() + ") failed " + Errno.describe(result));
            }
        }
    }

    /** Sets how willingly each loop gives way. */
    static void prioritize(List<Loop> loops, int priority, ErrorLog log) {
        if (priority == 0) {
            return;
        }
        for (Loop loop : loops) {
            loop.execute(() -> {
                int result = NativeProcess.setThreadPriority(priority);
                if (result < 0) {
                    log.log(Severity.ALERT, 0, "setpriority(" + priority + ") failed " + Errno.describe(result));
                }
            });
        }
    }

    /** Binds each loop to its processors. */
    static void bind(List<Loop> loops, CpuAffinity affinity, ErrorLog log) {
        if (affinity.equals(CpuAffinity.NONE)) {
            return;
        }
        BitSet available = NativeProcess.processors();
        for (Loop loop : loops) {
            BitSet processors = affinity.of(loop.index(), available);
            if (!processors.isEmpty()) {
                loop.execute(() -> {
                    int result = NativeProcess.bindThread(processors);
                    if (result < 0) {
                        log.log(Severity.ALERT, 0, "sched_setaffinity() failed " + Errno.describe(result));
                    }
                });
            }
        }
    }
}
