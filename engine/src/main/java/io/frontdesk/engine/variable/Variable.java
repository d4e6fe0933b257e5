package io.frontdesk.engine.variable;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A variable of the configuration, such as {@code $host}. Values are byte strings. Evaluated on the loop of the exchange; the value is
 * written to an output rather than returned, so that no String is made unless {@link #value} is called.
 */
public interface Variable {
    /**
     * Appends the value.
     *
     * @return false when the variable has no value here (nginx: "not found"); nothing was appended then
     */
    boolean append(Exchange exchange, Bytes out);

    /** The value as a String of one char a byte, or null when there is none. */
    default @Nullable String value(Exchange exchange) {
        Bytes scratch = exchange.worker().takeScratch();
        try {
            return append(exchange, scratch) ? scratch.toString() : null;
        } finally {
            exchange.worker().giveBackScratch(scratch);
        }
    }
}
