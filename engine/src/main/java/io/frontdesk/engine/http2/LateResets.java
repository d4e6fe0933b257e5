package io.frontdesk.engine.http2;

import io.frontdesk.codec.http2.ErrorCode;
import io.frontdesk.codec.http2.FrameWriter;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;

/**
 * Tells clients to stop sending what nobody waits for (RFC 9113 §8.1: RST_STREAM with NO_ERROR after a complete answer), a moment after the
 * answer: a client that meets both in one read while it is sending, as curl 7.88 does, takes the one for the loss of the other. Most
 * clients stop by themselves, and hear nothing then. Owned by its connection; loop only.
 */
final class LateResets {
    private static final long MOMENT_NANOS = 100_000_000;
    private static final int MOST = 32;

    private final Http2Output output;
    private final Worker worker;
    private final Deadline deadline;
    /** The streams, the one that ended first at the front; and when they are to be reset. */
    private final int[] streams = new int[MOST];
    private final long[] dues = new long[MOST];
    private int count;

    LateResets(Http2Output output, Worker worker) {
        this.output = output;
        this.worker = worker;
        this.deadline = new Deadline(worker.wheel(), _ -> sendDue());
    }

    /** The answer on that stream is complete, and the client may go on sending. */
    void add(int stream) {
        if (count == MOST) {
            sendFirst(1);
        }
        streams[count] = stream;
        dues[count++] = worker.clock().nanos() + MOMENT_NANOS;
        if (!deadline.armed()) {
            deadline.armAt(dues[0]);
        }
    }

    /** The client has ended that stream by itself. */
    void drop(int stream) {
        for (int i = 0; i < count; i++) {
            if (streams[i] == stream) {
                remove(i, 1);
                return;
            }
        }
    }

    /** The connection ends: no time is left. */
    void sendAll() {
        sendFirst(count);
        deadline.disarm();
    }

    private void sendDue() {
        long now = worker.clock().nanos();
        int due = 0;
        while (due < count && dues[due] - now <= 0) {
            due++;
        }
        sendFirst(due);
        output.flush();
        if (count > 0) {
            deadline.armAt(dues[0]);
        }
    }

    private void sendFirst(int number) {
        for (int i = 0; i < number; i++) {
            FrameWriter.reset(output.control(), streams[i], ErrorCode.NO_ERROR);
        }
        remove(0, number);
    }

    private void remove(int from, int number) {
        System.arraycopy(streams, from + number, streams, from, count - from - number);
        System.arraycopy(dues, from + number, dues, from, count - from - number);
        count -= number;
    }

    /** The socket is gone. */
    void close() {
        count = 0;
        deadline.release();
    }
}
