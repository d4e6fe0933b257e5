package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads response heads off an upstream connection, any way the bytes are cut, and trusts none of them: an upstream
 * decides
 * neither the client's framing nor our memory. One a connection, on its loop; allocates nothing but for a refusal.
 */
public final class ResponseReader {
    private static final int STEP = 512;
    private static final String READING = " while reading response header from upstream";

    private final StatusLineScanner line = new StatusLineScanner();
    private final FieldScanner section = new FieldScanner(FieldScanner.Kind.RESPONSE);
    private ResponseLimits limits = ResponseLimits.DEFAULT;
    private boolean answersHead;
    private boolean started;
    private boolean inFields;
    private int interims;
    private int interimBytes;
    private @Nullable Refusal refusal;

    /**
     * Gets ready for the answer to a request.
     *
     * @param toHead
     *            whether the request's method was HEAD
     */
    public void start(ResponseLimits newLimits, boolean toHead) {
        limits = newLimits;
        answersHead = toHead;
        started = false;
        interims = 0;
        interimBytes = 0;
        refusal = null;
    }

    /** Whether a byte of the head that is being read has come. */
    public boolean hasStarted() {
        return started;
    }

    /** Why the last call gave {@link Result#REFUSED}. */
    public Refusal refusal() {
        Refusal why = refusal;
        if (why == null) {
            throw new IllegalStateException("nothing was refused");
        }
        return why;
    }

    /**
     * Reads on. The same head must be given until the result is other than {@link Result#NEED_MORE}; it is cleared when
     * the
     * first byte of a head comes. With {@link Result#HEAD} and {@link Result#INTERIM} the buffer's next byte is the
     * first
     * after the head.
     */
    public Result read(ByteBuf in, ResponseHead head) {
        if (refusal != null) {
            return Result.REFUSED;
        }
        Bytes bytes = head.bytes();
        if (!started) {
            if (!in.isReadable()) {
                return Result.NEED_MORE;
            }
            head.clear();
            line.start();
            started = true;
            inFields = false;
        }
        for (;;) {
            int count = Math.min(in.readableBytes(), Math.min(STEP, limits.bufferSize() - bytes.length()));
            if (count == 0) {
                return Result.NEED_MORE;
            }
            bytes.take(in, count);
            Result result = scan(head);
            if (result == Result.NEED_MORE && bytes.length() >= limits.bufferSize()) {
                result = refuse("upstream sent too big header");
            }
            if (result != Result.NEED_MORE) {
                int end = inFields ? section.pos : line.pos;
                in.readerIndex(in.readerIndex() - Math.min(count, bytes.length() - end));
                bytes.truncate(end);
                head.length = end;
                started = false;
                return result;
            }
        }
    }

    private Result scan(ResponseHead head) {
        byte[] array = head.bytes().array();
        int length = head.bytes().length();
        if (!inFields) {
            int code = line.scan(array, length, head);
            if (code == StatusLineScanner.MORE) {
                return Result.NEED_MORE;
            }
            if (code == StatusLineScanner.BAD) {
                // nginx passes such an answer on as HTTP/0.9; nothing that is not HTTP goes to our clients
                return refuse("upstream sent no valid HTTP/1.0 header");
            }
            section.start(line.pos, limits.maxFields(), false, true);
            inFields = true;
        }
        return switch (section.scan(array, length, head.fields())) {
            case FieldScanner.MORE -> Result.NEED_MORE;
            case FieldScanner.BAD_OCTET -> refuse("upstream sent invalid header: \""
                    + RequestReader.quoteBad(head.bytes(), section.lineStart, section.pos) + "...\"");
            case FieldScanner.TOO_MANY -> refuse("upstream sent too many header lines");
            default -> finish(head);
        };
    }

    private Result finish(ResponseHead head) {
        String wrong = ResponseFraming.decide(head, answersHead);
        if (wrong != null) {
            return refuse(wrong);
        }
        if (!head.isInterim()) {
            return Result.HEAD;
        }
        interims++;
        interimBytes += section.pos;
        if (interims > limits.maxInterim() || interimBytes > limits.maxInterimBytes()) {
            return refuse("upstream sent too many interim responses");
        }
        return Result.INTERIM;
    }

    private Result refuse(String what) {
        refusal = new Refusal(502, what + READING);
        return Result.REFUSED;
    }
}
