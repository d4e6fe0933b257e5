package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.uri.HostName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes a request's head of separate fields, as HTTP/2 and HTTP/3 carry them, with the strictness of HTTP/1: the request line is put
 * together and goes through the same scanner, so that nothing gets by it which would not get by there (RFC 9113 §8.2, §8.3, §10.3). One a
 * connection, on its loop.
 */
public final class RequestAssembler {
    private static final String READING = " while reading client request headers";
    private static final byte[] PRETENDED_VERSION = "HTTP/1.1\r\n".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] HOST = "host".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] COOKIE = "cookie".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CRUMB_END = "; ".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAX_QUOTED = 128;

    private final RequestLineScanner line = new RequestLineScanner();
    private final Bytes method = new Bytes(16);
    private final Bytes scheme = new Bytes(8);
    private final Bytes path = new Bytes(128);
    private final Bytes authority = new Bytes(64);
    private final Bytes cookies = new Bytes();
    private RequestLimits limits = RequestLimits.DEFAULT;
    private RequestHead head = new RequestHead();
    private HttpVersion version = HttpVersion.HTTP_2;
    private boolean hasMethod;
    private boolean hasScheme;
    private boolean hasPath;
    private boolean hasAuthority;
    private boolean sawField;
    private boolean hasCookie;
    private int seen;
    private long listBytes;
    private long maxListBytes;
    private boolean tooLarge;
    private @Nullable Refusal refusal;

    /** Starts a head, which is cleared. */
    public void start(RequestHead into, RequestLimits keeping, HttpVersion of) {
        head = into;
        limits = keeping;
        version = of;
        head.clear();
        head.version = of;
        method.clear(1024);
        scheme.clear(1024);
        path.clear(4096);
        authority.clear(1024);
        cookies.clear(4096);
        hasMethod = false;
        hasScheme = false;
        hasPath = false;
        hasAuthority = false;
        sawField = false;
        hasCookie = false;
        seen = 0;
        listBytes = 0;
        maxListBytes = (long) keeping.largeBufferCount() * keeping.largeBufferSize();
        tooLarge = false;
        refusal = null;
    }

    /** Whether the list of fields was larger than the limits allow: who sends such a thing is not to be trusted. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** Takes a field; after the first that is refused the others are left out. */
    public void field(byte[] n, int nameOffset, int nameLength, byte[] v, int valueOffset, int valueLength) {
        seen++;
        listBytes += nameLength + valueLength;
        if (listBytes > maxListBytes || nameLength > limits.largeBufferSize()
                || valueLength > limits.largeBufferSize()) {
            // nginx: large_client_header_buffers bound a field, and all of them
            tooLarge = true;
        }
        if (refusal != null || tooLarge) {
            return;
        }
        if (nameLength == 0) {
            refuse(400, "client sent zero header name length");
        } else if (n[nameOffset] == ':') {
            pseudo(n, nameOffset + 1, nameLength - 1, v, valueOffset, valueLength);
        } else {
            if (!sawField) {
                sawField = true;
                requestLine();
            }
            if (refusal == null) {
                plain(n, nameOffset, nameLength, v, valueOffset, valueLength);
            }
        }
    }

    private void pseudo(byte[] n, int at, int length, byte[] v, int valueOffset, int valueLength) {
        String name = new String(n, at, Math.min(length, MAX_QUOTED), StandardCharsets.ISO_8859_1);
        if (sawField) {
            // RFC 9113 §8.3: before all fields
            refuse(400, "client sent out of order pseudo-headers");
            return;
        }
        switch (name) {
            case "method" -> hasMethod = once(hasMethod, ":method header", method, v, valueOffset, valueLength);
            case "scheme" -> hasScheme = once(hasScheme, ":scheme header", scheme, v, valueOffset, valueLength);
            case "path" -> hasPath = once(hasPath, ":path header", path, v, valueOffset, valueLength);
            case "authority" -> {
                if (valueLength == 0) {
                    refuse(400, "client sent invalid \":authority\" header");
                }
                hasAuthority = once(hasAuthority, "\":authority\" header", authority, v, valueOffset, valueLength);
            }
            default -> refuse(400, "client sent unknown pseudo-header \":" + name + '"');
        }
    }

    private boolean once(boolean before, String shown, Bytes to, byte[] v, int offset, int length) {
        if (before) {
            refuse(400, "client sent duplicate " + shown);
        } else if (length == 0) {
            refuse(400, "client sent empty " + shown);
        } else {
            to.write(v, offset, length);
        }
        return true;
    }

    /** All pseudo-header fields are there: makes the request line of them. */
    private void requestLine() {
        if (refusal != null) {
            return;
        }
        if (hasMethod && Method.of(method.array(), 0, method.length()) == Method.CONNECT) {
            // RFC 9113 §8.5: has neither scheme nor path; no tunnels are opened here
            refuse(405, "client sent CONNECT method");
            return;
        }
        if (!hasMethod || !hasScheme || !hasPath) {
            refuse(400, "client sent no " + (!hasMethod ? ":method" : !hasScheme ? ":scheme" : ":path") + " header");
            return;
        }
        if (!isScheme()) {
            refuse(400, "client sent invalid :scheme header: \"" + quote(scheme) + '"');
            return;
        }
        Bytes bytes = head.bytes();
        bytes.write(method);
        bytes.write(' ');
        bytes.write(path);
        bytes.write(' ');
        int versionAt = bytes.length();
        bytes.write(PRETENDED_VERSION);
        line.start();
        head.method = Method.OTHER;
        int code = line.scan(bytes.array(), bytes.length(), head, false);
        boolean whole = code == RequestLineScanner.DONE && line.pos == bytes.length() && head.lineStart == 0
                && head.versionStart == versionAt && head.methodLength == method.length();
        if (!whole || head.isAbsolute()) {
            boolean badMethod = code == RequestLineScanner.BAD_METHOD || head.methodLength != method.length();
            refuseLine(badMethod
                    ? "client sent invalid method: \"" + quote(method) + '"'
                    : "client sent invalid :path header: \"" + quote(path) + '"');
            return;
        }
        bytes.truncate(versionAt);
        bytes.write(version.wire());
        head.lineEnd = bytes.length();
        head.version = version;
        if (head.pathComplex && !RequestReader.normalizePath(bytes.array(), head, limits)) {
            refuseLine("client sent invalid :path header: \"" + quote(path) + '"');
        }
    }

    private void refuseLine(String what) {
        head.pathStart = RequestHead.NONE;
        head.pathEnd = RequestHead.NONE;
        head.queryStart = RequestHead.NONE;
        head.versionStart = RequestHead.NONE;
        refuse(400, what);
    }

    private boolean isScheme() {
        for (int i = 0; i < scheme.length(); i++) {
            int octet = scheme.get(i);
            int letter = octet | 0x20;
            if (letter >= 'a' && letter <= 'z') {
                continue;
            }
            if (i == 0 || !(octet >= '0' && octet <= '9' || octet == '+' || octet == '-' || octet == '.')) {
                return false;
            }
        }
        return true;
    }

    private void plain(byte[] n, int nameOffset, int nameLength, byte[] v, int valueOffset, int valueLength) {
        boolean unusual = false;
        for (int i = nameOffset; i < nameOffset + nameLength; i++) {
            byte octet = n[i];
            if (octet >= 'a' && octet <= 'z' || octet == '-' || octet >= '0' && octet <= '9'
                    || octet == '_' && limits.allowsUnderscores()) {
                continue;
            }
            // RFC 9113 §8.2.1: nothing up to 0x20, no capitals, nothing from 0x7f on, no colon
            if (octet <= 0x20 || octet == 0x7f || octet == ':' || octet >= 'A' && octet <= 'Z') {
                refuse(400, "client sent invalid header name: \"" + text(n, nameOffset, nameLength) + '"');
                return;
            }
            unusual |= octet == '_' || !Octets.isToken(octet) || (Octets.nameClass(octet) & Octets.UNUSUAL) != 0;
            if (!Octets.isToken(octet) && !limits.ignoresInvalidFields()) {
                refuse(400, "client sent invalid header name: \"" + text(n, nameOffset, nameLength) + '"');
                return;
            }
        }
        int end = valueOffset + valueLength;
        if (Octets.indexOfControl(v, valueOffset, end) < end) {
            refuse(400, "client sent header \"" + text(n, nameOffset, nameLength) + "\" with invalid value: \""
                    + text(v, valueOffset, valueLength) + '"');
            return;
        }
        if (unusual && limits.ignoresInvalidFields()) {
            return;
        }
        if (valueLength > 0 && (isBlank(v[valueOffset]) || isBlank(v[end - 1]))) {
            // RFC 9113 §8.2.1
            refuse(400, "client sent header \"" + text(n, nameOffset, nameLength)
                    + "\" with whitespace around its value");
            return;
        }
        if (seen > limits.maxFields() + 4) {
            refuse(494, "client sent too many header lines");
            return;
        }
        if (nameLength == COOKIE.length && Octets.equalsFolded(n, nameOffset, COOKIE, 0, nameLength)) {
            // RFC 9113 §8.2.3: crumbs are put together again
            if (hasCookie) {
                cookies.write(CRUMB_END);
            }
            hasCookie = true;
            cookies.write(v, valueOffset, valueLength);
            return;
        }
        add(n, nameOffset, nameLength, v, valueOffset, valueLength);
    }

    private void add(byte[] n, int nameOffset, int nameLength, byte[] v, int valueOffset, int valueLength) {
        Fields fields = head.fields();
        if (fields.size() >= Math.min(limits.maxFields(), Fields.MAX_FIELDS - 1)) {
            refuse(494, "client sent too many header lines");
            return;
        }
        Bytes bytes = head.bytes();
        int name = bytes.length();
        bytes.write(n, nameOffset, nameLength);
        int value = bytes.length();
        bytes.write(v, valueOffset, valueLength);
        int same = fields.index(name, nameLength, value, valueLength);
        if (same >= 0 && FieldScanner.isUnique(fields.id(same))) {
            int again = fields.size() - 1;
            boolean host = fields.id(same) == FieldName.HOST;
            refuse(400, "client sent duplicate " + (host ? "host header" : "header line") + ": \""
                    + RequestReader.pair(fields, again) + "\", previous value: \"" + RequestReader.pair(fields, same)
                    + '"');
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    /**
     * The block is over.
     *
     * @param wireBytes how long the block was
     * @param hasBody   whether content may follow
     * @return why the request must be refused, or null when the head stands
     */
    public @Nullable Refusal finish(int wireBytes, boolean hasBody) {
        head.length = wireBytes;
        if (!sawField) {
            requestLine();
        }
        if (refusal == null) {
            decideConnection();
        }
        if (refusal == null) {
            decideHost();
        }
        if (refusal == null && hasCookie) {
            add(COOKIE, 0, COOKIE.length, cookies.array(), 0, cookies.length());
        }
        if (refusal == null) {
            decideContent(hasBody);
        }
        if (refusal == null) {
            decideMethod();
        }
        head.keepsAlive = true;
        return refusal;
    }

    /** RFC 9113 §8.2.2. */
    private void decideConnection() {
        Fields fields = head.fields();
        int[] forbidden = {FieldName.CONNECTION, FieldName.KEEP_ALIVE, FieldName.PROXY_CONNECTION,
                FieldName.TRANSFER_ENCODING, FieldName.UPGRADE};
        for (int id : forbidden) {
            if (fields.has(id)) {
                refuse(400, "client sent \"" + FieldName.name(id) + "\" header");
                return;
            }
        }
        int te = fields.find(FieldName.TE);
        if (te >= 0 && (fields.next(te) >= 0 || !fields.valueEquals(te, "trailers"))) {
            refuse(400, "client sent invalid \"TE\" header");
        }
    }

    private void decideHost() {
        Fields fields = head.fields();
        int field = fields.find(FieldName.HOST);
        if (hasAuthority) {
            int port = HostName.parse(authority.array(), 0, authority.length(), head.host());
            if (port == HostName.INVALID) {
                refuse(400, "client sent invalid \":authority\" header");
                return;
            }
            head.port = port;
            if (field < 0) {
                // nginx: compatibility for $http_host
                add(HOST, 0, HOST.length, authority.array(), 0, authority.length());
            } else if (fields.valueLength(field) != authority.length() || !java.util.Arrays.equals(
                    fields.bytes().array(), fields.valueOffset(field), fields.valueOffset(field) + authority.length(),
                    authority.array(), 0, authority.length())) {
                refuse(400, "client sent \":authority\" and \"Host\" headers with different values");
            }
            return;
        }
        if (field < 0) {
            refuse(400, "client sent neither \":authority\" nor \"Host\" header");
            return;
        }
        int port = HostName.parse(fields.bytes().array(), fields.valueOffset(field), fields.valueLength(field),
                head.host());
        if (port == HostName.INVALID) {
            refuse(400, "client sent invalid host header");
            return;
        }
        head.port = port;
    }

    /** An expectation is not answered, as with nginx: the stream's window says what may be sent. */
    private void decideContent(boolean hasBody) {
        Fields fields = head.fields();
        int length = fields.find(FieldName.CONTENT_LENGTH);
        if (length < 0) {
            head.chunked = hasBody;
        } else {
            head.contentLength = Numbers.contentLength(fields.bytes().array(), fields.valueOffset(length),
                    fields.valueLength(length));
            if (head.contentLength < 0) {
                refuse(400, "client sent invalid \"Content-Length\" header");
            } else if (head.contentLength > 0 && !hasBody) {
                refuse(400, "client prematurely closed stream");
            }
        }
    }

    private void decideMethod() {
        if (head.method == Method.TRACE) {
            refuse(405, "client sent TRACE method");
        }
    }

    private void refuse(int status, String what) {
        if (refusal == null) {
            refusal = new Refusal(status, what + READING);
        }
    }

    private static String quote(Bytes bytes) {
        return text(bytes.array(), 0, bytes.length());
    }

    private static String text(byte[] array, int offset, int length) {
        return new String(array, offset, Math.min(length, MAX_QUOTED), StandardCharsets.ISO_8859_1);
    }
}
