package io.frontdesk.engine.address;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of all addresses of one family, as ranges that do not overlap: found by a binary search over flat arrays, which allocates
 * nothing. Immutable, any thread.
 */
public final class AddressRanges<V> {
    private final long[] highs;
    private final long[] lows;
    private final @Nullable Object[] values;

    private AddressRanges(Builder<V> builder) {
        int size = builder.starts.size();
        highs = new long[size];
        lows = new long[size];
        values = builder.values.toArray();
        for (int i = 0; i < size; i++) {
            highs[i] = builder.starts.get(i).high();
            lows[i] = builder.starts.get(i).low();
        }
    }

    /** How many ranges there are, those without a value included. */
    public int size() {
        return values.length;
    }

    /** The value of an address of 4 or 16 bytes, or null. */
    @SuppressWarnings("unchecked") // the builder holds nothing but V
    public @Nullable V find(byte[] address, int offset, int length) {
        long high = length == 16 ? AddressNumber.eight(address, offset) : 0;
        long low = length == 16 ? AddressNumber.eight(address, offset + 8) : AddressNumber.four(address, offset);
        int from = 0;
        int to = values.length;
        while (from < to) {
            int middle = from + to >>> 1;
            int order = Long.compareUnsigned(highs[middle], high);
            if (order < 0 || order == 0 && Long.compareUnsigned(lows[middle], low) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == 0 ? null : (V) values[from - 1];
    }

    /** Takes what holds from an address on, in rising order. Control plane. */
    static final class Builder<V> {
        private final List<AddressNumber> starts = new ArrayList<>();
        private final List<@Nullable V> values = new ArrayList<>();

        /** From here on, this value holds; null for none. A later one for the same address replaces it. */
        void from(AddressNumber start, @Nullable V value) {
            int last = starts.size() - 1;
            if (last >= 0 && starts.get(last).equals(start)) {
                starts.removeLast();
                values.removeLast();
                last--;
            }
            if (last < 0 ? value != null : values.get(last) != value) {
                starts.add(start);
                values.add(value);
            }
        }

        AddressRanges<V> build() {
            return new AddressRanges<>(this);
        }
    }
}
