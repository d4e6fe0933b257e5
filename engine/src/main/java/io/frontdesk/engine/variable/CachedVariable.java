package io.frontdesk.engine.variable;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A variable whose value is found once per exchange and kept in a slot, as nginx keeps those that are not volatile. Immutable, shared by
 * all loops; the value belongs to the exchange.
 */
public abstract class CachedVariable implements Variable {
    /** Stands in a slot for "no value". */
    private static final byte[] NONE = new byte[0];

    private final int slot;

    /** Keeps its value in {@code slot} ({@link Variables#newSlot}); -1 to find it anew at each use. */
    protected CachedVariable(int slot) {
        this.slot = slot;
    }

    /** Finds the value: an array that nobody changes, or null for none. */
    protected abstract byte @Nullable [] find(Exchange exchange);

    @Override
    public final boolean append(Exchange exchange, Bytes out) {
        byte[] value = slot < 0 ? null : (byte[]) exchange.slot(slot);
        if (value == null) {
            value = find(exchange);
            if (value == null) {
                value = NONE;
            }
            if (slot >= 0) {
                exchange.slot(slot, value);
            }
        }
        out.write(value);
        return value != NONE;
    }
}
