package io.frontdesk.modules.splitclients;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Position;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.variable.CachedVariable;
import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;

/** The variable of one {@code split_clients}. Immutable, shared by all loops. */
final class SplitVariable extends CachedVariable {
    private static final byte[] EMPTY = new byte[0];

    private final SplitBlock block;
    private final Template source;
    private final Position at;

    SplitVariable(int slot, Template source, SplitBlock block, Position at) {
        super(slot);
        this.source = source;
        this.block = block;
        this.at = at;
    }

    @Override
    protected byte[] find(Exchange exchange) {
        Bytes text = exchange.worker().takeScratch();
        source.append(exchange, text);
        byte[] value = choose(MurmurHash2.hash(text.array(), 0, text.length()) & 0xffff_ffffL);
        Trace trace = exchange.trace();
        if (trace != null) {
            trace.step("split_clients", at, block.variable() + " is \""
                    + new String(value, StandardCharsets.ISO_8859_1) + "\" by the hash of \"" + text + "\"");
        }
        exchange.worker().giveBackScratch(text);
        return value;
    }

    private byte[] choose(long hash) {
        long[] bounds = block.bounds();
        for (int i = 0; i < bounds.length; i++) {
            if (hash < bounds[i]) {
                return block.values()[i];
            }
        }
        return EMPTY;
    }
}
