package io.frontdesk.net;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The end of a process whose heap is used up. Whoever catches what an event loop threw asks here: a loop that missed a part of what it had
 * to do would keep connections which nobody answers, so the process says one line and ends. Memory for buffers is another thing: what
 * could not have some fails alone. Any thread.
 */
public final class OutOfMemory {
    /** As a shell shows a process that was aborted. */
    public static final int STATUS = 134;

    private static volatile @Nullable Consumer<String> lastWords;

    private OutOfMemory() {}

    /** Says that the process is ours to end, and who takes the line about it; not called where we are a guest. */
    public static void endsProcess(Consumer<String> log) {
        lastWords = log;
    }

    /** Whether buffers ran out of memory, not the heap. */
    public static boolean isOfBuffers(Throwable cause) {
        return cause instanceof OutOfMemoryError && !isOfHeap(cause);
    }

    private static boolean isOfHeap(Throwable cause) {
        if (!(cause instanceof OutOfMemoryError) || cause instanceof io.netty.util.internal.OutOfDirectMemoryError) {
            return false;
        }
        String of = String.valueOf(cause.getMessage());
        return of.startsWith("Java heap space") || of.startsWith("GC overhead") || of.startsWith("Metaspace")
                || of.startsWith("Compressed class space");
    }

    /** Ends the process if that is what was thrown. */
    public static void check(@Nullable Throwable thrown) {
        Consumer<String> log = lastWords;
        if (thrown == null || log == null || !isOfHeap(thrown)) {
            return;
        }
        try {
            log.accept("out of memory, exiting: " + thrown);
        } finally {
            Runtime.getRuntime().halt(STATUS);
        }
    }
}
