package io.frontdesk.codec.http1;

import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;

/**
 * Scans field lines (RFC 9112 §5) in one pass and adds them to a table: header sections of both sides, and trailers.
 * Can
 * stop after any byte and go on when more are there. Refuses what a neighbour could read otherwise: space before the
 * colon,
 * folded lines, bare CR, NUL, names that are no tokens.
 */
final class FieldScanner {
    /** All bytes are scanned and the section is not over. */
    static final int MORE = 0;
    /** The empty line was read. */
    static final int DONE = 1;
    /** The byte at {@link #pos} does not belong there. */
    static final int BAD_OCTET = 2;
    /** One field more than allowed. */
    static final int TOO_MANY = 3;
    /** The last field of the table repeats one that may stand once. */
    static final int DUPLICATE = 4;

    private static final int START = 0;
    private static final int NAME = 1;
    private static final int BEFORE_VALUE = 2;
    private static final int VALUE = 3;
    private static final int VALUE_LF = 4;
    private static final int END_LF = 5;

    /** Whose lines: says which octets and line ends are tolerated. */
    enum Kind {
        REQUEST, RESPONSE, TRAILERS
    }

    // nginx: the fields that a request has once
    private static final boolean[] UNIQUE = unique();

    private final Kind kind;
    private int maxFields;
    private boolean ignoresUnusual;
    private boolean allowsUnderscores;
    private int state;
    private int seen;
    private int nameEnd;
    private int valueStart;
    private int valueEnd;
    private boolean sawBareLf;
    private boolean sawCrlf;
    int pos;
    int lineStart;

    FieldScanner(Kind kind) {
        this.kind = kind;
    }

    void start(int from, int maxFields, boolean ignoresUnusual, boolean allowsUnderscores) {
        this.maxFields = Math.min(maxFields, Fields.MAX_FIELDS - 1);
        this.ignoresUnusual = ignoresUnusual;
        this.allowsUnderscores = allowsUnderscores;
        state = START;
        sawBareLf = false;
        sawCrlf = false;
        pos = from;
        lineStart = from;
    }

    boolean sawBareLf() {
        return sawBareLf;
    }

    boolean sawCrlf() {
        return sawCrlf;
    }

    int scan(byte[] a, int to, Fields fields) {
        int p = pos;
        for (;;) {
            if (p == to) {
                if (state == START) {
                    lineStart = p;
                }
                pos = p;
                return MORE;
            }
            switch (state) {
                case START -> {
                    pos = p;
                    int code = scanPlainLines(a, to, fields);
                    if (code != MORE) {
                        return code;
                    }
                    p = pos;
                    lineStart = p;
                    if (p == to) {
                        return MORE;
                    }
                    byte octet = a[p];
                    if (octet == '\r') {
                        state = END_LF;
                        p++;
                    } else if (octet == '\n') {
                        sawBareLf = true;
                        return kind == Kind.TRAILERS ? stop(p, BAD_OCTET) : stop(p + 1, DONE);
                    } else {
                        seen = 0;
                        state = NAME;
                    }
                }
                case NAME -> {
                    int all = seen;
                    int octet;
                    while (p < to && (octet = Octets.nameClass(a[p])) != 0) {
                        all |= octet;
                        p++;
                    }
                    seen = all;
                    if (p < to) {
                        // RFC 9112 §5.1: nothing may stand between name and colon
                        if (a[p] != ':' || p == lineStart) {
                            return stop(p, BAD_OCTET);
                        }
                        nameEnd = p++;
                        state = BEFORE_VALUE;
                    }
                }
                case BEFORE_VALUE -> {
                    while (p < to && (a[p] == ' ' || a[p] == '\t')) {
                        p++;
                    }
                    if (p < to) {
                        valueStart = p;
                        state = VALUE;
                    }
                }
                case VALUE -> {
                    p = Octets.indexOfControl(a, p, to);
                    if (p < to) {
                        byte octet = a[p];
                        valueEnd = p;
                        if (octet == '\r') {
                            state = VALUE_LF;
                            p++;
                        } else if (octet == '\n' && kind != Kind.TRAILERS) {
                            // RFC 9112 §2.2: LF alone may end a line
                            sawBareLf = true;
                            p++;
                            int code = add(a, fields);
                            if (code != MORE) {
                                return stop(p, code);
                            }
                        } else if (octet != 0 && octet != '\n' && kind == Kind.RESPONSE) {
                            p++;
                        } else {
                            return stop(p, BAD_OCTET);
                        }
                    }
                }
                case VALUE_LF -> {
                    if (a[p] != '\n') {
                        return stop(p - 1, BAD_OCTET);
                    }
                    sawCrlf = true;
                    p++;
                    int code = add(a, fields);
                    if (code != MORE) {
                        return stop(p, code);
                    }
                }
                default -> {
                    if (a[p] != '\n') {
                        return stop(p, BAD_OCTET);
                    }
                    sawCrlf = true;
                    return stop(p + 1, DONE);
                }
            }
        }
    }

    /**
     * Takes whole lines of the common kind, and stops before the first that is not: the fast way of what the states do.
     */
    private int scanPlainLines(byte[] a, int to, Fields fields) {
        int p = pos;
        for (;;) {
            int colon = Octets.endOfPlainName(a, p, to);
            int value = colon + 2;
            if (value >= to || colon == p || a[colon] != ':' || a[colon + 1] != ' ') {
                return MORE;
            }
            if (a[value] >= 0 && a[value] <= ' ') {
                return MORE;
            }
            int end = Octets.indexOfControl(a, value, to);
            if (end + 1 >= to || a[end] != '\r' || a[end + 1] != '\n') {
                return MORE;
            }
            lineStart = p;
            nameEnd = colon;
            valueStart = value;
            valueEnd = end;
            seen = 0;
            sawCrlf = true;
            p = end + 2;
            pos = p;
            int code = add(a, fields);
            if (code != MORE) {
                return code;
            }
        }
    }

    private int stop(int p, int code) {
        pos = p;
        return code;
    }

    private int add(byte[] a, Fields fields) {
        state = START;
        int nameLength = nameEnd - lineStart;
        if ((seen & Octets.UNUSUAL) != 0 && ignoresUnusual && isUnusual(a)) {
            return MORE;
        }
        if (fields.size() >= maxFields) {
            return TOO_MANY;
        }
        int end = valueEnd;
        while (end > valueStart && (a[end - 1] == ' ' || a[end - 1] == '\t')) {
            end--;
        }
        int same = fields.index(lineStart, nameLength, valueStart, end - valueStart);
        return same >= 0 && kind == Kind.REQUEST && UNIQUE[fields.id(same)] ? DUPLICATE : MORE;
    }

    private boolean isUnusual(byte[] a) {
        for (int i = lineStart; i < nameEnd; i++) {
            if ((Octets.nameClass(a[i]) & Octets.UNUSUAL) != 0 && (a[i] != '_' || !allowsUnderscores)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a request has the field once. */
    static boolean isUnique(int id) {
        return UNIQUE[id];
    }

    private static boolean[] unique() {
        boolean[] unique = new boolean[FieldName.COUNT];
        int[] ids = {FieldName.HOST, FieldName.IF_MODIFIED_SINCE, FieldName.IF_UNMODIFIED_SINCE, FieldName.IF_MATCH,
                FieldName.IF_NONE_MATCH, FieldName.CONTENT_LENGTH, FieldName.CONTENT_RANGE, FieldName.IF_RANGE,
                FieldName.TRANSFER_ENCODING, FieldName.EXPECT, FieldName.AUTHORIZATION, FieldName.PROXY_AUTHORIZATION};
        for (int id : ids) {
            unique[id] = true;
        }
        return unique;
    }
}
