package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.TempFolder;
import io.frontdesk.engine.worker.Worker;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What of a response waits for its client, in order: first in memory, then in a temporary file. Once the disk fails nothing more goes to the
 * file, and what comes waits in memory behind it. Owned by a relay; loop only.
 */
final class WaitingParts {
    private static final int FILE_BYTES = 32 * 1024;

    private final Worker worker;
    private final ArrayDeque<ByteBuf> memory = new ArrayDeque<>(0);
    /** What came when the disk had failed: behind what is in the file. */
    private final ArrayDeque<ByteBuf> behind = new ArrayDeque<>(0);
    private @Nullable TempFile file;
    private @Nullable TempFolder folder;
    private long position;
    private long fileLimit;
    private int bytes;
    private boolean lent;

    WaitingParts(Worker worker) {
        this.worker = worker;
    }

    /** For another response: the file takes so much of it, none where that is 0. */
    void begin(TempFolder temporary, long limit) {
        folder = temporary;
        fileLimit = limit;
    }

    boolean isEmpty() {
        return bytes == 0 && !isInFile();
    }

    /** How much waits in memory. */
    int memoryBytes() {
        return bytes;
    }

    /** Whether a file may be used at all. */
    boolean usesFile() {
        return fileLimit > 0;
    }

    /** Whether the file has room. */
    boolean fileHasRoom() {
        TempFile f = file;
        return fileLimit > 0 && (f == null || f.length() < fileLimit);
    }

    boolean isInFile() {
        TempFile f = file;
        return f != null && position < f.length();
    }

    /** Whether something that waits lies in a buffer that others want to read into: {@link #settle} ends that. */
    boolean isLent() {
        return lent;
    }

    /** Keeps a copy of a part in memory; it is lent for the call. */
    void copy(ByteBuf in, int offset, int length) {
        ByteBuf copy = worker.allocator().directBuffer(length);
        add(copy.writeBytes(in, offset, length));
    }

    /** Keeps a part where it lies, for a moment. */
    void lend(ByteBuf in, int offset, int length) {
        lent = true;
        add(in.retainedSlice(offset, length));
    }

    private void add(ByteBuf part) {
        (isInFile() || !behind.isEmpty() ? behind : memory).add(part);
        bytes += part.readableBytes();
    }

    /** Writes a part to the file, or what of it the disk doesn't take to memory. */
    void write(Exchange ex, ByteBuf in, int offset, int length) {
        ByteBuf part = in.slice(offset, length);
        if (fileLimit == 0 || !behind.isEmpty() || !append(ex, part)) {
            copy(part, part.readerIndex(), part.readableBytes());
        }
    }

    /** Moves what waits in memory to the file, so that a slow client costs none. */
    void spill(Exchange ex) {
        if (fileLimit > 0 && !isInFile() && behind.isEmpty()) {
            spillAll(ex);
        }
        settle();
    }

    private void spillAll(Exchange ex) {
        for (ByteBuf part = memory.peek(); part != null; part = memory.peek()) {
            int before = part.readableBytes();
            boolean written = append(ex, part);
            bytes -= before - part.readableBytes();
            if (!written) {
                if (isInFile()) {
                    behind.addAll(memory);
                    memory.clear();
                }
                return;
            }
            memory.remove().release();
        }
    }

    /** Gives buffers back that others want to read into. */
    void settle() {
        if (lent) {
            lent = false;
            copyLent(memory);
            copyLent(behind);
        }
    }

    private void copyLent(ArrayDeque<ByteBuf> parts) {
        for (int left = parts.size(); left > 0; left--) {
            ByteBuf part = parts.remove();
            if (part.unwrap() == null) {
                parts.add(part);
                continue;
            }
            int length = part.readableBytes();
            parts.add(worker.allocator().directBuffer(length).writeBytes(part, part.readerIndex(), length));
            part.release();
        }
    }

    /** False when the disk fails: then the part has what was not written, and the file takes no more. */
    private boolean append(Exchange ex, ByteBuf part) {
        try {
            TempFile to = file;
            if (to == null) {
                to = folder().create(false);
                file = to;
                position = 0;
                ex.log(FaultKind.BUFFERED_ON_DISK, Severity.WARN,
                        "an upstream response is buffered to a temporary file " + to.path() + Fault.READING);
            }
            to.append(part);
            return true;
        } catch (IOException e) {
            fileLimit = 0;
            if (folder().mayComplain(worker.clock().millis())) {
                ex.log(FaultKind.DISK_FAILED, Severity.CRIT, e.getMessage() + Fault.READING);
            }
            return false;
        }
    }

    private TempFolder folder() {
        TempFolder f = folder;
        if (f == null) {
            throw new IllegalStateException("nothing is passed on");
        }
        return f;
    }

    /**
     * Takes out the first part, of so many bytes at most; null when nothing waits. The caller owns it.
     *
     * @throws IOException when the file can't be read: what is in it is lost
     */
    @Nullable
    ByteBuf next(int most) throws IOException {
        if (!memory.isEmpty()) {
            return nextInMemory(memory, most);
        }
        TempFile from = file;
        if (from != null && position < from.length()) {
            return nextInFile(from, Math.min(most, FILE_BYTES));
        }
        return behind.isEmpty() ? null : nextInMemory(behind, most);
    }

    private ByteBuf nextInMemory(ArrayDeque<ByteBuf> parts, int most) {
        ByteBuf first = parts.element();
        if (first.readableBytes() > most) {
            first = first.readRetainedSlice(most);
        } else {
            parts.remove();
        }
        bytes -= first.readableBytes();
        lent &= bytes > 0;
        return first;
    }

    private ByteBuf nextInFile(TempFile from, int most) throws IOException {
        int size = (int) Math.min(most, from.length() - position);
        ByteBuf part = worker.allocator().directBuffer(size);
        try {
            from.read(position, part, size);
        } catch (IOException e) {
            part.release();
            throw e;
        }
        position += size;
        if (position == from.length()) {
            // nginx: once all is out the file begins anew
            from.truncate();
            position = 0;
        }
        return part;
    }

    /** Forgets all. */
    void clear() {
        release(memory);
        release(behind);
        bytes = 0;
        lent = false;
        TempFile f = file;
        if (f != null) {
            file = null;
            f.close();
        }
    }

    private static void release(ArrayDeque<ByteBuf> parts) {
        for (ByteBuf part = parts.poll(); part != null; part = parts.poll()) {
            part.release();
        }
    }
}
