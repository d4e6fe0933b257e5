package io.frontdesk.app.explain;

import java.util.Locale;

/** The body that stands in for the one that a head announces: zeros of its length, or no chunk. One thread. */
final class ClientBody {
    private static final int PART = 8192;
    /** More would tell nothing new, and might fill a disk. */
    private static final long MOST = 64L << 20;

    private long left;
    private boolean chunked;

    private ClientBody(long length, boolean chunked) {
        this.left = length;
        this.chunked = chunked;
    }

    /** The body for a head. */
    static ClientBody of(String head) {
        long length = 0;
        boolean chunked = false;
        for (String line : head.split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                try {
                    length = Long.parseLong(lower.substring(15).strip());
                } catch (NumberFormatException e) {
                    // the reader refuses it
                }
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = true;
            }
        }
        return new ClientBody(chunked ? 0 : Math.min(length, MOST), chunked);
    }

    boolean hasNext() {
        return left > 0 || chunked;
    }

    String next() {
        if (chunked) {
            chunked = false;
            return "0\r\n\r\n";
        }
        int part = (int) Math.min(left, PART);
        left -= part;
        return "0".repeat(part);
    }
}
