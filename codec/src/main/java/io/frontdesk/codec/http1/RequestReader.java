package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.uri.HostName;
import io.frontdesk.codec.uri.UriNormalizer;
import io.netty.buffer.ByteBuf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads request heads off a client connection, any way the bytes are cut: what is there is copied once into the head
 * and
 * scanned once, so the caller may release its buffer after each call. One a connection, on its loop; allocates nothing
 * but for a refusal. Rules: RFC 9112, and where that leaves a choice {@code docs/reference/differences.md}.
 */
public final class RequestReader {
    private static final int STEP = 1024;
    private static final String READING_LINE = " while reading client request line";
    private static final String READING_HEADERS = " while reading client request headers";
    private static final int MAX_QUOTED = 1024;

    private enum Stage {
        IDLE, LINE, FIELDS, REFUSED
    }

    private final RequestLineScanner line = new RequestLineScanner();
    private final FieldScanner section = new FieldScanner(FieldScanner.Kind.REQUEST);
    private RequestLimits limits;
    private Stage stage = Stage.IDLE;
    private int bufferEnd;
    private int largeBuffers;
    private @Nullable Refusal refusal;

    /** A reader that keeps these limits. */
    public RequestReader(RequestLimits limits) {
        this.limits = limits;
    }

    /** Other limits, from the next request on. */
    public void limits(RequestLimits newLimits) {
        limits = newLimits;
    }

    /** Whether no byte of a request has come since the last one. */
    public boolean isIdle() {
        return stage == Stage.IDLE;
    }

    /** Makes it as new, for another connection. */
    public void reset() {
        stage = Stage.IDLE;
        refusal = null;
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
     * first byte of a request comes. With {@link Result#HEAD} the buffer's next byte is the first after the head.
     */
    public Result read(ByteBuf in, RequestHead head) {
        Bytes bytes = head.bytes();
        if (stage == Stage.IDLE) {
            if (!in.isReadable()) {
                return Result.NEED_MORE;
            }
            start(head);
        }
        while (stage != Stage.REFUSED) {
            int count = Math.min(in.readableBytes(), STEP);
            if (count == 0) {
                return Result.NEED_MORE;
            }
            bytes.take(in, count);
            Result result = scan(head);
            if (result != Result.NEED_MORE) {
                // give back what is not of this head; a refused octet may have come with an earlier buffer
                int end = stage == Stage.LINE ? line.pos : section.pos;
                in.readerIndex(in.readerIndex() - Math.min(count, bytes.length() - end));
                bytes.truncate(end);
                head.length = end - head.lineStart;
                stage = result == Result.REFUSED ? Stage.REFUSED : Stage.IDLE;
                return result;
            }
        }
        return Result.REFUSED;
    }

    private void start(RequestHead head) {
        head.clear();
        line.start();
        stage = Stage.LINE;
        bufferEnd = limits.headerBufferSize();
        largeBuffers = 0;
        refusal = null;
    }

    private Result scan(RequestHead head) {
        byte[] array = head.bytes().array();
        int length = head.bytes().length();
        for (;;) {
            int to = Math.min(length, bufferEnd);
            if (stage == Stage.LINE) {
                int code = line.scan(array, to, head, limits.allowsHttp09());
                if (code == RequestLineScanner.MORE) {
                    if (line.pos == bufferEnd && !takeLargeBuffer(head.lineStart, bufferEnd)) {
                        return refuseLine(head, 414, "client sent too long URI");
                    }
                    if (line.pos == length) {
                        return Result.NEED_MORE;
                    }
                    continue;
                }
                Result result = finishLine(code, array, head);
                if (result != Result.NEED_MORE) {
                    return result;
                }
            } else {
                int code = section.scan(array, to, head.fields());
                if (code != FieldScanner.MORE) {
                    return finishFields(code, head);
                }
                if (section.pos == bufferEnd && !takeLargeBuffer(section.lineStart, bufferEnd)) {
                    return refuseHeaders(494, "client sent too long header line: \""
                            + quote(head.bytes(), section.lineStart, section.pos) + "...\"");
                }
                if (section.pos == length) {
                    return Result.NEED_MORE;
                }
            }
        }
    }

    // nginx: a line that does not fit into what is left of a buffer moves to a large one; a number of those is allowed
    private boolean takeLargeBuffer(int lineStart, int pos) {
        if (pos - lineStart >= limits.largeBufferSize() || largeBuffers == limits.largeBufferCount()) {
            return false;
        }
        largeBuffers++;
        bufferEnd = lineStart + limits.largeBufferSize();
        return true;
    }

    private Result finishLine(int code, byte[] array, RequestHead head) {
        if (code != RequestLineScanner.DONE) {
            return switch (code) {
                case RequestLineScanner.BAD_METHOD -> refuseLine(head, 400, "client sent invalid method");
                case RequestLineScanner.BAD_VERSION -> refuseLine(head, 505, "client sent invalid version");
                default -> refuseLine(head, 400, "client sent invalid request");
            };
        }
        if (head.isAbsolute()) {
            head.port = HostName.parse(array, head.authorityStart, head.authorityEnd - head.authorityStart,
                    head.host());
            if (head.port == HostName.INVALID) {
                head.port = 0;
                return refuseLine(head, 400, "client sent invalid host in request line");
            }
        }
        if (head.pathComplex && !normalizePath(array, head, limits)) {
            return refuseLine(head, 400, "client sent invalid request");
        }
        if (head.version == HttpVersion.HTTP_0_9) {
            return Result.HEAD;
        }
        section.start(line.pos, limits.maxFields(), limits.ignoresInvalidFields(), limits.allowsUnderscores());
        stage = Stage.FIELDS;
        return Result.NEED_MORE;
    }

    static boolean normalizePath(byte[] array, RequestHead head, RequestLimits limits) {
        head.pathNormalized = true;
        if (head.hasEmptyPath()) {
            head.normalPath().write('/');
            return true;
        }
        return UriNormalizer.normalize(array, head.pathStart, head.pathEnd - head.pathStart, limits.mergesSlashes(),
                head.normalPath());
    }

    private Result finishFields(int code, RequestHead head) {
        if (code != FieldScanner.DONE) {
            return switch (code) {
                case FieldScanner.TOO_MANY -> refuseHeaders(494, "client sent too many header lines");
                case FieldScanner.DUPLICATE -> refuseHeaders(400, duplicate(head.fields()));
                default -> refuseHeaders(400, "client sent invalid header line: \""
                        + quoteBad(head.bytes(), section.lineStart, section.pos) + "...\"");
            };
        }
        boolean sawBareLf = line.endsWithBareLf() || section.sawBareLf();
        boolean sawCrlf = !line.endsWithBareLf() || section.sawCrlf();
        Refusal why = RequestFraming.decide(head, limits, sawBareLf && sawCrlf);
        refusal = why;
        return why == null ? Result.HEAD : Result.REFUSED;
    }

    private Result refuseLine(RequestHead head, int status, String what) {
        refusal = new Refusal(status, what + READING_LINE);
        Bytes bytes = head.bytes();
        int end = head.lineStart;
        while (end < bytes.length() && bytes.get(end) != '\r' && bytes.get(end) != '\n') {
            end++;
        }
        head.lineEnd = end;
        line.pos = Math.max(line.pos, end);
        return Result.REFUSED;
    }

    private Result refuseHeaders(int status, String what) {
        refusal = new Refusal(status, what + READING_HEADERS);
        return Result.REFUSED;
    }

    private static String duplicate(Fields fields) {
        int again = fields.size() - 1;
        int first = fields.find(fields.id(again));
        boolean host = fields.nameLength(again) == 4;
        return "client sent duplicate " + (host ? "host header" : "header line") + ": \"" + pair(fields, again)
                + "\", previous value: \"" + pair(fields, first) + '"';
    }

    static String pair(Fields fields, int index) {
        return fields.nameString(index) + ": " + fields.valueString(index);
    }

    static String quote(Bytes bytes, int from, int to) {
        return bytes.string(from, Math.min(to - from, MAX_QUOTED));
    }

    /** The text up to a bad octet, and that as nginx shows it. */
    static String quoteBad(Bytes bytes, int from, int bad) {
        Bytes text = new Bytes(32);
        text.write("\\x");
        text.writeHexPair(bytes.get(bad));
        return quote(bytes, from, bad) + text.toString().toLowerCase(Locale.ROOT);
    }
}
