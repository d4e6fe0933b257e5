package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.net.file.FileData;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.NativeFiles;
import io.frontdesk.net.file.OpenFlags;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A response's head as it stands in front of its body in a file of the cache. The form is our own: a mark, the length and the checksum of
 * what follows, times, lengths, then key, variant, reason and fields, each behind its length. Read by one loop, never changed but in its
 * times.
 */
final class CachedHead implements UpstreamHead {
    private static final int MARK = 0x46_44_43_32;
    private static final int PREFIX_BYTES = 12;
    private static final int FIRST_READ_BYTES = 4096;
    static final int MAX_BYTES = 256 * 1024;
    private static final CacheKey NO_VARIANT = new CacheKey(0, 0);

    /** What a file turned out to be. */
    enum Check {
        /** Head and body are all there. */
        WHOLE,
        /** Ours, but something is missing or wrong. */
        BROKEN,
        /** None of ours. */
        FOREIGN,
        /** It could not be read. */
        ABSENT
    }

    final Bytes key = new Bytes();
    String vary = "";
    CacheKey variant = NO_VARIANT;
    long bodyLength = -1;
    /** When it was kept, or when the upstream said last that it still holds. */
    long keptMillis;
    /** Until when it is fresh, in seconds of the wall clock. */
    long validUntil;
    /** For how long after that it may answer while it is renewed, or when that fails. */
    long staleUpdating;
    long staleError;
    int length;
    private int status;
    private @Nullable String reason;
    private long contentLength = -1;
    private final Fields fields = new Fields();

    static CachedHead of(UpstreamHead from) {
        CachedHead head = new CachedHead();
        head.status = from.status();
        head.reason = from.reason();
        head.contentLength = from.contentLength();
        Fields all = from.fields();
        for (int i = 0; i < all.size(); i++) {
            if (!all.isRemoved(i)) {
                head.fields.add(all, i);
            }
        }
        return head;
    }

    // ---- to a file

    void write(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(MARK).writeZero(8);
        out.writeLong(bodyLength).writeLong(keptMillis).writeLong(validUntil).writeLong(staleUpdating)
                .writeLong(staleError);
        out.writeInt(status).writeLong(contentLength);
        out.writeInt(key.length()).writeBytes(key.array(), 0, key.length());
        text(out, vary);
        out.writeLong(variant.high()).writeLong(variant.low());
        text(out, reason == null ? "" : reason);
        out.writeInt(fields.size());
        byte[] array = fields.bytes().array();
        for (int i = 0; i < fields.size(); i++) {
            out.writeInt(fields.nameLength(i)).writeBytes(array, fields.nameOffset(i), fields.nameLength(i));
            out.writeInt(fields.valueLength(i)).writeBytes(array, fields.valueOffset(i), fields.valueLength(i));
        }
        length = out.writerIndex() - start;
        out.setInt(start + 4, length);
        out.setInt(start + 8, checksum(out, start + PREFIX_BYTES, length - PREFIX_BYTES));
    }

    private static void text(ByteBuf out, String text) {
        Bytes bytes = Bytes.of(text);
        out.writeInt(bytes.length()).writeBytes(bytes.array(), 0, bytes.length());
    }

    private static int checksum(ByteBuf in, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(in.nioBuffer(offset, length));
        return (int) crc.getValue();
    }

    // ---- from a file

    /** Reads the head of a file, into a buffer of the caller's; null when it is none of ours, or not whole. */
    static @Nullable CachedHead read(int fd, ByteBuf in, FileStatus status) {
        if (NativeFiles.fstat(fd, status) < 0 || FileData.pread(fd, in, FIRST_READ_BYTES, 0) < 0) {
            return null;
        }
        int length = lengthOf(in);
        while (length > in.readableBytes()) {
            if (FileData.pread(fd, in, length - in.readableBytes(), in.readableBytes()) <= 0) {
                return null;
            }
        }
        CachedHead head = length < 0 ? null : parse(in, length);
        return head == null || head.bodyLength < 0 || head.length + head.bodyLength != status.size() ? null : head;
    }

    /** What a file is; fills its status. */
    static Check check(String path, FileStatus status) {
        int fd = NativeFiles.open(path, OpenFlags.READ);
        if (fd < 0) {
            return Check.ABSENT;
        }
        ByteBuf in = Unpooled.buffer(FIRST_READ_BYTES);
        try {
            if (read(fd, in, status) != null) {
                return Check.WHOLE;
            }
            return in.writerIndex() >= 4 && in.getInt(0) != MARK ? Check.FOREIGN : Check.BROKEN;
        } finally {
            in.release();
            NativeFiles.close(fd);
        }
    }

    /** The head of a file that is whole, or null. */
    static @Nullable CachedHead readFrom(String path) {
        int fd = NativeFiles.open(path, OpenFlags.READ);
        if (fd < 0) {
            return null;
        }
        ByteBuf in = Unpooled.buffer(FIRST_READ_BYTES);
        try {
            return read(fd, in, new FileStatus());
        } finally {
            in.release();
            NativeFiles.close(fd);
        }
    }

    private static int lengthOf(ByteBuf in) {
        if (in.readableBytes() < PREFIX_BYTES || in.getInt(in.readerIndex()) != MARK) {
            return -1;
        }
        int length = in.getInt(in.readerIndex() + 4);
        return length < PREFIX_BYTES || length > MAX_BYTES ? -1 : length;
    }

    private static @Nullable CachedHead parse(ByteBuf in, int length) {
        int start = in.readerIndex();
        if (checksum(in, start + PREFIX_BYTES, length - PREFIX_BYTES) != in.getInt(start + 8)) {
            return null;
        }
        in.skipBytes(PREFIX_BYTES);
        CachedHead head = new CachedHead();
        head.length = length;
        head.bodyLength = in.readLong();
        head.keptMillis = in.readLong();
        head.validUntil = in.readLong();
        head.staleUpdating = in.readLong();
        head.staleError = in.readLong();
        head.status = in.readInt();
        head.contentLength = in.readLong();
        byte[] key = bytes(in);
        head.key.write(key, 0, key.length);
        head.vary = text(in);
        head.variant = new CacheKey(in.readLong(), in.readLong());
        String reason = text(in);
        head.reason = reason.isEmpty() ? null : reason;
        for (int left = in.readInt(); left > 0; left--) {
            byte[] name = bytes(in);
            byte[] value = bytes(in);
            head.fields.add(name, 0, name.length, value, 0, value.length);
        }
        return head;
    }

    private static String text(ByteBuf in) {
        return new String(bytes(in), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(ByteBuf in) {
        byte[] bytes = new byte[in.readInt()];
        in.readBytes(bytes);
        return bytes;
    }

    // ---- what it says

    @Override
    public int status() {
        return status;
    }

    @Override
    public Fields fields() {
        return fields;
    }

    @Override
    public @Nullable String reason() {
        return reason;
    }

    /** The length is known even where the upstream did not say it; that of an answer to HEAD is what it said. */
    @Override
    public long contentLength() {
        return bodyLength > 0 || bodyLength == 0 && contentLength <= 0 ? bodyLength : contentLength;
    }
}
