package io.frontdesk.engine.server;

import io.frontdesk.net.ControlPlane;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import org.jspecify.annotations.Nullable;

/**
 * Whether memory runs short: of buffers, which are counted as they are allocated, or of the heap, whose garbage does not count. It is short
 * from 90 % of the limit on, and no more when it is below 80 %. Owned by the watchdog, its thread only.
 */
@ControlPlane("the watchdog's thread; may load classes")
final class MemoryPressure {
    private static final int TIGHT_PERCENT = 90;
    private static final int EASED_PERCENT = 80;
    /** Below this the heap is not looked at any closer. */
    private static final int SUSPECT_PERCENT = 75;

    /** Memory for buffers is taken in pieces of this size by each loop: what is less than that is of no use to it. */
    private static final long PIECE_BYTES = 4L << 20;

    private boolean tight;
    private @Nullable MemoryPoolMXBean oldObjects;
    private boolean searched;
    private String what = "";

    /** Looks anew; whether memory is short. */
    boolean measure() {
        int limit = tight ? EASED_PERCENT : TIGHT_PERCENT;
        long buffers = PlatformDependent.usedDirectMemory();
        long buffersLimit = PlatformDependent.maxDirectMemory();
        if (buffers >= 0 && buffers > Math.min(buffersLimit / 100 * limit, buffersLimit - PIECE_BYTES)) {
            what = "buffers take " + buffers + " of " + buffersLimit + " bytes";
            tight = true;
        } else {
            tight = heapIsAbove(limit);
        }
        return tight;
    }

    /** What is short, for the log. */
    String what() {
        return what;
    }

    private boolean heapIsAbove(int percent) {
        Runtime runtime = Runtime.getRuntime();
        long max = runtime.maxMemory();
        if (runtime.totalMemory() - runtime.freeMemory() < max / 100 * SUSPECT_PERCENT) {
            return false;
        }
        MemoryPoolMXBean pool = oldObjects();
        MemoryUsage live = pool == null ? null : pool.getCollectionUsage();
        if (live == null || live.getMax() <= 0 || live.getUsed() < live.getMax() / 100 * percent) {
            return false;
        }
        what = "objects take " + live.getUsed() + " of " + live.getMax() + " bytes";
        return true;
    }

    /** The pool that objects grow old in. The JVM knows what was left in it when it was last collected. */
    private @Nullable MemoryPoolMXBean oldObjects() {
        if (!searched) {
            searched = true;
            for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
                if (pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported()
                        && pool.isCollectionUsageThresholdSupported()) {
                    oldObjects = pool;
                }
            }
        }
        return oldObjects;
    }
}
