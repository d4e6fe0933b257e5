package io.frontdesk.engine.server;

import io.frontdesk.net.ControlPlane;
import java.util.function.LongSupplier;

/**
 * Keeps the heap near what lives in it. The serial collector makes the heap larger rather than collect all of it, as long as the JVM's
 * limit allows, and that is a quarter of the machine: a process that lives for weeks would come to look like one that leaks. So the heap
 * is collected as a whole when it has doubled since the last time, which all threads wait for some ten milliseconds. Owned by the watchdog,
 * its thread only.
 */
@ControlPlane("the watchdog's thread, which stops the others for a collection")
final class HeapUpkeep {
    /** Below twice this nothing is done: what the JVM begins with, and room for a first configuration. */
    private static final long LEAST_BYTES = 40L << 20;

    private final LongSupplier size;
    private final Runnable collection;
    private long settled;

    /** Of this JVM's heap. */
    HeapUpkeep() {
        this(Runtime.getRuntime()::totalMemory, System::gc);
    }

    /** Of a heap of this many bytes, that is collected so. */
    HeapUpkeep(LongSupplier size, Runnable collection) {
        this.size = size;
        this.collection = collection;
        settle();
    }

    /** Looks anew, and collects when it is time. */
    void look() {
        long now = size.getAsLong();
        if (now >= 2 * settled) {
            collection.run();
            settle();
        } else if (now < settled) {
            // The JVM has collected it, for want of room.
            settle();
        }
    }

    /** What is alive now has a right to garbage in proportion. */
    private void settle() {
        settled = Math.max(LEAST_BYTES, size.getAsLong());
    }
}
