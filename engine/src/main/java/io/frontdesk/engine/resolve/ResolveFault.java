package io.frontdesk.engine.resolve;

import io.frontdesk.codec.dns.DnsRecord;

/**
 * Why a name has no address. A value.
 *
 * @param code         the response code of DNS, or 110 when no answer came in time
 * @param validSeconds how long it is of no use to ask again
 */
public record ResolveFault(int code, long validSeconds) {
    static final int FORMAT_ERROR = 1;
    static final int SERVER_FAILURE = 2;
    static final int NOT_FOUND = 3;
    static final int REFUSED = 5;
    static final int TIMED_OUT = 110;

    /** Whether the servers say that there is no such name, or nothing under it. */
    public boolean isNotFound() {
        return code == NOT_FOUND;
    }

    /** As nginx ends its line: {@code (3: Host not found)}. */
    public String reason() {
        return "(" + code + ": " + text(code) + ")";
    }

    /** nginx's words for a code. */
    static String text(int code) {
        return switch (code) {
            case FORMAT_ERROR -> "Format error";
            case SERVER_FAILURE -> "Server failure";
            case NOT_FOUND -> "Host not found";
            case 4 -> "Unimplemented";
            case REFUSED -> "Operation refused";
            case TIMED_OUT -> "Operation timed out";
            default -> "Unknown error";
        };
    }

    /** nginx: what it logs of a record that it did not ask for. */
    static String unexpected(DnsRecord.Other record) {
        return "unexpected RR type " + record.type() + " in DNS response";
    }
}
