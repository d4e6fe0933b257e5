package io.frontdesk.engine.fault;

import io.frontdesk.config.Severity;
import org.jspecify.annotations.Nullable;

/**
 * All that can go wrong with a request: the one table of what each cause becomes, from which {@code docs/reference/errors.md} is made. Of
 * each: who is at fault; the status when no head was sent yet (0: it varies); the condition of {@code proxy_next_upstream} under which
 * another server is tried (null: none ever); whether it counts for {@code max_fails}; the severity of the log line; its code; its type in
 * the Proxy-Status field (RFC 9209 §2.3, empty: none); the log's wording; what it means.
 */
public enum FaultKind {
    // @formatter:off: a row each, so that two additions never meet
    /** Every server of the group is down, failing, full or tried already. */
    NO_LIVE_UPSTREAMS(Side.UPSTREAM, 502, null, false, Severity.ERROR, "no_live_upstreams", "destination_unavailable",
            "no live upstreams while connecting to upstream",
            "Every server of the group is down, failing, full or tried already."),
    /** Nobody listens there. */
    CONNECT_REFUSED(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "connect_refused", "connection_refused",
            "connect() failed (111: Connection refused) while connecting to upstream",
            "Nobody listens there."),
    /** No way leads there. */
    CONNECT_UNREACHABLE(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "connect_unreachable", "destination_ip_unroutable",
            "connect() failed (113: No route to host) while connecting to upstream",
            "No way leads there."),
    /** Connecting failed in another way, as to a socket in the file system that is not there. */
    CONNECT_FAILED(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.CRIT, "connect_failed", "destination_unavailable",
            "connect() failed (…) while connecting to upstream",
            "Connecting failed in another way, as to a socket in the file system that is not there."),
    /** The server did not accept within proxy_connect_timeout; what drops packets looks so. */
    CONNECT_TIMEOUT(Side.UPSTREAM, 504, NextCondition.TIMEOUT, true, Severity.ERROR, "connect_timeout", "connection_timeout",
            "upstream timed out (110: Connection timed out) while connecting to upstream",
            "The server did not accept within `proxy_connect_timeout`; what drops packets looks so."),
    /** TLS came to nothing. */
    TLS_HANDSHAKE(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "tls_handshake", "tls_protocol_error",
            "SSL_do_handshake() failed (…) while SSL handshaking to upstream",
            "TLS came to nothing."),
    /** The certificate is not good, or not of the name that was asked for. */
    TLS_CERTIFICATE(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "tls_certificate", "tls_certificate_error",
            "upstream SSL certificate verify error: (…) while SSL handshaking to upstream",
            "The certificate is not good, or not of the name that was asked for."),
    /** Our own certificate for the server can't be had. */
    TLS_OWN_CERTIFICATE(Side.OURS, 500, null, false, Severity.ERROR, "tls_own_certificate", "proxy_configuration_error",
            "cannot load certificate \"…\"",
            "Our own certificate for the server can't be had."),
    /** This machine has no socket, no port or no such address left: not the server's fault. */
    NO_SOCKET(Side.OURS, 500, NextCondition.ERROR, false, Severity.CRIT, "no_socket", "proxy_internal_error",
            "socket() failed (24: Too many open files) while connecting to upstream",
            "This machine has no socket, no port or no such address left: not the server's fault."),
    /** The connection broke while the request was sent. */
    SEND_FAILED(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "send_failed", "connection_terminated",
            "send() failed (32: Broken pipe) while sending request to upstream",
            "The connection broke while the request was sent."),
    /** The server took nothing of the request for proxy_send_timeout. */
    SEND_TIMEOUT(Side.UPSTREAM, 504, NextCondition.TIMEOUT, true, Severity.ERROR, "send_timeout", "connection_write_timeout",
            "upstream timed out (110: Connection timed out) while sending request to upstream",
            "The server took nothing of the request for `proxy_send_timeout`."),
    /** The server sent nothing for proxy_read_timeout, and no head was there yet. */
    READ_TIMEOUT(Side.UPSTREAM, 504, NextCondition.TIMEOUT, true, Severity.ERROR, "read_timeout", "http_response_timeout",
            "upstream timed out (110: Connection timed out) while reading response header from upstream",
            "The server sent nothing for `proxy_read_timeout`, and no head was there yet."),
    /** The server reset the connection before its head was complete: it crashed, or it lets go of idle …. */
    RESET_BEFORE_HEAD(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "reset_before_head", "connection_terminated",
            "recv() failed (104: Connection reset by peer) while reading response header from upstream",
            "The server reset the connection before its head was complete: it crashed, or it lets go of idle connections sooner than we do."),
    /** The server closed the connection before its head was complete. */
    CLOSED_BEFORE_HEAD(Side.UPSTREAM, 502, NextCondition.ERROR, true, Severity.ERROR, "closed_before_head", "http_response_incomplete",
            "upstream prematurely closed connection while reading response header from upstream",
            "The server closed the connection before its head was complete."),
    /** What the server sent is no HTTP head that we trust. It never passes on. */
    INVALID_HEAD(Side.UPSTREAM, 502, NextCondition.INVALID_HEADER, true, Severity.ERROR, "invalid_head", "http_protocol_error",
            "upstream sent invalid header: \"…\" while reading response header from upstream",
            "What the server sent is no HTTP head that we trust. It never passes on."),
    /** The server's head is larger than proxy_buffer_size; large cookies are the usual reason. */
    HEAD_TOO_BIG(Side.UPSTREAM, 502, NextCondition.INVALID_HEADER, true, Severity.ERROR, "head_too_big", "http_response_header_section_size",
            "upstream sent too big header while reading response header from upstream",
            "The server's head is larger than `proxy_buffer_size`; large cookies are the usual reason."),
    /** The server went over to another protocol, and nobody had asked it to. */
    UNEXPECTED_UPGRADE(Side.UPSTREAM, 502, NextCondition.INVALID_HEADER, true, Severity.ERROR, "unexpected_upgrade", "http_upgrade_failed",
            "upstream sent unexpected 101 response while reading response header from upstream",
            "The server went over to another protocol, and nobody had asked it to."),
    /** The server sent nothing for proxy_read_timeout in the body: what the client has is cut off. */
    BODY_TIMEOUT(Side.UPSTREAM, 504, null, false, Severity.ERROR, "body_timeout", "http_response_timeout",
            "upstream timed out (110: Connection timed out) while reading upstream",
            "The server sent nothing for `proxy_read_timeout` in the body: what the client has is cut off."),
    /** The server reset the connection in the body: what the client has is cut off. */
    BODY_RESET(Side.UPSTREAM, 502, null, false, Severity.ERROR, "body_reset", "http_response_incomplete",
            "recv() failed (104: Connection reset by peer) while reading upstream",
            "The server reset the connection in the body: what the client has is cut off."),
    /** The server closed the connection before the body had ended: what the client has is cut off. */
    BODY_TRUNCATED(Side.UPSTREAM, 502, null, false, Severity.ERROR, "body_truncated", "http_response_incomplete",
            "upstream prematurely closed connection while reading upstream",
            "The server closed the connection before the body had ended: what the client has is cut off."),
    /** The server's chunks are none: what the client has is cut off. */
    BODY_INVALID(Side.UPSTREAM, 502, null, false, Severity.ERROR, "body_invalid", "http_response_transfer_coding",
            "upstream sent invalid chunked response while reading upstream",
            "The server's chunks are none: what the client has is cut off."),
    /** The address of a name that holds variables is not known, or no resolver is there to ask. */
    DNS_FAILURE(Side.UPSTREAM, 502, null, false, Severity.ERROR, "dns_failure", "dns_error",
            "NAME could not be resolved (3: Host not found)",
            "The address of a name that holds variables is not known, or no `resolver` is there to ask."),
    /** The server sent more than its head had announced; the connection is not used again. */
    BODY_EXCESS(Side.UPSTREAM, 0, null, false, Severity.WARN, "body_excess", "",
            "upstream sent more data than specified in the response while reading upstream",
            "The server sent more than its head had announced: the rest is dropped, and the connection is not used again."),
    /** A field of the server's head that may be there once is there twice. */
    FIELD_IGNORED(Side.UPSTREAM, 0, null, false, Severity.WARN, "field_ignored", "",
            "upstream sent duplicate header line: \"…\", previous value: \"…\", ignored while reading response header from upstream",
            "A field of the server's head that may be there once is there twice: the first one counts."),
    /** The server failed max_fails times, or its checks say so: it is left out for a while. */
    SERVER_DISABLED(Side.UPSTREAM, 0, null, false, Severity.WARN, "server_disabled", "",
            "upstream server temporarily disabled while …",
            "The server failed `max_fails` times, or its checks failed: it is left out for a while."),
    /** The server itself answered with this status, 400 or more: its log knows why. */
    UPSTREAM_STATUS(Side.UPSTREAM, 0, null, false, Severity.INFO, "upstream_status", "",
            "",
            "The server itself answered with this status, 400 or more: its log knows why."),
    /** The request for the server can't be made of what the configuration and its variables say. */
    NO_REQUEST(Side.OURS, 500, null, false, Severity.ERROR, "no_request", "proxy_configuration_error",
            "invalid URL prefix in \"…\"",
            "The request for the server can't be made of what the configuration and its variables say."),
    /** The client went away before it was answered. */
    CLIENT_CLOSED(Side.CLIENT, 499, null, false, Severity.INFO, "client_closed", "",
            "client prematurely closed connection",
            "The client went away before it was answered."),
    /** The client sent nothing more for client_header_timeout or client_body_timeout, or took nothing for send_timeout. */
    CLIENT_TIMEOUT(Side.CLIENT, 408, null, false, Severity.INFO, "client_timeout", "",
            "client timed out (110: Connection timed out) while reading client request body",
            "The client sent nothing more for `client_header_timeout` or `client_body_timeout`, or took nothing for `send_timeout`."),
    /** TLS with the client came to nothing, or its certificate is not good. */
    TLS_CLIENT(Side.CLIENT, 400, null, false, Severity.INFO, "tls_client", "",
            "SSL_do_handshake() failed (…) while SSL handshaking",
            "TLS with the client came to nothing, its certificate is not good or missing, or it speaks HTTP to a port of TLS."),
    /** What the client sent is no HTTP request, or one that leaves in doubt where it ends or whom it is for. */
    BAD_REQUEST(Side.CLIENT, 400, null, false, Severity.INFO, "bad_request", "http_request_error",
            "client sent invalid request while reading client request line",
            "What the client sent is no HTTP request, or one that leaves in doubt where it ends or whom it is for."),
    /** The request's head is larger than large_client_header_buffers, or has more fields than max_headers. */
    REQUEST_HEAD_TOO_BIG(Side.CLIENT, 400, null, false, Severity.INFO, "request_head_too_big", "http_request_error",
            "client sent too long header line",
            "The request's head is larger than `large_client_header_buffers`, or has more fields than `max_headers`."),
    /** The request's line is longer than one of large_client_header_buffers. */
    URI_TOO_LONG(Side.CLIENT, 414, null, false, Severity.INFO, "uri_too_long", "http_request_error",
            "client sent too long URI",
            "The request's line is longer than one of `large_client_header_buffers`."),
    /** The request's body is larger than client_max_body_size. */
    BODY_TOO_LARGE(Side.CLIENT, 413, null, false, Severity.ERROR, "body_too_large", "http_request_error",
            "client intended to send too large body: … bytes",
            "The request's body is larger than `client_max_body_size`."),
    /** The location does nothing by this method. */
    METHOD_NOT_ALLOWED(Side.CLIENT, 405, null, false, Severity.INFO, "method_not_allowed", "http_request_error",
            "",
            "The location does nothing by this method."),
    /** No such file, and no location that makes it. */
    NOT_FOUND(Side.CLIENT, 404, null, false, Severity.ERROR, "not_found", "",
            "open() \"…\" failed (2: No such file or directory)",
            "No such file, and no location that makes it."),
    /** The client asks for bytes behind the end. */
    RANGE_NOT_SATISFIABLE(Side.CLIENT, 416, null, false, Severity.INFO, "range_not_satisfiable", "",
            "",
            "The client asks for bytes behind the end."),
    /** The request asks for something of HTTP that we do not do. */
    NOT_IMPLEMENTED(Side.CLIENT, 501, null, false, Severity.INFO, "not_implemented", "http_request_error",
            "client sent unknown \"Transfer-Encoding\"",
            "The request asks for something of HTTP that we do not do."),
    /** A URI that a server or a page names leads out of the tree, or is none. */
    UNSAFE_URI(Side.UPSTREAM, 404, null, false, Severity.ERROR, "unsafe_uri", "",
            "unsafe URI \"…\" was detected",
            "The URI of an `X-Accel-Redirect` or of an include leads out of the tree, or is none."),
    /** A deny line, or another rule about who may come in. */
    DENIED(Side.RULE, 403, null, false, Severity.ERROR, "denied", "http_request_denied",
            "access forbidden by rule",
            "A `deny` line, or another rule about who may come in."),
    /** The client did not say who it is, or not so that we believe it. */
    UNAUTHORIZED(Side.RULE, 401, null, false, Severity.INFO, "unauthorized", "http_request_denied",
            "no user/password was provided for basic authentication",
            "The client did not say who it is, or not so that we believe it."),
    /** limit_req or limit_conn: too many of one key. */
    LIMITED(Side.RULE, 503, null, false, Severity.ERROR, "limited", "http_request_denied",
            "limiting requests, excess: … by zone \"…\"",
            "`limit_req` or `limit_conn`: too many of one key."),
    /** A return, rewrite, try_files or error_page line says that this is the answer. */
    CONFIGURED(Side.RULE, 0, null, false, Severity.INFO, "configured", "proxy_internal_response",
            "",
            "A `return`, `rewrite`, `try_files` or `error_page` line says that this is the answer."),
    /** The file may not be read, or a folder has no index and is not to be listed. */
    FORBIDDEN(Side.OURS, 403, null, false, Severity.ERROR, "forbidden", "",
            "directory index of \"…\" is forbidden",
            "The file may not be read, or a folder has no index and is not to be listed."),
    /** Reading a file failed. */
    FILE_FAILED(Side.OURS, 500, null, false, Severity.CRIT, "file_failed", "proxy_internal_error",
            "open() \"…\" failed (24: Too many open files)",
            "Reading a file failed."),
    /** A temporary file can't be made or written. */
    DISK_FAILED(Side.OURS, 500, null, false, Severity.CRIT, "disk_failed", "proxy_internal_error",
            "pwrite() \"…\" failed (28: No space left on device)",
            "A temporary file can't be made or written."),
    /** More than ten rewrites or internal redirects: the configuration sends the request in a circle. */
    REDIRECT_CYCLE(Side.OURS, 500, null, false, Severity.ERROR, "redirect_cycle", "proxy_configuration_error",
            "rewrite or internal redirection cycle while …",
            "More than ten rewrites or internal redirects: the configuration sends the request in a circle."),
    /** The configuration sends the request to a named location that is not there. */
    NO_NAMED_LOCATION(Side.OURS, 500, null, false, Severity.ERROR, "no_named_location", "proxy_configuration_error",
            "could not find named location \"@…\"",
            "The configuration sends the request to a named location that is not there."),
    /** A rewrite leaves nothing of the URI. */
    NO_URI(Side.OURS, 500, null, false, Severity.ERROR, "no_uri", "proxy_configuration_error",
            "the rewritten URI has a zero length",
            "A `rewrite` leaves nothing of the URI."),
    /** A variable's value does not fit where the configuration puts it: the line is passed over. */
    INVALID_VALUE(Side.OURS, 0, null, false, Severity.ERROR, "invalid_value", "",
            "the value of the field \"…\" holds a line break or a NUL, the field is dropped",
            "A variable's value does not fit where the configuration puts it (a line break in a field, an address that is none, a key or "
                    + "charset that can't be): the line is passed over."),
    /** A variable is used that nothing was put into. */
    UNSET_VARIABLE(Side.OURS, 0, null, false, Severity.WARN, "unset_variable", "",
            "using uninitialized \"…\" variable",
            "A variable is used that no `set` put anything into; it is empty."),
    /** A request that was made inside this one came to nothing. */
    SUBREQUEST_FAILED(Side.OURS, 500, null, false, Severity.ERROR, "subrequest_failed", "proxy_internal_error",
            "auth request unexpected status: …",
            "A request that was made inside this one came to nothing: `auth_request` got a status that is neither yes nor no, or "
                    + "what was to be kept is larger than `subrequest_output_buffer_size`."),
    /** A command in a page that is read for SSI can't be carried out. */
    SSI_COMMAND(Side.OURS, 0, null, false, Severity.ERROR, "ssi_command", "",
            "invalid SSI command",
            "A command in a page that is read for `ssi` can't be carried out; `ssi_silent_errors` says what the page shows."),
    /** A body did not fit into memory, and waits in a file. */
    BUFFERED_ON_DISK(Side.OURS, 0, null, false, Severity.WARN, "buffered_on_disk", "",
            "an upstream response is buffered to a temporary file … while reading upstream",
            "A body does not fit into `client_body_buffer_size`, or, as the client is slower than the server, not into `proxy_buffers`: it "
                    + "waits in a file, and nothing is lost."),
    /** This machine has no memory or no thread to spare for the request. */
    OVERLOADED(Side.OURS, 503, null, false, Severity.ERROR, "overloaded", "proxy_internal_error",
            "too many passwords wait to be compared",
            "This machine has no memory, or no thread, to spare for the request."),
    /** An expression takes too many steps on this text. */
    REGEX_LIMIT(Side.OURS, 500, null, false, Severity.ERROR, "regex_limit", "proxy_configuration_error",
            "pcre2_match() failed: match limit exceeded on \"…\"",
            "An expression takes too many steps on this text."),
    /** Something failed that has no cause of its own. */
    INTERNAL(Side.OURS, 500, null, false, Severity.ERROR, "internal", "proxy_internal_error",
            "",
            "Something failed that has no cause of its own."),
    /** A mistake of ours: please report the line of the log, which has the stack. */
    BUG(Side.OURS, 500, null, false, Severity.ALERT, "bug", "proxy_internal_error",
            "exception …",
            "A mistake of ours: please report the line of the log, which has the stack.");
    // @formatter:on

    /** Who is at fault. */
    public enum Side {
        /** The client. */
        CLIENT,
        /** The upstream, or the way to it. */
        UPSTREAM,
        /** Nobody: the configuration wants it so. */
        RULE,
        /** This process, its machine or its configuration. */
        OURS
    }

    private final Side side;
    private final int status;
    private final @Nullable NextCondition retriedOn;
    private final boolean counted;
    private final Severity severity;
    private final String cause;
    private final String proxyError;
    private final String wording;
    private final String doc;

    FaultKind(Side side, int status, @Nullable NextCondition retriedOn, boolean counted, Severity severity,
            String cause, String proxyError, String wording, String doc) {
        this.side = side;
        this.status = status;
        this.retriedOn = retriedOn;
        this.counted = counted;
        this.severity = severity;
        this.cause = cause;
        this.proxyError = proxyError;
        this.wording = wording;
        this.doc = doc;
    }

    /** Who is at fault. */
    public Side side() {
        return side;
    }

    /** The status when no head was sent yet; 0 when it varies. */
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

    /** RFC 9209 §2.3: its type in the Proxy-Status field, empty for none. */
    public String proxyError() {
        return proxyError;
    }

    /** Whether configurations let it happen on purpose, so that an {@code error_page} finds another way: then it is none if that answers. */
    public boolean isWayOn() {
        return this == NOT_FOUND || this == METHOD_NOT_ALLOWED || this == CONFIGURED;
    }

    /** How the log words it; empty when there is no line. */
    public String wording() {
        return wording;
    }

    /** What it means. */
    public String doc() {
        return doc;
    }

    /** What an answer of this status is put down to when nobody said more. */
    public static FaultKind ofStatus(int status) {
        return switch (status) {
            case 400, 421, 505 -> BAD_REQUEST;
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 408 -> CLIENT_TIMEOUT;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 416 -> RANGE_NOT_SATISFIABLE;
            case 431, 494 -> REQUEST_HEAD_TOO_BIG;
            case 495, 496, 497 -> TLS_CLIENT;
            case 499 -> CLIENT_CLOSED;
            case 500 -> INTERNAL;
            case 501 -> NOT_IMPLEMENTED;
            default -> CONFIGURED;
        };
    }
}
