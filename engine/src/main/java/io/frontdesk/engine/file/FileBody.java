package io.frontdesk.engine.file;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.ContentState;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.response.Ranges;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.FileData;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.OpenFile;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import org.jspecify.annotations.Nullable;

/**
 * An open file on its way to the client as the body of a response, or as the ranges of it that were asked for. A small
 * one is read behind the head, so that both go out in one send; of a large one the system sends ranges by itself where
 * {@code sendfile} is on and nothing wants to see the bytes, otherwise it is read chunk by chunk as the client takes it.
 * Owned by its exchange; loop only.
 */
public final class FileBody implements ContentState {
    /** Up to this size one read costs less than a second system call to send. */
    private static final int SMALL_BYTES = 16 * 1024;
    /** nginx holds as much in its default output_buffers. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Exchange exchange;
    private final OpenFile file;
    private final @Nullable Ranges ranges;
    /** Where in the file the body begins: behind a cached head, say. */
    private final long base;
    private int part = -1;
    private long position;
    private long end;

    private FileBody(Exchange exchange, OpenFile file, long base, long size, @Nullable Ranges ranges) {
        this.exchange = exchange;
        this.base = base;
        this.file = file;
        this.ranges = ranges;
        if (ranges == null || ranges.count() == 1) {
            position = base + (ranges == null ? 0 : ranges.start(0));
            end = base + (ranges == null ? size : ranges.end(0));
        }
    }

    /** Says in the response what a file's status says: 200, length, Last-Modified, and ETag where the location has them. */
    public static void describe(Exchange ex, FileStatus status) {
        Response response = ex.response();
        response.status(200);
        response.markSeekable();
        response.contentLength(status.size());
        response.lastModifiedSeconds(status.modifiedSeconds());
        if (ex.location().core().makesEtags()) {
            Bytes etag = ex.worker().takeScratch();
            etag.write('"');
            etag.writeHexLower(status.modifiedSeconds());
            etag.write('-');
            etag.writeHexLower(status.size());
            etag.write('"');
            response.fields().removeAll(FieldName.ETAG);
            response.fields().add(FieldName.ETAG, etag.array(), 0, etag.length());
            ex.worker().giveBackScratch(etag);
        }
    }

    /** Sends the head as it stands in the response, and the file behind it. Takes over the file of the look-up. */
    public static Outcome send(Exchange ex, FileLookup found) {
        ex.responder().sendHead();
        long size = found.status().size();
        if (ex.response().headOnly() || size == 0) {
            found.close();
            ex.responder().takeBody(null, true);
            return Outcome.ANSWERED;
        }
        @Nullable
        Ranges ranges = ex.response().takeRanges();
        if (ranges == null || ranges.count() == 1) {
            long position = ranges == null ? 0 : ranges.start(0);
            long count = ranges == null ? size : ranges.total();
            if (count <= SMALL_BYTES) {
                ByteBuf room = ex.responder().bodyRoom((int) count);
                ByteBuf data = readSmall(ex, room, found.fd(), position, (int) count);
                found.close();
                endSmall(ex, room, data, (int) count);
                return Outcome.ANSWERED;
            }
        }
        FileBody body = new FileBody(ex, found.takeFile(), 0, size, ranges);
        ex.content(body);
        body.pump();
        return Outcome.ANSWERED;
    }

    /** The same for a part of a file, to its end; takes over the file. */
    public static void send(Exchange ex, OpenFile file, long base, long size) {
        ex.responder().sendHead();
        if (ex.response().headOnly() || size == 0) {
            file.release();
            ex.responder().takeBody(null, true);
            return;
        }
        @Nullable
        Ranges ranges = ex.response().takeRanges();
        long count = ranges == null ? size : ranges.total();
        if ((ranges == null || ranges.count() == 1) && count <= SMALL_BYTES) {
            ByteBuf room = ex.responder().bodyRoom((int) count);
            ByteBuf data = readSmall(ex, room, file.fd(), base + (ranges == null ? 0 : ranges.start(0)), (int) count);
            file.release();
            endSmall(ex, room, data, (int) count);
            return;
        }
        FileBody body = new FileBody(ex, file, base, size, ranges);
        ex.content(body);
        body.pump();
    }

    /** Reads all of it, into the buffer of the head where there is room; gives the buffer, or null when that failed, which was said. */
    private static @Nullable ByteBuf readSmall(Exchange ex, @Nullable ByteBuf room, int fd, long position, int count) {
        ByteBuf data = room != null ? room : ex.worker().allocator().directBuffer(count);
        int start = data.writerIndex();
        int result = fill(fd, data, count, position);
        if (result == count) {
            return data;
        }
        data.writerIndex(start);
        if (room == null) {
            data.release();
        }
        logBroken(ex, result, count);
        return null;
    }

    private static void endSmall(Exchange ex, @Nullable ByteBuf room, @Nullable ByteBuf data, int count) {
        if (data == null) {
            ex.responder().abort();
        } else if (room != null) {
            ex.responder().wroteBody(count);
        } else {
            ex.responder().takeBody(data, true);
        }
    }

    private static int fill(int fd, ByteBuf data, int count, long position) {
        int done = 0;
        while (done < count) {
            int n = FileData.pread(fd, data, count - done, position + done);
            if (n <= 0) {
                return n < 0 ? n : done;
            }
            done += n;
        }
        return done;
    }

    private static void broken(Exchange ex, int result, long wanted) {
        logBroken(ex, result, wanted);
        ex.responder().abort();
    }

    private static void logBroken(Exchange ex, int result, long wanted) {
        if (result < 0) {
            ex.blame().log(FaultKind.FILE_FAILED, "pread() \"" + ex.location().core().mapPath(ex, "") + "\" failed "
                    + Errno.describe(result));
        } else {
            ex.blame().log(FaultKind.FILE_FAILED, Severity.ALERT,
                    "pread() read only " + result + " of " + wanted + " from \""
                            + ex.location().core().mapPath(ex, "") + "\"",
                    null);
        }
    }

    @Override
    public void clientWritable() {
        pump();
    }

    /** Hands on as much as the client takes. */
    private void pump() {
        while (exchange.responder().isWritable()) {
            if (position == end && !nextPart()) {
                return;
            }
            boolean last = isLastPart();
            FileRegion region = exchange.response().bodyInMemory() || !exchange.location().core().usesSendfile()
                    ? null
                    : exchange.stream().region(exchange, file, position, end - position);
            if (region != null) {
                position = end;
                exchange.responder().takeBody(region, last);
            } else {
                int count = (int) Math.min(end - position, CHUNK_BYTES);
                ByteBuf data = exchange.worker().allocator().directBuffer(count);
                int result = fill(file.fd(), data, count, position);
                if (result < count) {
                    data.release();
                    broken(exchange, result, count);
                    return;
                }
                position += count;
                last &= position == end;
                exchange.responder().takeBody(data, last);
            }
            if (last) {
                return;
            }
        }
        exchange.stream().flush();
    }

    private boolean isLastPart() {
        return ranges == null || ranges.count() == 1;
    }

    /** Begins the next part of several; false when the last boundary was sent. */
    private boolean nextPart() {
        Ranges several = ranges;
        if (several == null || several.count() == 1) {
            return false;
        }
        part++;
        Bytes text = exchange.worker().takeScratch();
        boolean done = part == several.count();
        try {
            if (done) {
                several.appendLastBoundary(text);
            } else {
                several.appendPartHead(part, text);
                position = base + several.start(part);
                end = base + several.end(part);
            }
            ByteBuf data = exchange.worker().allocator().directBuffer(text.length());
            text.copyTo(data);
            exchange.responder().takeBody(data, done);
        } finally {
            exchange.worker().giveBackScratch(text);
        }
        return !done;
    }

    @Override
    public void release() {
        file.release();
    }
}
