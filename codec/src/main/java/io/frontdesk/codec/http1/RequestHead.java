package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;

/**
 * The head of a request: its bytes, offsets into them, and what they mean for framing, routing and connection, decided
 * once
 * by {@link RequestReader}. Reused from request to request; belongs to who passed it to the reader. One thread at a
 * time.
 */
public final class RequestHead {
    static final int NONE = -1;

    private final Bytes bytes = new Bytes(1024);
    private final Fields fields = new Fields(bytes);
    private final Bytes host = new Bytes(64);
    private final Bytes normalPath = new Bytes();

    int lineStart;
    int lineEnd;
    int length;
    Method method = Method.OTHER;
    int methodLength;
    int targetStart;
    int targetEnd;
    int authorityStart;
    int authorityEnd;
    int pathStart;
    int pathEnd;
    int queryStart;
    int versionStart;
    boolean asterisk;
    boolean pathComplex;
    boolean pathNormalized;
    HttpVersion version = HttpVersion.HTTP_1_1;

    int port;
    long contentLength = NONE;
    boolean chunked;
    boolean keepsAlive;
    boolean expectsContinue;
    boolean upgrade;

    /** Makes it as new; memory is kept up to what an ordinary head needs. */
    public void clear() {
        fields.clear();
        bytes.clear(16384);
        host.clear(1024);
        normalPath.clear(4096);
        lineStart = 0;
        lineEnd = NONE;
        length = 0;
        method = Method.OTHER;
        methodLength = 0;
        targetStart = 0;
        targetEnd = 0;
        authorityStart = NONE;
        authorityEnd = NONE;
        pathStart = NONE;
        pathEnd = NONE;
        queryStart = NONE;
        versionStart = NONE;
        asterisk = false;
        pathComplex = false;
        pathNormalized = false;
        version = HttpVersion.HTTP_1_1;
        port = 0;
        contentLength = NONE;
        chunked = false;
        keepsAlive = false;
        expectsContinue = false;
        upgrade = false;
    }

    /** The bytes of the head; the offsets below mean its array. */
    public Bytes bytes() {
        return bytes;
    }

    /** The header fields in order. */
    public Fields fields() {
        return fields;
    }

    /** The method. */
    public Method method() {
        return method;
    }

    /** Where the method begins. */
    public int methodOffset() {
        return lineStart;
    }

    /** How long the method is. */
    public int methodLength() {
        return methodLength;
    }

    /** The method's text. */
    public String methodString() {
        return method != Method.OTHER ? method.name() : bytes.string(lineStart, methodLength);
    }

    /** Where the request line begins; nginx: {@code $request}. */
    public int requestLineOffset() {
        return lineStart;
    }

    /** How long the request line is, its end left out; when it was refused, as much of it as came. */
    public int requestLineLength() {
        return lineEnd < 0 ? 0 : lineEnd - lineStart;
    }

    /** The request line's text. */
    public String requestLine() {
        return bytes.string(lineStart, requestLineLength());
    }

    /**
     * Where the target as sent begins; nginx: {@code $request_uri}. Of an absolute-form, only what follows the
     * authority:
     * when that has no path, see {@link #hasEmptyPath}.
     */
    public int rawTargetOffset() {
        return pathStart;
    }

    /** How long the target as sent is; 0 when it was refused before its end. */
    public int rawTargetLength() {
        return pathStart < 0 ? 0 : Math.max(0, targetEnd - pathStart);
    }

    /** The target as sent, {@code /} put before it where an absolute-form has no path. */
    public String rawTarget() {
        String target = bytes.string(Math.max(pathStart, 0), rawTargetLength());
        return hasEmptyPath() ? "/" + target : target;
    }

    /** Whether an absolute-form had no path, so that a slash stands for it (RFC 9110 §4.2.3). */
    public boolean hasEmptyPath() {
        return pathStart >= 0 && pathStart == pathEnd;
    }

    /** Whether the target was {@code *} (OPTIONS only). */
    public boolean isAsterisk() {
        return asterisk;
    }

    /** Whether the target was a whole URI or, with CONNECT, an authority. */
    public boolean isAbsolute() {
        return authorityStart >= 0;
    }

    /** Where the path as sent begins. */
    public int rawPathOffset() {
        return pathStart;
    }

    /** How long the path as sent is. */
    public int rawPathLength() {
        return pathEnd - pathStart;
    }

    /** Whether the path as sent held a percent sign; nginx: quoted_uri. */
    public boolean isPathEncoded() {
        byte[] array = bytes.array();
        for (int i = pathStart; pathComplex && i < pathEnd; i++) {
            if (array[i] == '%') {
                return true;
            }
        }
        return false;
    }

    /** Whether the path as sent held a plus sign; nginx: plus_in_uri. */
    public boolean isPlusInPath() {
        byte[] array = bytes.array();
        for (int i = pathStart; i < pathEnd; i++) {
            if (array[i] == '+') {
                return true;
            }
        }
        return false;
    }

    /** Whether {@link #pathArray} differs from the path as sent. */
    public boolean isPathNormalized() {
        return pathNormalized;
    }

    /** The array with the path that locations are matched with; nginx: {@code $uri} at first. */
    public byte[] pathArray() {
        return pathNormalized ? normalPath.array() : bytes.array();
    }

    /** Where the path begins in {@link #pathArray}. */
    public int pathOffset() {
        return pathNormalized ? 0 : pathStart;
    }

    /** How long the path is. */
    public int pathLength() {
        return pathNormalized ? normalPath.length() : pathEnd - pathStart;
    }

    /** Whether the path holds a NUL, so that no file and no string of C can be named after it. */
    public boolean pathHoldsNul() {
        return pathNormalized
                && Octets.indexOf((byte) 0, normalPath.array(), 0, normalPath.length()) < normalPath.length();
    }

    /** The path that locations are matched with, as text. */
    public String path() {
        return pathNormalized ? normalPath.toString() : bytes.string(pathStart, pathEnd - pathStart);
    }

    /** Whether there is a question mark after the path. */
    public boolean hasQuery() {
        return queryStart >= 0;
    }

    /** Where the query begins, after the question mark; -1 when there is none. */
    public int queryOffset() {
        return queryStart;
    }

    /** How long the query is; 0 when the target was refused before its end. */
    public int queryLength() {
        return queryStart < 0 ? 0 : Math.max(0, targetEnd - queryStart);
    }

    /** The query's text, empty when there is none. */
    public String query() {
        return queryStart < 0 ? "" : bytes.string(queryStart, queryLength());
    }

    /** The version. */
    public HttpVersion version() {
        return version;
    }

    /** The version as sent; nginx: {@code $server_protocol}. */
    public String protocol() {
        return versionStart < 0 ? version.text() : bytes.string(versionStart, 8);
    }

    /**
     * The validated host in lower case without port, from the target or from Host; empty when a 1.0 request names none.
     */
    public Bytes host() {
        return host;
    }

    /** The port named with the host, 0 when none. */
    public int port() {
        return port;
    }

    /** What Content-Length says, -1 when there is none. */
    public long contentLength() {
        return contentLength;
    }

    /** Whether the content is chunked. */
    public boolean isChunked() {
        return chunked;
    }

    /** How the content ends. */
    public Framing framing() {
        if (chunked) {
            return Framing.CHUNKED;
        }
        return contentLength > 0 ? Framing.LENGTH : Framing.NONE;
    }

    /** Whether content follows the head. */
    public boolean hasContent() {
        return chunked || contentLength > 0;
    }

    /** Whether the client wants the connection kept. */
    public boolean keepsAlive() {
        return keepsAlive;
    }

    /** Whether the client waits for 100 before it sends the content (RFC 9110 §10.1.1). */
    public boolean expectsContinue() {
        return expectsContinue;
    }

    /** Whether the client asks for another protocol: Upgrade, named in Connection, in 1.1 (RFC 9110 §7.8). */
    public boolean isUpgrade() {
        return upgrade;
    }

    /**
     * How many bytes the head had on the wire, leading empty line left out; nginx: the start of
     * {@code $request_length}.
     */
    public int length() {
        return length;
    }

    /** The first value of a known field as text, empty when there is none. */
    public String field(int id) {
        int i = fields.find(id);
        return i < 0 ? "" : fields.valueString(i);
    }

    /** The Host field as sent, empty when there is none; nginx: {@code $http_host}. */
    public String hostField() {
        return field(FieldName.HOST);
    }

    Bytes normalPath() {
        return normalPath;
    }
}
