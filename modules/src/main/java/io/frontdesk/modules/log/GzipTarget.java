package io.frontdesk.modules.log;

import io.frontdesk.engine.log.LogTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Compresses each buffer to a gzip member of its own, so that the file may be read while it is written. Log thread. */
final class GzipTarget implements LogTarget {
    private final LogTarget target;
    private final int level;

    GzipTarget(LogTarget target, int level) {
        this.target = target;
        this.level = level;
    }

    @Override
    public void write(byte[] lines, int offset, int length) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 4 + 64);
        try (OutputStream out = new Leveled(packed, level)) {
            out.write(lines, offset, length);
        }
        byte[] bytes = packed.toByteArray();
        target.write(bytes, 0, bytes.length);
    }

    private static final class Leveled extends GZIPOutputStream {
        Leveled(OutputStream out, int level) throws IOException {
            super(out);
            def.setLevel(level == 0 ? Deflater.BEST_SPEED : level);
        }
    }
}
