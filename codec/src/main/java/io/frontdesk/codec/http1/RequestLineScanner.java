package io.frontdesk.codec.http1;

import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;
import java.nio.charset.StandardCharsets;

/**
 * Scans a request line (RFC 9112 §3) and writes its offsets into the head. Can stop after any byte and go on when more
 * are there; refuses at the first byte that cannot belong. One a {@link RequestReader}.
 */
final class RequestLineScanner {
    /** All bytes are scanned and the line is not over. */
    static final int MORE = 0;
    /** The line is over. */
    static final int DONE = 1;
    /** Not a method. */
    static final int BAD_METHOD = 2;
    /** Not a request line. */
    static final int BAD_REQUEST = 3;
    /** A major version other than 1. */
    static final int BAD_VERSION = 4;

    private static final int START = 0;
    private static final int LEADING_LF = 1;
    private static final int METHOD = 2;
    private static final int TARGET = 3;
    private static final int PATH = 4;
    private static final int QUERY = 5;
    private static final int ABSOLUTE = 6;
    private static final int TARGET_END = 7;
    private static final int VERSION = 8;
    private static final int LINE_LF = 9;

    // classes of octets in a path: those from BOUND on end it
    private static final byte SLASH = 1;
    private static final byte DOT = 2;
    private static final byte PERCENT = 3;
    private static final byte BOUND = 4;
    private static final byte[] PATH_CLASS = pathClasses();
    private static final boolean[] METHOD_OCTET = methodOctets();

    private static final byte[] NAME = "HTTP/".getBytes(StandardCharsets.ISO_8859_1);
    private static final long HTTP_1_1 = Octets.word("HTTP/1.1".getBytes(StandardCharsets.ISO_8859_1), 0, 8);

    private static final long GET = Octets.word("GET ".getBytes(StandardCharsets.ISO_8859_1), 0, 4);

    private int state;
    private boolean sawEmptyLine;
    private boolean bareLf;
    int pos;

    void start() {
        state = START;
        sawEmptyLine = false;
        bareLf = false;
        pos = 0;
    }

    /** Whether the line ended with LF alone. */
    boolean endsWithBareLf() {
        return bareLf;
    }

    int scan(byte[] a, int to, RequestHead head, boolean allowsHttp09) {
        int p = pos;
        for (;;) {
            if (p == to) {
                pos = p;
                return MORE;
            }
            switch (state) {
                case START -> {
                    byte octet = a[p];
                    // RFC 9112 §2.2: one empty line before a request line is ignored
                    if (!sawEmptyLine && (octet == '\r' || octet == '\n')) {
                        sawEmptyLine = true;
                        state = octet == '\r' ? LEADING_LF : START;
                        p++;
                    } else {
                        head.lineStart = p;
                        state = METHOD;
                        if (to - p >= 4 && Octets.word(a, p, 4) == GET) {
                            head.method = Method.GET;
                            head.methodLength = 3;
                            state = TARGET;
                            p += 4;
                        }
                    }
                }
                case LEADING_LF -> {
                    if (a[p] != '\n') {
                        return stop(p, BAD_METHOD);
                    }
                    state = START;
                    p++;
                }
                case METHOD -> {
                    while (p < to && METHOD_OCTET[a[p] & 0xff]) {
                        p++;
                    }
                    if (p < to) {
                        if (a[p] != ' ' || p == head.lineStart) {
                            return stop(p, BAD_METHOD);
                        }
                        head.methodLength = p - head.lineStart;
                        head.method = Method.of(a, head.lineStart, head.methodLength);
                        state = TARGET;
                        p++;
                    }
                }
                case TARGET -> {
                    head.targetStart = p;
                    int kind = targetState(a[p], head.method);
                    if (kind < 0) {
                        return stop(p, BAD_REQUEST);
                    }
                    state = kind;
                    if (kind == PATH) {
                        head.pathStart = p;
                    } else if (kind == TARGET_END) {
                        head.asterisk = true;
                        head.pathStart = p++;
                        head.pathEnd = p;
                    }
                }
                case PATH -> {
                    p = scanPath(a, p, to, head);
                    if (p < to) {
                        head.pathEnd = p;
                        if (a[p] == '?') {
                            head.queryStart = ++p;
                            state = QUERY;
                        } else {
                            state = TARGET_END;
                        }
                    }
                }
                case QUERY -> {
                    while (p < to && (PATH_CLASS[a[p] & 0xff] < BOUND || a[p] == '?')) {
                        p++;
                    }
                    if (p < to) {
                        state = TARGET_END;
                    }
                }
                case ABSOLUTE -> {
                    while (p < to && (PATH_CLASS[a[p] & 0xff] < BOUND || a[p] == '?')) {
                        p++;
                    }
                    if (p < to) {
                        head.targetEnd = p;
                        if (!AbsoluteTarget.split(a, head)) {
                            return stop(p, BAD_REQUEST);
                        }
                        state = TARGET_END;
                    }
                }
                case TARGET_END -> {
                    head.targetEnd = p;
                    byte octet = a[p];
                    if (octet == ' ') {
                        head.versionStart = ++p;
                        state = VERSION;
                    } else if (allowsHttp09 && (octet == '\r' || octet == '\n')) {
                        head.version = HttpVersion.HTTP_0_9;
                        head.lineEnd = p;
                        state = LINE_LF;
                        p += octet == '\r' ? 1 : 0;
                    } else {
                        // a fragment, a control octet, the end of the line: RFC 9112 §3.2
                        return stop(p, BAD_REQUEST);
                    }
                }
                case VERSION -> {
                    int start = head.versionStart;
                    if (p == start && to - p >= 10 && Octets.word(a, p, 8) == HTTP_1_1 && a[p + 8] == '\r') {
                        head.version = HttpVersion.HTTP_1_1;
                        head.lineEnd = p + 8;
                        state = LINE_LF;
                        p += 9;
                        continue;
                    }
                    int code = versionOctet(a[p], p - start, head);
                    if (code != MORE) {
                        return stop(p, code);
                    }
                    if (p - start == 8) {
                        head.lineEnd = p;
                        state = LINE_LF;
                        p += a[p] == '\r' ? 1 : 0;
                    } else {
                        p++;
                    }
                }
                default -> {
                    bareLf = p == head.lineEnd;
                    return a[p] == '\n' ? stop(p + 1, DONE) : stop(p, BAD_REQUEST);
                }
            }
        }
    }

    private int stop(int p, int code) {
        pos = p;
        return code;
    }

    private static int targetState(byte octet, Method method) {
        if (method == Method.CONNECT) {
            return ABSOLUTE;
        }
        if (octet == '/') {
            return PATH;
        }
        if (octet == '*' && method == Method.OPTIONS) {
            return TARGET_END;
        }
        int letter = octet | 0x20;
        return letter >= 'a' && letter <= 'z' ? ABSOLUTE : -1;
    }

    private static int scanPath(byte[] a, int from, int to, RequestHead head) {
        for (int p = from; p < to; p++) {
            byte kind = PATH_CLASS[a[p] & 0xff];
            if (kind == 0) {
                continue;
            }
            if (kind >= BOUND) {
                return p;
            }
            // before the first slash stands the space
            if (kind == PERCENT || a[p - 1] == '/') {
                head.pathComplex = true;
            }
        }
        return to;
    }

    private static int versionOctet(byte octet, int index, RequestHead head) {
        return switch (index) {
            case 5 -> octet == '1' ? MORE : octet >= '2' && octet <= '9' ? BAD_VERSION : BAD_REQUEST;
            case 6 -> octet == '.' ? MORE : BAD_REQUEST;
            case 7 -> {
                // RFC 9110 §2.5: a higher minor is processed as 1.1
                head.version = octet == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
                yield octet >= '0' && octet <= '9' ? MORE : BAD_REQUEST;
            }
            case 8 -> octet == '\r' || octet == '\n' ? MORE : BAD_REQUEST;
            default -> octet == NAME[index] ? MORE : BAD_REQUEST;
        };
    }

    private static byte[] pathClasses() {
        byte[] classes = new byte[256];
        for (int i = 0; i <= ' '; i++) {
            classes[i] = BOUND;
        }
        classes[0x7f] = BOUND;
        classes['?'] = BOUND;
        classes['#'] = BOUND;
        classes['/'] = SLASH;
        classes['.'] = DOT;
        classes['%'] = PERCENT;
        return classes;
    }

    // nginx: capitals, underscore and hyphen
    private static boolean[] methodOctets() {
        boolean[] octets = new boolean[256];
        for (int i = 'A'; i <= 'Z'; i++) {
            octets[i] = true;
        }
        octets['_'] = true;
        octets['-'] = true;
        return octets;
    }
}
