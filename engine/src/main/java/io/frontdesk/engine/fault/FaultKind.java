package io.frontdesk.engine.fault;

import io.frontdesk.config.Severity;
import org.jspecify.annotations.Nullable;

/**
 * All that can go wrong between us and an upstream: the one table of what each becomes. Of each: who is at fault, the status when no head
 * was sent yet, the condition of {@code proxy_next_upstream} under which another server is tried (null: none ever), whether it counts for
 * {@code max_fails}, the severity of the log line, and the cause's code.
 */
public enum FaultKind {
    /** Every server is down, failing or full. */
    NO_LIVE_UPSTREAMS(Side.UPSTREAM, 502, null, false, Severity.ERROR, "no_live_upstreams"),
    /** Nobody listens there. */
    CONNECT_REFUSED(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "connect_refused"),
    /** No way leads there. */
    CONNECT_UNREACHABLE(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "connect_unreachable"),
    /** Connecting failed in another way. */
    CONNECT_FAILED(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.CRIT, "connect_failed"),
    /** {@code proxy_connect_timeout}. */
    CONNECT_TIMEOUT(Side.UPSTREAM, 504, NextCondition.TIMEOUT, true, Severity.ERROR, "connect_timeout"),
    /** TLS came to nothing. */
    TLS_HANDSHAKE(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "tls_handshake"),
    /** The certificate is not good, or not of the name that was asked for. */
    TLS_CERTIFICATE(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "tls_certificate"),
    /** Our own certificate can't be had. */
    TLS_OWN_CERTIFICATE(Side.OURS, 500, null, false, Severity.ERROR, "tls_own_certificate"),
    /** This machine has no socket or no port left: not the server's fault. */
    NO_SOCKET(Side.OURS, 500, NextCondition.ERROR, false, Severity.CRIT, "no_socket"),
    /** The connection broke while the request was sent. */
    SEND_FAILED(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "send_failed"),
    /** {@code proxy_send_timeout}. */
    SEND_TIMEOUT(Side.UPSTREAM, 504, NextCondition.TIMEOUT, true, Severity.ERROR, "send_timeout"),
    /** {@code proxy_read_timeout} before the head. */
    READ_TIMEOUT(Side.UPSTREAM, 504, NextCondition.TIMEOUT, true, Severity.ERROR, "read_timeout"),
    /** A reset before the head was complete. */
    RESET_BEFORE_HEAD(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "reset_before_head"),
    /** A FIN before the head was complete. */
    CLOSED_BEFORE_HEAD(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "closed_before_head"),
    /** A head that is none. */
    INVALID_HEAD(Side.UPSTREAM, 502, NextCondition.INVALID_HEADER, true, Severity.ERROR, "invalid_head"),
    /** A head larger than {@code proxy_buffer_size}. */
    HEAD_TOO_BIG(Side.UPSTREAM, 502, NextCondition.INVALID_HEADER, true, Severity.ERROR, "head_too_big"),
    /** 101 that nobody asked for. */
    UNEXPECTED_UPGRADE(Side.UPSTREAM, 502, NextCondition.INVALID_HEADER, true, Severity.ERROR, "unexpected_upgrade"),
    /** {@code proxy_read_timeout} in the body. */
    BODY_TIMEOUT(Side.UPSTREAM, 504, null, false, Severity.ERROR, "body_timeout"),
    /** A reset in the body. */
    BODY_RESET(Side.UPSTREAM, 502, null, false, Severity.ERROR, "body_reset"),
    /** A FIN in the body. */
    BODY_TRUNCATED(Side.UPSTREAM, 502, null, false, Severity.ERROR, "body_truncated"),
    /** Chunks that are none. */
    BODY_INVALID(Side.UPSTREAM, 502, null, false, Severity.ERROR, "body_invalid"),
    /** The address of a name is not known. */
    DNS_FAILURE(Side.UPSTREAM, 502, null, false, Severity.ERROR, "dns_failure"),
    /** The request can't be made, by our configuration. */
    NO_REQUEST(Side.OURS, 500, null, false, Severity.ERROR, "no_request"),
    /** The client went away. */
    CLIENT_CLOSED(Side.CLIENT, 499, null, false, Severity.INFO, "client_closed");

    /** Who is at fault. */
    public enum Side {
        /** The client. */
        CLIENT,
        /** The upstream, or the way to it. */
        UPSTREAM,
        /** This process or machine. */
        OURS
    }

    private final Side side;
    private final int status;
    private final @Nullable NextCondition retriedOn;
    private final boolean counted;
    private final Severity severity;
    private final String cause;

    FaultKind(Side side, int status, @Nullable NextCondition retriedOn, boolean counted, Severity severity,
            String cause) {
        this.side = side;
        this.status = status;
        this.retriedOn = retriedOn;
        this.counted = counted;
        this.severity = severity;
        this.cause = cause;
    }

    /** Who is at fault. */
    public Side side() {
        return side;
    }

    /** The status when no head was sent yet. */
    public int status() {
        return status;
    }

    /** When another server is tried; null for never. */
    public @Nullable NextCondition retriedOn() {
        return retriedOn;
    }

    /** Whether it is an unsuccessful attempt for {@code max_fails}. */
    public boolean isCounted() {
        return counted;
    }

    /** Of the log line. */
    public Severity severity() {
        return severity;
    }

    /** The code that stands for it in logs and the reference. */
    public String cause() {
        return cause;
    }
}
