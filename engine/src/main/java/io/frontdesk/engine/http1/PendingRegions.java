package io.frontdesk.engine.http1;

import io.netty.channel.FileRegion;
import java.util.ArrayDeque;

/** Regions of files that a channel was told to send, of whose bytes Netty keeps no count. Owned by its output. */
final class PendingRegions {
    /** Those that may not have gone out whole, in their order. */
    private final ArrayDeque<FileRegion> regions = new ArrayDeque<>(2);

    void add(FileRegion region) {
        regions.add(region);
    }

    void clear() {
        regions.clear();
    }

    /** How many bytes have not gone out. */
    long bytes() {
        if (regions.isEmpty()) {
            return 0;
        }
        long bytes = 0;
        while (!regions.isEmpty() && regions.peek().transferred() == regions.peek().count()) {
            regions.poll();
        }
        for (FileRegion region : regions) {
            bytes += region.count() - region.transferred();
        }
        return bytes;
    }
}
