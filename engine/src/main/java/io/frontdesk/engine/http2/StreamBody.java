package io.frontdesk.engine.http2;

import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http2.ErrorCode;
import io.frontdesk.codec.http2.FrameType;
import io.frontdesk.codec.http2.FrameWriter;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.client.BodyPace;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestBody;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a request's content on a stream. The window is what may lie here before somebody asks for it; it opens as content is
 * consumed, so that a slow consumer slows the client. Owned by its stream.
 */
final class StreamBody {
    private final Http2Stream stream;
    private final Http2Connection connection;
    private final Worker worker;
    private final Deadline deadline;
    private final BodyPace pace = new BodyPace();
    private @Nullable ByteBuf held;
    /** What the client may still send. */
    private long window;
    /** What the window is opened to; as it is at first until somebody asks for the content. */
    private long target;
    private long received;
    private boolean opened;
    private boolean inputEnded;
    private boolean delivering;
    private boolean skips;
    private int refusal;
    private @Nullable Fields trailers;

    StreamBody(Http2Stream stream, Http2Connection connection, Worker worker) {
        this.stream = stream;
        this.connection = connection;
        this.worker = worker;
        this.deadline = new Deadline(worker.wheel(), d -> connection.guarded(this::timedOut));
    }

    /** A stream begins. */
    void open(long initialWindow, boolean ended) {
        window = initialWindow;
        target = initialWindow;
        received = 0;
        pace.begin();
        opened = false;
        inputEnded = ended;
        delivering = false;
        skips = false;
        refusal = 0;
        trailers = null;
    }

    /** The request's head was read: content is expected, or not. */
    void begin(boolean expected) {
        exchange().body().begin(expected);
        skips = !expected;
    }

    boolean hasInputEnded() {
        return inputEnded;
    }

    /** Nothing more will come. */
    void inputEnds() {
        inputEnded = true;
    }

    /** The status that the content is refused by, or 0. */
    int refusal() {
        return refusal;
    }

    private Exchange exchange() {
        return stream.exchange();
    }

    /** Counts a frame against the window; false when it is too large. */
    boolean takes(int length) {
        if (length > window) {
            return false;
        }
        window -= length;
        return true;
    }

    /** Content came. */
    void receive(ByteBuf in, int length) {
        if (skips || refusal != 0 || stream.isOver()) {
            return;
        }
        received += length;
        long declared = stream.head().contentLength();
        if (declared >= 0 && received > declared) {
            // RFC 9113 §8.1.1: the sum must be what was declared
            refuse("client intended to send body data larger than declared");
            return;
        }
        RequestBody to = exchange().body();
        if (held == null && to.wantsMore()) {
            arm();
            pace.came(length);
            if (!to.isDiscarded() && pace.isTooSlow(exchange().location().core())) {
                tooSlow();
                return;
            }
            ByteBuf part = in.retainedSlice(in.readerIndex(), length);
            try {
                to.receive(part, false);
            } finally {
                part.release();
            }
            topUp();
            return;
        }
        ByteBuf keeps = held;
        if (keeps == null) {
            keeps = worker.allocator().buffer(length);
            held = keeps;
        }
        keeps.writeBytes(in, in.readerIndex(), length);
    }

    /** A frame is over; with the last one the content is. */
    void frameEnds(boolean last, @Nullable Fields behind) {
        if (last) {
            inputEnded = true;
            trailers = behind;
        }
        if (skips || refusal != 0 || stream.isOver()) {
            return;
        }
        long declared = stream.head().contentLength();
        if (last && declared >= 0 && received != declared) {
            refuse("client prematurely closed stream: only " + received + " out of " + declared
                    + " bytes of request body received");
            return;
        }
        RequestBody to = exchange().body();
        if (last && held == null && to.wantsMore()) {
            deliverEnd();
        } else if (to.wantsMore()) {
            to.passEnded();
        }
    }

    private void deliverEnd() {
        deadline.disarm();
        Fields behind = trailers;
        if (behind != null && behind.size() > 0) {
            exchange().body().trailers(behind);
        }
        exchange().body().receive(Unpooled.EMPTY_BUFFER, true);
    }

    private void refuse(String reason) {
        refusal = 400;
        stream.markMalformed();
        deadline.disarm();
        exchange().blame().log(FaultKind.BAD_REQUEST, reason);
        dropHeld();
        exchange().body().fail(400);
    }

    /** Somebody asks for the content, or has enough for now. */
    void demandChanged() {
        RequestBody to = exchange().body();
        if (!to.wantsMore()) {
            deadline.disarm();
            pace.rests();
            return;
        }
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            ByteBuf before = held;
            if (before != null) {
                held = null;
                try {
                    to.receive(before, false);
                } finally {
                    before.release();
                }
                to.passEnded();
            }
        } finally {
            delivering = false;
        }
        if (stream.isOver() || to.hasEnded() || !to.wantsMore()) {
            return;
        }
        if (inputEnded) {
            if (refusal == 0) {
                deliverEnd();
            }
            return;
        }
        if (!to.isDiscarded()) {
            openWindow(to);
            topUp();
        }
        arm();
    }

    /** nginx: without limit for content that is kept, as much as there is a buffer for where it is passed on. */
    private void openWindow(RequestBody to) {
        if (opened) {
            return;
        }
        opened = true;
        if (!to.isStreamed()) {
            target = FrameType.LARGEST_WINDOW;
            return;
        }
        long declared = stream.head().contentLength();
        long buffer = exchange().location().core().clientBodyBufferSize();
        target = Math.max(target, declared < 0 || declared > buffer ? buffer : declared + 1);
    }

    private void topUp() {
        if (inputEnded || !opened || stream.isOver() || exchange().body().isDiscarded()
                || !exchange().body().wantsMore()) {
            return;
        }
        long least = target == FrameType.LARGEST_WINDOW && window > FrameType.LARGEST_WINDOW / 4 ? 0 : target / 2;
        if (window < target && window <= least || window < target && window < 0) {
            FrameWriter.windowUpdate(connection.output().control(), stream.id(), (int) (target - window));
            window = target;
        }
    }

    private void arm() {
        CoreSettings core = exchange().location().core();
        pace.waits(worker.clock().millis());
        deadline.arm(core.clientBodyTimeoutMillis());
    }

    private void timedOut() {
        if (stream.isOver() || inputEnded || !exchange().body().wantsMore()) {
            return;
        }
        exchange().blame().log(FaultKind.CLIENT_TIMEOUT,
                "client timed out (110: Connection timed out) while reading client request body",
                exchange().location().core().bodyTimeoutLimit());
        exchange().body().fail(408);
    }

    private void tooSlow() {
        deadline.disarm();
        exchange().blame().log(FaultKind.CLIENT_TIMEOUT, "client sends its body too slowly");
        exchange().body().fail(408);
    }

    private void dropHeld() {
        ByteBuf before = held;
        held = null;
        if (before != null) {
            before.release();
        }
    }

    /** The exchange is over. */
    void release() {
        deadline.disarm();
        dropHeld();
    }

    /** The object is not used any more. */
    void close() {
        release();
        deadline.release();
    }

    /** Says that the client broke the window of the stream. */
    void logViolation(int length) {
        exchange().log(Severity.INFO, "client violated flow control for stream " + stream.id()
                + ": received DATA frame length " + length + ", available window " + window);
        stream.resetBy(ErrorCode.FLOW_CONTROL_ERROR);
    }
}
