package io.frontdesk.modules.charset;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/**
 * Recodes the text of one response. A character of UTF-8 may be cut by the borders of parts, so the beginning of one is
 * kept. Owned by its exchange.
 */
final class Recoder {
    private static final int MAX_SEQUENCE = 4;

    private final CharsetMap map;
    private final boolean forward;
    private final ByteBufAllocator allocator;
    private final byte[] kept = new byte[MAX_SEQUENCE];
    private int keptLength;

    /** {@code forward}: from the map's first charset to its second. */
    Recoder(CharsetMap map, boolean forward, ByteBufAllocator allocator) {
        this.map = map;
        this.forward = forward;
        this.allocator = allocator;
    }

    /** Whether the length of a text may change. */
    boolean changesLength() {
        return map.isUtf8();
    }

    /** The recoded text of a part, which it takes. */
    ByteBuf recode(ByteBuf part, boolean last) {
        ByteBuf out = allocator.directBuffer(part.readableBytes() + MAX_SEQUENCE);
        try {
            if (!map.isUtf8() || forward) {
                byBytes(part, out);
            } else {
                fromUtf8(part, out, last);
            }
        } finally {
            part.release();
        }
        return out;
    }

    private void byBytes(ByteBuf part, ByteBuf out) {
        int end = part.writerIndex();
        for (int i = part.readerIndex(); i < end; i++) {
            int octet = part.getUnsignedByte(i);
            if (forward) {
                out.writeBytes(map.forward(octet));
            } else {
                out.writeByte(map.backward(octet));
            }
        }
    }

    private void fromUtf8(ByteBuf part, ByteBuf out, boolean last) {
        int end = part.writerIndex();
        for (int i = part.readerIndex(); i < end; i++) {
            byte octet = part.getByte(i);
            if (keptLength == 0 && octet >= 0) {
                out.writeByte(octet);
                continue;
            }
            if (keptLength > 0 && (octet & 0xc0) != 0x80) {
                // the sequence before ended short
                broken(out);
                i--;
                continue;
            }
            kept[keptLength++] = octet;
            int wanted = sequence(kept[0]);
            if (wanted == 0) {
                broken(out);
            } else if (keptLength == wanted) {
                character(out);
            }
        }
        if (last && keptLength > 0) {
            broken(out);
        }
    }

    private void broken(ByteBuf out) {
        keptLength = 0;
        out.writeByte('?');
    }

    /** How long a sequence is by its first byte; 0 for a byte that begins none. */
    private static int sequence(byte first) {
        int octet = first & 0xff;
        return octet < 0xc2 ? 0 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : octet < 0xf5 ? 4 : 0;
    }

    private void character(ByteBuf out) {
        int length = keptLength;
        int value = switch (length) {
            case 2 -> (kept[0] & 0x1f) << 6 | kept[1] & 0x3f;
            case 3 -> (kept[0] & 0x0f) << 12 | (kept[1] & 0x3f) << 6 | kept[2] & 0x3f;
            default -> (kept[0] & 0x07) << 18 | (kept[1] & 0x3f) << 12 | (kept[2] & 0x3f) << 6 | kept[3] & 0x3f;
        };
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000;
        if (value < least || value > 0x10ffff) {
            broken(out);
            return;
        }
        keptLength = 0;
        int octet = map.backward(value);
        if (octet != 0) {
            out.writeByte(octet);
        } else {
            // nginx: what the charset lacks becomes an entity of HTML
            out.writeCharSequence("&#" + value + ";", StandardCharsets.US_ASCII);
        }
    }
}
