package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;

/**
 * The head of an upstream's response: its bytes, offsets into them, and what they mean for framing and connection,
 * decided
 * once by {@link ResponseReader}. Reused; belongs to who passed it to the reader. One thread at a time.
 */
public final class ResponseHead {
    static final int NONE = -1;

    private final Bytes bytes = new Bytes(1024);
    private final Fields fields = new Fields(bytes);

    int status;
    HttpVersion version = HttpVersion.HTTP_1_1;
    int reasonStart;
    int reasonEnd;
    int length;
    long contentLength = NONE;
    Framing framing = Framing.NONE;
    boolean keepsAlive;

    /** Makes it as new; memory is kept up to what an ordinary head needs. */
    public void clear() {
        fields.clear();
        bytes.clear(16384);
        status = 0;
        version = HttpVersion.HTTP_1_1;
        reasonStart = 0;
        reasonEnd = 0;
        length = 0;
        contentLength = NONE;
        framing = Framing.NONE;
        keepsAlive = false;
    }

    /** Lets go of memory that the head does not need: for what will stay as it is for long. */
    public void trim() {
        bytes.trim();
        fields.trim();
    }

    /** The bytes of the head; the offsets below mean its array. */
    public Bytes bytes() {
        return bytes;
    }

    /** The header fields in order. */
    public Fields fields() {
        return fields;
    }

    /** The status code, 100 to 999. */
    public int status() {
        return status;
    }

    /** Whether this is not the final response (RFC 9110 §15.2). 101 is final: what follows it is no HTTP/1. */
    public boolean isInterim() {
        return status < 200 && status != 101;
    }

    /** The version. */
    public HttpVersion version() {
        return version;
    }

    /** Where the reason phrase begins. */
    public int reasonOffset() {
        return reasonStart;
    }

    /** How long the reason phrase is. */
    public int reasonLength() {
        return reasonEnd - reasonStart;
    }

    /** The reason phrase. */
    public String reason() {
        return bytes.string(reasonStart, reasonEnd - reasonStart);
    }

    /** What Content-Length says, -1 when there is none; with HEAD and 304 it tells about content that does not come. */
    public long contentLength() {
        return contentLength;
    }

    /** How the content ends. */
    public Framing framing() {
        return framing;
    }

    /** Whether content may follow the head. */
    public boolean hasContent() {
        return framing != Framing.NONE && (framing != Framing.LENGTH || contentLength > 0);
    }

    /** Whether the upstream lets the connection be used again once the content has ended exactly. */
    public boolean keepsAlive() {
        return keepsAlive;
    }

    /** How many bytes the head had on the wire. */
    public int length() {
        return length;
    }

    /** The first value of a known field as text, empty when there is none. */
    public String field(int id) {
        int i = fields.find(id);
        return i < 0 ? "" : fields.valueString(i);
    }
}
