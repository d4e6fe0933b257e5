package io.frontdesk.engine.core;

import io.frontdesk.config.Sizes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import java.util.OptionalLong;

/** Sizes that may come from a variable: {@code limit_rate $rate}. */
public final class Rates {
    private Rates() {}

    /** Bytes; 0 when the value is empty or no size, as nginx takes it. */
    public static long evaluate(Template template, Exchange exchange) {
        if (template.isConstant() && template.source().equals("0")) {
            return 0;
        }
        OptionalLong size = Sizes.size(template.value(exchange));
        return size.isPresent() ? size.getAsLong() : 0;
    }
}
