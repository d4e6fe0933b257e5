package io.frontdesk.modules.sub;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replacement of texts in one body as it passes. What may be the beginning of a text waits for what follows, and nothing else does.
 * Owned by the responder; loop only.
 */
final class Substitution implements AutoCloseable {
    /** Output goes on in pieces of about this size. */
    private static final int PIECE_BYTES = 32 * 1024;

    private final Exchange exchange;
    private final int next;
    private final SubPatterns patterns;
    private final List<Template> values;
    private final boolean once;
    private final byte[] @Nullable [] replacements;
    private final boolean[] done;
    private final SubPatterns.Place place = new SubPatterns.Place();
    private final Bytes held = new Bytes(64);
    private @Nullable ByteBuf out;
    private int left;

    /** {@code next}: the filter that the result goes to. */
    Substitution(Exchange exchange, int next, SubPatterns patterns, List<Template> values, boolean once) {
        this.exchange = exchange;
        this.next = next;
        this.patterns = patterns;
        this.values = values;
        this.once = once;
        this.replacements = new byte @Nullable [patterns.count()][];
        this.done = new boolean[patterns.count()];
        this.left = patterns.count();
    }

    void take(@Nullable ByteBuf chunk, boolean last) {
        if (left == 0) {
            exchange.responder().takeFrom(next, chunk, last);
            return;
        }
        Bytes text = exchange.worker().takeScratch();
        try {
            text.write(held);
            held.clear();
            if (chunk != null) {
                text.take(chunk, chunk.readableBytes());
            }
            replace(text, last);
        } finally {
            exchange.worker().giveBackScratch(text);
            if (chunk != null) {
                chunk.release();
            }
        }
        ByteBuf rest = out;
        out = null;
        if (rest != null || last) {
            exchange.responder().takeFrom(next, rest, last);
        }
    }

    private void replace(Bytes text, boolean last) {
        byte[] data = text.array();
        int end = text.length();
        int from = 0;
        while (left > 0 && patterns.find(data, from, end, last, done, place)) {
            show(data, from, place.start() - from);
            byte[] value = value(place.which());
            show(value, 0, value.length);
            from = place.start() + patterns.length(place.which());
            if (once) {
                done[place.which()] = true;
                left--;
            }
        }
        int to = left == 0 ? end : place.start();
        show(data, from, to - from);
        held.write(data, to, end - to);
    }

    private byte[] value(int which) {
        byte[] known = replacements[which];
        if (known == null) {
            Bytes value = exchange.worker().takeScratch();
            try {
                values.get(which).append(exchange, value);
                known = Arrays.copyOf(value.array(), value.length());
            } finally {
                exchange.worker().giveBackScratch(value);
            }
            replacements[which] = known;
        }
        return known;
    }

    private void show(byte[] data, int from, int length) {
        if (length == 0) {
            return;
        }
        ByteBuf to = out;
        if (to != null && to.readableBytes() + length > PIECE_BYTES) {
            out = null;
            exchange.responder().takeFrom(next, to, false);
            to = null;
        }
        if (to == null) {
            to = exchange.worker().allocator().directBuffer(Math.max(1024, length));
            out = to;
        }
        to.writeBytes(data, from, length);
    }

    @Override
    public void close() {
        ByteBuf rest = out;
        if (rest != null) {
            out = null;
            rest.release();
        }
    }
}
