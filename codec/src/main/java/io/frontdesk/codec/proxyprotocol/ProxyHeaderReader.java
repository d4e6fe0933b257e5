package io.frontdesk.codec.proxyprotocol;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a PROXY header of either version. Bounded: a line of version 1 has at most 107 bytes, a header of version 2 at most 4096. Reads from
 * the reader index on, and moves it behind the header when that is whole. Stateless.
 */
public final class ProxyHeaderReader {
    /** What came of it. */
    public sealed interface Result {
        /** The header goes on. */
        record NeedMore() implements Result {}

        /** It is whole; null when it tells nothing: the proxy's own connection, or an address of another kind. */
        record Read(@Nullable ProxyHeader header) implements Result {}

        /** It is none. */
        record Broken() implements Result {}
    }

    /** No header is larger. */
    public static final int MAX_BYTES = 4096;
    private static final int MAX_LINE = 107;
    private static final byte[] LINE = "PROXY ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int HEAD = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final Result NEED_MORE = new Result.NeedMore();
    private static final Result BROKEN = new Result.Broken();

    private ProxyHeaderReader() {}

    /** Reads. */
    public static Result read(ByteBuf in) {
        int available = in.readableBytes();
        if (available == 0) {
            return NEED_MORE;
        }
        byte[] start = in.getByte(in.readerIndex()) == LINE[0] ? LINE : SIGNATURE;
        for (int i = 0; i < Math.min(available, start.length); i++) {
            if (in.getByte(in.readerIndex() + i) != start[i]) {
                return BROKEN;
            }
        }
        if (available < start.length) {
            return NEED_MORE;
        }
        return start == LINE ? line(in) : binary(in);
    }

    private static Result line(ByteBuf in) {
        int from = in.readerIndex();
        int scanned = Math.min(in.readableBytes(), MAX_LINE);
        int newline = in.indexOf(from, from + scanned, (byte) '\n');
        if (newline < 0) {
            return in.readableBytes() >= MAX_LINE ? BROKEN : NEED_MORE;
        }
        if (in.getByte(newline - 1) != '\r') {
            return BROKEN;
        }
        String text = in.toString(from + LINE.length, newline - 1 - from - LINE.length, StandardCharsets.ISO_8859_1);
        if (text.startsWith("UNKNOWN")) {
            in.readerIndex(newline + 1);
            return new Result.Read(null);
        }
        String[] words = text.split(" ", -1);
        boolean six = words[0].equals("TCP6");
        if (words.length != 5 || !six && !words[0].equals("TCP4") || !isAddress(words[1], six)
                || !isAddress(words[2], six)) {
            return BROKEN;
        }
        int sourcePort = port(words[3]);
        int destinationPort = port(words[4]);
        if (sourcePort < 0 || destinationPort < 0) {
            return BROKEN;
        }
        in.readerIndex(newline + 1);
        return new Result.Read(new ProxyHeader(words[1], sourcePort, words[2], destinationPort, new byte[0]));
    }

    private static boolean isAddress(String text, boolean six) {
        return six ? NetUtil.isValidIpV6Address(text) && text.indexOf('%') < 0 : NetUtil.isValidIpV4Address(text);
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port > 65_535 ? -1 : port;
    }

    private static Result binary(ByteBuf in) {
        if (in.readableBytes() < HEAD) {
            return NEED_MORE;
        }
        int from = in.readerIndex();
        int command = in.getUnsignedByte(from + 12);
        int family = in.getUnsignedByte(from + 13) >> 4;
        int length = in.getUnsignedShort(from + 14);
        if (command != LOCAL && command != PROXY || HEAD + length > MAX_BYTES) {
            return BROKEN;
        }
        if (in.readableBytes() < HEAD + length) {
            return NEED_MORE;
        }
        int size = family == 1 ? 4 : family == 2 ? 16 : 0;
        if (command == LOCAL || size == 0) {
            in.skipBytes(HEAD + length);
            return new Result.Read(null);
        }
        if (length < 2 * size + 4) {
            return BROKEN;
        }
        in.skipBytes(HEAD);
        String source = address(in, size);
        String destination = address(in, size);
        int sourcePort = in.readUnsignedShort();
        int destinationPort = in.readUnsignedShort();
        byte[] extras = new byte[length - 2 * size - 4];
        in.readBytes(extras);
        return new Result.Read(new ProxyHeader(source, sourcePort, destination, destinationPort, extras));
    }

    private static String address(ByteBuf in, int size) {
        byte[] bytes = new byte[size];
        in.readBytes(bytes);
        return NetUtil.bytesToIpAddress(bytes);
    }
}
