package io.frontdesk.engine.variable;

import io.frontdesk.engine.request.Exchange;

/** Changes what a variable stands for, in one exchange. */
@FunctionalInterface
public interface VariableSetter {
    /** Sets the value, on the loop of the exchange. */
    void set(Exchange exchange, String value);
}
