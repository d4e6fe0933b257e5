package io.frontdesk.modules.log;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.log.LogRing;
import io.frontdesk.engine.log.LogTarget;
import io.frontdesk.engine.log.LogWriter;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.ControlPlane;
import org.jspecify.annotations.Nullable;

/** One {@code access_log} line of the configuration: a ring to its target for each loop. Shared by all loops. */
@ControlPlane("a ring is made once a loop and log")
final class AccessLog implements AutoCloseable {
    private final LogFormat format;
    private final @Nullable Template condition;
    private final LogTarget target;
    private final int bufferBytes;
    private final long flushNanos;
    private volatile @Nullable LogRing[] rings = new @Nullable LogRing[0];

    AccessLog(LogFormat format, @Nullable Template condition, LogTarget target, int bufferBytes, long flushNanos) {
        this.format = format;
        this.condition = condition;
        this.target = target;
        this.bufferBytes = bufferBytes;
        this.flushNanos = flushNanos;
    }

    /** Logs a request that is over. */
    void log(Exchange ex) {
        if (condition != null && !holds(ex, condition)) {
            return;
        }
        Bytes line = ex.worker().takeScratch();
        try {
            format.append(ex, line);
            int worker = ex.worker().index();
            @Nullable
            LogRing[] all = rings;
            LogRing ring = worker < all.length ? all[worker] : null;
            (ring == null ? makeRing(worker) : ring).write(line);
        } finally {
            ex.worker().giveBackScratch(line);
        }
    }

    /** nginx: the line is left out when the value is empty or 0. */
    static boolean holds(Exchange ex, Template condition) {
        Bytes value = ex.worker().takeScratch();
        try {
            condition.append(ex, value);
            return value.length() > 0 && !(value.length() == 1 && value.get(0) == '0');
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }

    private synchronized LogRing makeRing(int worker) {
        LogRing ring = LogWriter.process().ring(target, bufferBytes, flushNanos);
        @Nullable
        LogRing[] grown = java.util.Arrays.copyOf(rings, Math.max(rings.length, worker + 1));
        grown[worker] = ring;
        rings = grown;
        return ring;
    }

    @Override
    public synchronized void close() {
        for (LogRing ring : rings) {
            if (ring != null) {
                LogWriter.process().close(ring);
            }
        }
        rings = new @Nullable LogRing[0];
    }
}
