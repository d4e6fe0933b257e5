package io.frontdesk.app;

import io.frontdesk.net.ControlPlane;
import org.jspecify.annotations.Nullable;

/**
 * The process that handed its sockets to this one.
 *
 * @param pid its number: that of our parent when we started
 */
@ControlPlane("the main thread; asks the kernel")
record Predecessor(long pid) {
    /** Our parent now; null when it has gone. */
    static @Nullable Predecessor find() {
        return ProcessHandle.current().parent().map(parent -> new Predecessor(parent.pid())).orElse(null);
    }

    /** Whether it still runs: nginx asks whether the parent is the same. */
    boolean isThere() {
        return equals(find());
    }
}
