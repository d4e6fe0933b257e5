package io.frontdesk.engine.variable;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;

/** {@code $1} to {@code $9}: a group of the last regular expression that matched in this exchange. */
public record CaptureVariable(int group) implements Variable {
    @Override
    public boolean append(Exchange exchange, Bytes out) {
        return exchange.captures().append(group, out);
    }
}
