package io.frontdesk.engine.address;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects ranges of IPv4 addresses for an {@link AddressRanges}. As in nginx, each is cut at multiples of 65 536, and the parts obey
 * these rules: a part may lie in an earlier one, which it then splits; one that reaches beyond an earlier one is an error. Control plane.
 */
public final class RangeTable<V> {
    private static final long PART = 0x10000;

    private record Part<V>(long end, V value) {}

    private final TreeMap<Long, Part<V>> parts = new TreeMap<>();

    /** Told of what is odd about a range. */
    public interface Oddity<V> {
        /** The same range was there. */
        void isDuplicate(V before);
    }

    /**
     * Adds a range.
     *
     * @return the earlier part that it overlaps, as text ({@code 10.0.0.1-10.0.0.9}), or null when all went well
     */
    public @Nullable String add(long start, long end, V value, Oddity<V> oddity) {
        for (long from = start; from <= end; from = (from | PART - 1) + 1) {
            long to = Math.min(end, from | PART - 1);
            String overlapped = addPart(from, to, value, oddity);
            if (overlapped != null) {
                return overlapped;
            }
        }
        return null;
    }

    private @Nullable String addPart(long from, long to, V value, Oddity<V> oddity) {
        Map.Entry<Long, Part<V>> entry = parts.floorEntry(to);
        if (entry == null || entry.getValue().end < from) {
            parts.put(from, new Part<>(to, value));
            return null;
        }
        long start = entry.getKey();
        Part<V> part = entry.getValue();
        if (from < start || to > part.end) {
            return text(start) + "-" + text(part.end);
        }
        if (from == start && to == part.end) {
            oddity.isDuplicate(part.value);
        }
        if (from > start) {
            parts.put(start, new Part<>(from - 1, part.value));
        }
        parts.put(from, new Part<>(to, value));
        if (to < part.end) {
            parts.put(to + 1, new Part<>(part.end, part.value));
        }
        return null;
    }

    /** Takes a range away; false when a part of it was not there as a part. */
    public boolean remove(long start, long end) {
        boolean complete = true;
        for (long from = start; from <= end; from = (from | PART - 1) + 1) {
            long to = Math.min(end, from | PART - 1);
            Part<V> part = parts.get(from);
            if (part != null && part.end == to) {
                parts.remove(from);
            } else {
                complete = false;
            }
        }
        return complete;
    }

    /** What was collected. */
    public AddressRanges<V> build() {
        AddressRanges.Builder<V> ranges = new AddressRanges.Builder<>();
        long behind = 0;
        for (Map.Entry<Long, Part<V>> entry : parts.entrySet()) {
            if (entry.getKey() != behind) {
                ranges.from(new AddressNumber(0, behind), null);
            }
            ranges.from(new AddressNumber(0, entry.getKey()), entry.getValue().value);
            behind = entry.getValue().end + 1;
        }
        ranges.from(new AddressNumber(0, behind), null);
        return ranges.build();
    }

    private static String text(long address) {
        return (address >> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }
}
