package io.frontdesk.codec.http2;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.Status;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.codec.http1.Result;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the response on a stream: head, content, trailers (RFC 9113 §8.1), and trusts none of them. Complaints are in nginx's words. One an
 * exchange, on its loop; allocates nothing but for a refusal.
 */
public final class StreamResponse {
    private static final int KEPT_BYTES = 16_384;

    private final HeaderBlock fieldsOfBlock = new HeaderBlock();
    private final Bytes bytes = new Bytes(1024);
    private final Fields fields = new Fields(bytes);
    private final Bytes trailerBytes = new Bytes(0);
    private final Fields trailers = new Fields(trailerBytes);
    private @Nullable ClientSession session;
    private ResponseLimits limits = ResponseLimits.DEFAULT;
    private boolean answersHead;
    private int status;
    private int interims;
    private int interimBytes;
    private long contentLength;
    private long left;
    private boolean over;
    private int dataOffset;
    private int dataLength;
    private @Nullable String complaint;

    /** Gets ready for the answer to a request on the session's stream. */
    public void start(ClientSession on, ResponseLimits by, boolean toHead) {
        session = on;
        limits = by;
        answersHead = toHead;
        interims = 0;
        interimBytes = 0;
        over = false;
        complaint = null;
        contentLength = -1;
        clearHead();
    }

    private void clearHead() {
        fields.clear();
        bytes.clear(KEPT_BYTES);
        trailers.clear();
        trailerBytes.clear(KEPT_BYTES);
        status = 0;
    }

    private ClientSession session() {
        ClientSession on = session;
        if (on == null) {
            throw new IllegalStateException("no stream");
        }
        return on;
    }

    // ---- the head

    /** Reads on to the end of a head. */
    public Result readHead(ByteBuf in) {
        ClientSession on = session();
        ClientSession.Event event = on.next(in);
        switch (event) {
            case MORE -> {
                return Result.NEED_MORE;
            }
            case BLOCK -> {
                clearHead();
                String wrong = head(on);
                if (wrong == null && status < 200) {
                    wrong = interim(on);
                    if (wrong == null) {
                        return Result.INTERIM;
                    }
                } else if (wrong == null) {
                    wrong = length(on);
                }
                if (wrong != null) {
                    complaint = wrong;
                    return Result.REFUSED;
                }
                on.headRead();
                over = on.isEnded();
                return Result.HEAD;
            }
            default -> {
                complaint = complaint(on, event);
                return Result.REFUSED;
            }
        }
    }

    private static String complaint(ClientSession on, ClientSession.Event event) {
        return event == ClientSession.Event.RESET
                ? "upstream rejected request with error " + on.error()
                : on.complaint();
    }

    private @Nullable String head(ClientSession on) {
        fieldsOfBlock.start(on.block().array(), 0, on.block().length(), limits.bufferSize());
        while (true) {
            switch (fieldsOfBlock.next(bytes)) {
                case END -> {
                    return status == 0 ? "upstream sent no :status header" : null;
                }
                case BAD -> {
                    return fieldsOfBlock.complaint();
                }
                case FIELD -> {
                    String wrong = headField();
                    if (wrong != null) {
                        return wrong;
                    }
                }
            }
        }
    }

    private @Nullable String headField() {
        if (bytes.get(fieldsOfBlock.nameOffset()) != ':') {
            return status == 0 ? "upstream sent no :status header" : field(fields, bytes);
        }
        if (fieldsOfBlock.nameLength() != 7
                || !Octets.equalsFolded(bytes.array(), fieldsOfBlock.nameOffset(), 7, ":status")
                || fields.size() > 0) {
            return "upstream sent invalid header \"" + shown(bytes) + '"';
        }
        if (status != 0) {
            return "upstream sent duplicate :status header";
        }
        int from = fieldsOfBlock.valueOffset();
        int code = 0;
        for (int i = 0; i < fieldsOfBlock.valueLength() && i < 4; i++) {
            int digit = bytes.get(from + i) - '0';
            code = digit < 0 || digit > 9 ? -1000 : code * 10 + digit;
        }
        String text = bytes.string(from, fieldsOfBlock.valueLength());
        if (fieldsOfBlock.valueLength() != 3 || code < 100) {
            return "upstream sent invalid :status \"" + text + '"';
        }
        if (code == 101) {
            // RFC 9113 §8.6: there is no going over to another protocol
            return "upstream sent unexpected :status \"101\"";
        }
        status = code;
        bytes.truncate(fieldsOfBlock.nameOffset());
        return null;
    }

    /** Adds the field at hand, or says what is wrong with it. */
    private @Nullable String field(Fields to, Bytes in) {
        byte[] array = in.array();
        int name = fieldsOfBlock.nameOffset();
        int nameEnd = name + fieldsOfBlock.nameLength();
        int value = fieldsOfBlock.valueOffset();
        int valueEnd = value + fieldsOfBlock.valueLength();
        if (!Octets.isToken(array, name, nameEnd) || hasUpper(array, name, nameEnd)
                || Octets.indexOfBreak(array, value, valueEnd) < valueEnd) {
            return "upstream sent invalid header: \"" + shown(in) + '"';
        }
        // RFC 9113 §8.2.1 has it malformed; nobody can disagree about what is meant
        while (value < valueEnd && isBlank(array[value])) {
            value++;
        }
        while (valueEnd > value && isBlank(array[valueEnd - 1])) {
            valueEnd--;
        }
        if (to.size() >= limits.maxFields()) {
            return "upstream sent too many header lines";
        }
        to.index(name, nameEnd - name, value, valueEnd - value);
        // RFC 9113 §8.2.2
        return switch (to.id(to.size() - 1)) {
            case FieldName.CONNECTION, FieldName.TRANSFER_ENCODING, FieldName.UPGRADE, FieldName.PROXY_CONNECTION,
                    FieldName.KEEP_ALIVE ->
                "upstream sent invalid header: \"" + shown(in) + '"';
            default -> null;
        };
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean hasUpper(byte[] array, int from, int to) {
        for (int i = from; i < to; i++) {
            if (array[i] >= 'A' && array[i] <= 'Z') {
                return true;
            }
        }
        return false;
    }

    private String shown(Bytes in) {
        return in.string(fieldsOfBlock.nameOffset(), fieldsOfBlock.nameLength()) + ": "
                + in.string(fieldsOfBlock.valueOffset(), fieldsOfBlock.valueLength());
    }

    private @Nullable String interim(ClientSession on) {
        if (on.isEnded()) {
            return "upstream prematurely closed stream";
        }
        interims++;
        interimBytes += bytes.length();
        return interims > limits.maxInterim() || interimBytes > limits.maxInterimBytes()
                ? "upstream sent too many interim responses"
                : null;
    }

    private @Nullable String length(ClientSession on) {
        int at = fields.find(FieldName.CONTENT_LENGTH);
        contentLength = -1;
        if (at >= 0) {
            if (fields.next(at) >= 0) {
                return "upstream sent duplicate header line: \"" + line(fields.next(at)) + "\", previous value: \""
                        + line(at) + '"';
            }
            contentLength = number(fields.bytes().array(), fields.valueOffset(at), fields.valueLength(at));
            if (contentLength < 0) {
                return "upstream sent invalid \"Content-Length\" header: \"" + line(at) + '"';
            }
        }
        left = answersHead || Status.isBodyless(status) ? 0 : contentLength;
        return on.isEnded() && left > 0 ? "upstream prematurely closed stream" : null;
    }

    private String line(int field) {
        return fields.nameString(field) + ": " + fields.valueString(field);
    }

    private static long number(byte[] array, int from, int length) {
        if (length == 0 || length > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < from + length; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    // ---- the content

    /**
     * Reads on in the content. What comes in one piece with its end is read to the end of that piece before the end is told, as nginx does:
     * a reset by an error that hangs on a whole answer says that it is none.
     */
    public ContentEvent readBody(ByteBuf in) {
        ClientSession on = session();
        while (true) {
            ClientSession.Event event = on.next(in);
            String wrong;
            switch (event) {
                case MORE -> {
                    return ContentEvent.NEED_MORE;
                }
                case DATA -> {
                    dataOffset = on.dataOffset();
                    dataLength = on.dataLength();
                    wrong = count(on);
                }
                case BLOCK -> {
                    dataLength = 0;
                    wrong = trailers(on);
                }
                default -> wrong = complaint(on, event);
            }
            if (wrong == null && on.isEnded()) {
                event = on.next(in);
                wrong = event == ClientSession.Event.MORE ? null : complaint(on, event);
                over = true;
            }
            if (wrong != null) {
                complaint = wrong;
                return ContentEvent.REFUSED;
            }
            if (dataLength > 0) {
                return ContentEvent.DATA;
            }
            if (over) {
                return ContentEvent.END;
            }
        }
    }

    private @Nullable String count(ClientSession on) {
        if (left >= 0) {
            if (on.dataLength() > left) {
                return "upstream sent response body larger than indicated content length";
            }
            left -= on.dataLength();
        }
        return on.isEnded() && left > 0 ? "upstream prematurely closed stream" : null;
    }

    private @Nullable String trailers(ClientSession on) {
        fieldsOfBlock.start(on.block().array(), 0, on.block().length(), limits.bufferSize());
        while (true) {
            HeaderBlock.Found found = fieldsOfBlock.next(trailerBytes);
            if (found == HeaderBlock.Found.BAD) {
                return fieldsOfBlock.complaint();
            }
            if (found == HeaderBlock.Found.END) {
                break;
            }
            if (trailerBytes.get(fieldsOfBlock.nameOffset()) == ':') {
                return "upstream sent invalid trailer \"" + shown(trailerBytes) + '"';
            }
            String wrong = field(trailers, trailerBytes);
            if (wrong != null) {
                return wrong;
            }
        }
        if (!on.isEnded()) {
            return "upstream sent trailer without end stream flag";
        }
        return left > 0 ? "upstream prematurely closed stream" : null;
    }

    // ---- what was read

    /** Why the last call refused, without what was being done. */
    public String complaint() {
        return String.valueOf(complaint);
    }

    /** The status. */
    public int status() {
        return status;
    }

    /** The fields of the head. */
    public Fields fields() {
        return fields;
    }

    /** What Content-Length says, -1 for nothing. */
    public long contentLength() {
        return contentLength;
    }

    /** Where in the buffer the content lies. */
    public int dataOffset() {
        return dataOffset;
    }

    /** How long it is. */
    public int dataLength() {
        return dataLength;
    }

    /** Whether the response has ended exactly. */
    public boolean isOver() {
        return over;
    }

    /** The trailer fields. */
    public Fields trailers() {
        return trailers;
    }

    /** Forgets the stream. */
    public void clear() {
        session = null;
    }
}
