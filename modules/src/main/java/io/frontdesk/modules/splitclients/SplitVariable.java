package io.frontdesk.modules.splitclients;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.CachedVariable;
import io.frontdesk.engine.variable.Template;

/** The variable of one {@code split_clients}. Immutable, shared by all loops. */
final class SplitVariable extends CachedVariable {
    private static final byte[] EMPTY = new byte[0];

    private final Template source;
    private final long[] bounds;
    private final byte[][] values;

    SplitVariable(int slot, Template source, long[] bounds, byte[][] values) {
        super(slot);
        this.source = source;
        this.bounds = bounds;
        this.values = values;
    }

    @Override
    protected byte[] find(Exchange exchange) {
        Bytes text = exchange.worker().takeScratch();
        source.append(exchange, text);
        long hash = MurmurHash2.hash(text.array(), 0, text.length()) & 0xffff_ffffL;
        exchange.worker().giveBackScratch(text);
        for (int i = 0; i < bounds.length; i++) {
            if (hash < bounds[i]) {
                return values[i];
            }
        }
        return EMPTY;
    }
}
