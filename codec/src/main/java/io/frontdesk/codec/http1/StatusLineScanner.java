package io.frontdesk.codec.http1;

import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * Scans a status line (RFC 9112 §4) and writes its parts into the head. Can stop after any byte and go on when more are
 * there; refuses at the first byte that cannot belong. One a {@link ResponseReader}.
 */
final class StatusLineScanner {
    /** All bytes are scanned and the line is not over. */
    static final int MORE = 0;
    /** The line is over. */
    static final int DONE = 1;
    /** Not a status line. */
    static final int BAD = 2;

    private static final int VERSION = 0;
    private static final int BEFORE_STATUS = 1;
    private static final int STATUS = 2;
    private static final int AFTER_STATUS = 3;
    private static final int SUB_STATUS = 4;
    private static final int REASON = 5;
    private static final int LINE_LF = 6;

    private static final byte[] NAME = "HTTP/1.".getBytes(StandardCharsets.ISO_8859_1);

    private int state;
    private int digits;
    int pos;

    void start() {
        state = VERSION;
        digits = 0;
        pos = 0;
    }

    int scan(byte[] a, int to, ResponseHead head) {
        int p = pos;
        for (;;) {
            if (p == to) {
                pos = p;
                return MORE;
            }
            byte octet = a[p];
            switch (state) {
                case VERSION -> {
                    if (p < NAME.length) {
                        if (octet != NAME[p]) {
                            return stop(p, BAD);
                        }
                    } else if (p == NAME.length) {
                        if (octet < '0' || octet > '9') {
                            return stop(p, BAD);
                        }
                        head.version = octet == '0' ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1;
                    } else {
                        if (octet != ' ') {
                            return stop(p, BAD);
                        }
                        state = BEFORE_STATUS;
                    }
                    p++;
                }
                case BEFORE_STATUS -> {
                    // nginx: any number of spaces
                    if (octet == ' ') {
                        p++;
                    } else {
                        state = STATUS;
                    }
                }
                case STATUS -> {
                    int digit = octet - '0';
                    // RFC 9110 §15: three digits; no status is below 100
                    if (digit < 0 || digit > 9 || (digits == 0 && digit == 0)) {
                        return stop(p, BAD);
                    }
                    head.status = head.status * 10 + digit;
                    p++;
                    if (++digits == 3) {
                        state = AFTER_STATUS;
                    }
                }
                case AFTER_STATUS -> {
                    head.reasonStart = p + 1;
                    head.reasonEnd = p + 1;
                    switch (octet) {
                        case ' ' -> state = REASON;
                        // nginx: IIS sends 403.1 and the like
                        case '.' -> state = SUB_STATUS;
                        case '\r' -> state = LINE_LF;
                        case '\n' -> {
                            return stop(p + 1, DONE);
                        }
                        default -> {
                            return stop(p, BAD);
                        }
                    }
                    p++;
                }
                case SUB_STATUS -> {
                    if (octet >= '0' && octet <= '9') {
                        p++;
                    } else {
                        state = AFTER_STATUS;
                    }
                }
                case REASON -> {
                    p = Octets.indexOfControl(a, p, to);
                    if (p < to) {
                        head.reasonEnd = p;
                        if (a[p] == '\n') {
                            return stop(p + 1, DONE);
                        }
                        if (a[p] != '\r') {
                            return stop(p, BAD);
                        }
                        state = LINE_LF;
                        p++;
                    }
                }
                default -> {
                    return octet == '\n' ? stop(p + 1, DONE) : stop(p, BAD);
                }
            }
        }
    }

    private int stop(int p, int code) {
        pos = p;
        return code;
    }
}
