package io.frontdesk.net.tls;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the records of a handshake's first message as they come, without consuming them: they will be read again by the library. Bounded:
 * a message is at most 64 KiB, and so is what carries it. Owned by one connection; loop only.
 */
final class HelloReader {
    /** What has come of it. */
    enum Result {
        /** The message goes on. */
        NEED_MORE,
        /** It is whole. */
        WHOLE,
        /** It is none, or too large. */
        INVALID
    }

    static final int MAX_BYTES = 64 * 1024;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;
    private static final int RECORD_HEAD = 5;
    private static final int MESSAGE_HEAD = 4;
    private static final int MAX_RECORD = 16 * 1024;

    private byte[] message = new byte[1024];
    private int length;
    /** Where the next record begins, from the first byte of the connection. */
    private int scanned;

    /** Looks at all that came so far, from {@code in}'s reader index. */
    Result read(ByteBuf in) {
        int start = in.readerIndex();
        while (true) {
            int left = in.writerIndex() - start - scanned;
            if (left < RECORD_HEAD) {
                return left + scanned > MAX_BYTES ? Result.INVALID : Result.NEED_MORE;
            }
            int at = start + scanned;
            int size = in.getUnsignedShort(at + 3);
            if (in.getUnsignedByte(at) != HANDSHAKE || in.getUnsignedByte(at + 1) != 3 || size == 0
                    || size > MAX_RECORD) {
                return Result.INVALID;
            }
            if (left < RECORD_HEAD + size) {
                return left + scanned > MAX_BYTES ? Result.INVALID : Result.NEED_MORE;
            }
            append(in, at + RECORD_HEAD, size);
            scanned += RECORD_HEAD + size;
            if (message[0] != CLIENT_HELLO || scanned > MAX_BYTES) {
                return Result.INVALID;
            }
            if (length >= MESSAGE_HEAD) {
                int wanted = (message[1] & 255) << 16 | (message[2] & 255) << 8 | message[3] & 255;
                if (wanted > MAX_BYTES) {
                    return Result.INVALID;
                }
                if (length >= MESSAGE_HEAD + wanted) {
                    length = MESSAGE_HEAD + wanted;
                    return Result.WHOLE;
                }
            }
        }
    }

    private void append(ByteBuf in, int from, int size) {
        if (length + size > message.length) {
            message = Arrays.copyOf(message, Math.max(length + size, message.length * 2));
        }
        in.getBytes(from, message, length, size);
        length += size;
    }

    /** The message; null when what it says is malformed, which the library then says in its own words. */
    @Nullable
    ClientHello hello() {
        return ClientHello.parse(message, MESSAGE_HEAD, length - MESSAGE_HEAD);
    }
}
