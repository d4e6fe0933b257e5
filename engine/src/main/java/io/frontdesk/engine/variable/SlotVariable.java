package io.frontdesk.engine.variable;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A variable that lives in a numbered slot of the exchange: one that {@code set} or a named capture fills. Until it is filled it shows
 * the built-in variable of the same name, or the empty string.
 */
public final class SlotVariable implements Variable {
    private final String name;
    private final int slot;
    private @Nullable Variable before;

    SlotVariable(String name, int slot, @Nullable Variable before) {
        this.name = name;
        this.slot = slot;
        this.before = before;
    }

    /** The name, without the dollar. */
    public String name() {
        return name;
    }

    /** Says what shows until the slot is filled; null for nothing. While a configuration is compiled. */
    void otherwise(@Nullable Variable variable) {
        before = variable;
    }

    /** Fills the slot; null empties it. */
    public void set(Exchange exchange, @Nullable String value) {
        exchange.slot(slot, value);
    }

    @Override
    public boolean append(Exchange exchange, Bytes out) {
        Object value = exchange.slot(slot);
        if (value != null) {
            out.write((String) value);
            return true;
        }
        return before != null && before.append(exchange, out);
    }

    @Override
    public @Nullable String value(Exchange exchange) {
        Object value = exchange.slot(slot);
        if (value != null) {
            return (String) value;
        }
        return before == null ? null : before.value(exchange);
    }
}
