package io.frontdesk.modules.gzip;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.FileRegion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** One body on its way into a gzip stream (RFC 1952). Owned by an exchange; closed with it. */
final class Deflation implements AutoCloseable {
    /** How many bytes went in and came out; {@code $gzip_ratio} outlives the deflater. */
    static final class Ratio {
        long in;
        long out;
    }

    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
    private static final int STEP = 8192;
    private static final int PENDING_BYTES = 32 * 1024;

    private final ByteBufAllocator allocator;
    private final Deflater deflater;
    private final CRC32 crc = new CRC32();
    private final Ratio ratio = new Ratio();
    private @Nullable ByteBuf out;
    private boolean begun;
    /** Whether bytes went in that a reader of the output could not have yet. */
    private boolean holdsBack;

    Deflation(ByteBufAllocator allocator, int level) {
        this.allocator = allocator;
        this.deflater = new Deflater(level, true);
    }

    Ratio ratio() {
        return ratio;
    }

    void add(ByteBuf bytes) {
        for (ByteBuffer part : bytes.nioBuffers()) {
            add(part);
        }
    }

    void add(FileRegion region) {
        WritableByteChannel into = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                int n = source.remaining();
                add(source);
                source.position(source.limit());
                return n;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is held
            }
        };
        try {
            while (region.transferred() < region.count() && region.transferTo(into, region.transferred()) > 0) {
                continue;
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(ByteBuffer part) {
        ratio.in += part.remaining();
        holdsBack = true;
        crc.update(part.duplicate());
        deflater.setInput(part.duplicate());
        while (!deflater.needsInput()) {
            if (deflate(Deflater.NO_FLUSH) == 0) {
                break;
            }
        }
    }

    private int deflate(int flush) {
        ByteBuf to = room();
        ByteBuffer space = to.nioBuffer(to.writerIndex(), to.writableBytes());
        int n = deflater.deflate(space, flush);
        to.writerIndex(to.writerIndex() + n);
        return n;
    }

    private ByteBuf room() {
        ByteBuf to = out;
        if (to == null) {
            to = allocator.directBuffer(STEP);
            out = to;
        }
        if (!begun) {
            begun = true;
            to.writeBytes(HEADER);
        }
        to.ensureWritable(STEP / 2);
        return to;
    }

    /** All that went in so far, so that its reader can have it; null when he has it already. */
    @Nullable
    ByteBuf giveFlushed() {
        if (!holdsBack) {
            return null;
        }
        holdsBack = false;
        ByteBuf to;
        do {
            deflate(Deflater.SYNC_FLUSH);
            to = out;
        } while (to != null && !to.isWritable());
        out = null;
        if (to != null) {
            ratio.out += to.readableBytes();
        }
        return to;
    }

    /** What is ready to be sent; null when it is better to wait for more. */
    @Nullable
    ByteBuf giveOutput(boolean last) {
        if (last) {
            deflater.finish();
            while (!deflater.finished()) {
                deflate(Deflater.NO_FLUSH);
            }
            ByteBuf to = room();
            to.writeIntLE((int) crc.getValue());
            to.writeIntLE((int) ratio.in);
        }
        ByteBuf ready = out;
        if (ready == null || !last && ready.readableBytes() < PENDING_BYTES) {
            return null;
        }
        out = null;
        ratio.out += ready.readableBytes();
        return ready;
    }

    @Override
    public void close() {
        deflater.end();
        if (out != null) {
            out.release();
            out = null;
        }
    }
}
