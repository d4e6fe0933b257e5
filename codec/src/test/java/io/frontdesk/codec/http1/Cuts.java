package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Feeds bytes to a reader whole, cut in two at every place, and one by one, and demands the same
 * outcome each time; long texts are cut at some places only. */
final class Cuts {
    private static final int CUT_ALL_BELOW = 3000;

    private Cuts() {}

    static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String rest(ByteBuf in) {
        return in.toString(StandardCharsets.ISO_8859_1);
    }

    /** The one outcome; {@code feed} makes a new reader and gives it the pieces in turn. */
    static String outcome(String raw, Function<Pieces, String> feed) {
        byte[] all = bytes(raw);
        String whole = run(List.of(all), feed);
        int step = all.length < CUT_ALL_BELOW ? 1 : all.length / 13;
        for (int cut = 1; cut < all.length; cut += step) {
            List<byte[]> two = List.of(Arrays.copyOf(all, cut), Arrays.copyOfRange(all, cut, all.length));
            assertThat(run(two, feed)).as("cut at %d", cut).isEqualTo(whole);
        }
        int size = all.length < CUT_ALL_BELOW ? 1 : all.length / 101;
        List<byte[]> many = new ArrayList<>();
        for (int from = 0; from < all.length; from += size) {
            many.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + size)));
        }
        assertThat(run(many, feed)).as("by %d", size).isEqualTo(whole);
        return whole;
    }

    private static String run(List<byte[]> pieces, Function<Pieces, String> feed) {
        Pieces given = new Pieces(pieces);
        try {
            return feed.apply(given);
        } finally {
            given.close();
        }
    }

    /** The bytes in pieces: one buffer after the other, and all that was not taken. */
    static final class Pieces implements AutoCloseable {
        private final List<byte[]> pieces;
        private int next;
        private ByteBuf current = Unpooled.EMPTY_BUFFER;

        Pieces(List<byte[]> pieces) {
            this.pieces = pieces;
        }

        /** Whether there is another buffer; the one before must have been read to its end. */
        boolean more() {
            assertThat(current.readableBytes()).as("left in a buffer while asking for more").isZero();
            if (next == pieces.size()) {
                return false;
            }
            current.release();
            // whole ones direct, as off a socket; the others on the heap, which is quicker
            byte[] piece = pieces.get(next++);
            current = pieces.size() > 1
                    ? Unpooled.wrappedBuffer(piece)
                    : Unpooled.directBuffer(piece.length).writeBytes(piece);
            return true;
        }

        ByteBuf current() {
            return current;
        }

        String rest() {
            StringBuilder rest = new StringBuilder(Cuts.rest(current));
            for (int i = next; i < pieces.size(); i++) {
                rest.append(new String(pieces.get(i), StandardCharsets.ISO_8859_1));
            }
            return rest.toString();
        }

        @Override
        public void close() {
            current.release();
        }
    }
}
