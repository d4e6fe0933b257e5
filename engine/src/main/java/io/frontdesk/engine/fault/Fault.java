package io.frontdesk.engine.fault;

import io.frontdesk.net.connect.ConnectFault;

/**
 * Something that went wrong between us and an upstream. A value.
 *
 * @param kind    decides what it becomes
 * @param message as nginx words it, what was being done included: {@code connect() failed (111: Connection refused) while connecting to
 *                upstream}
 */
public record Fault(FaultKind kind, String message) {
    /** What was being done, for messages: a connection is made. */
    public static final String CONNECTING = " while connecting to upstream";
    /** TLS. */
    public static final String HANDSHAKING = " while SSL handshaking to upstream";
    /** The request is sent. */
    public static final String SENDING = " while sending request to upstream";
    /** The head is read. */
    public static final String READING_HEAD = " while reading response header from upstream";
    /** The body is read. */
    public static final String READING = " while reading upstream";

    private static final String TIMED_OUT = "upstream timed out (110: Connection timed out)";

    /** Every server is down, failing or full. */
    public static final Fault NO_LIVE_UPSTREAMS = new Fault(FaultKind.NO_LIVE_UPSTREAMS,
            "no live upstreams" + CONNECTING);
    /** {@code proxy_connect_timeout}. */
    public static final Fault CONNECT_TIMEOUT = new Fault(FaultKind.CONNECT_TIMEOUT, TIMED_OUT + CONNECTING);
    /** {@code proxy_connect_timeout} while TLS was agreed on. */
    public static final Fault HANDSHAKE_TIMEOUT = new Fault(FaultKind.CONNECT_TIMEOUT, TIMED_OUT + HANDSHAKING);
    /** {@code proxy_send_timeout}. */
    public static final Fault SEND_TIMEOUT = new Fault(FaultKind.SEND_TIMEOUT, TIMED_OUT + SENDING);
    /** {@code proxy_read_timeout} before the head. */
    public static final Fault READ_TIMEOUT = new Fault(FaultKind.READ_TIMEOUT, TIMED_OUT + READING_HEAD);
    /** {@code proxy_read_timeout} in the body. */
    public static final Fault BODY_TIMEOUT = new Fault(FaultKind.BODY_TIMEOUT, TIMED_OUT + READING);
    /** A FIN before the head was complete. */
    public static final Fault CLOSED_BEFORE_HEAD = new Fault(FaultKind.CLOSED_BEFORE_HEAD,
            "upstream prematurely closed connection" + READING_HEAD);
    /** A FIN in the body. */
    public static final Fault BODY_TRUNCATED = new Fault(FaultKind.BODY_TRUNCATED,
            "upstream prematurely closed connection" + READING);
    /** 101 that nobody asked for. */
    public static final Fault UNEXPECTED_UPGRADE = new Fault(FaultKind.UNEXPECTED_UPGRADE,
            "upstream sent unexpected 101 response" + READING_HEAD);

    /** A connection that did not come about. */
    public static Fault of(ConnectFault fault) {
        FaultKind kind;
        if (fault.timedOut()) {
            return CONNECT_TIMEOUT;
        }
        if (fault.ours()) {
            kind = FaultKind.NO_SOCKET;
        } else {
            kind = switch (fault.errno().number()) {
                case 111, 104 -> FaultKind.CONNECT_REFUSED;
                case 101, 113, 112, 100 -> FaultKind.CONNECT_UNREACHABLE;
                default -> FaultKind.CONNECT_FAILED;
            };
        }
        return new Fault(kind, fault.message() + CONNECTING);
    }
}
