package io.frontdesk.codec.http;

import io.frontdesk.codec.Octets;
import java.nio.charset.StandardCharsets;

/**
 * The request methods that something here tells apart; any other token is {@link #OTHER}. Case-sensitive (RFC 9110
 * §9.1).
 */
public enum Method {
    /** Transfer a representation. */
    GET,
    /** As GET, without the content. */
    HEAD,
    /** Process the content. */
    POST,
    /** Replace the resource. */
    PUT,
    /** Remove the resource. */
    DELETE,
    /** WebDAV: make a collection. */
    MKCOL,
    /** WebDAV: copy. */
    COPY,
    /** WebDAV: move. */
    MOVE,
    /** Ask for what is possible. */
    OPTIONS,
    /** WebDAV: read properties. */
    PROPFIND,
    /** WebDAV: change properties. */
    PROPPATCH,
    /** WebDAV: lock. */
    LOCK,
    /** WebDAV: unlock. */
    UNLOCK,
    /** Change the resource in part. */
    PATCH,
    /** Loop the message back; refused. */
    TRACE,
    /** Open a tunnel; refused unless configured. */
    CONNECT,
    /** Any other token: its text is in the request head. */
    OTHER;

    private static final Method[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // never written to
    private final byte[] wire = name().getBytes(StandardCharsets.ISO_8859_1);
    private final long word = Octets.word(wire, 0, wire.length);

    /** The bytes on the wire; meaningless for {@link #OTHER}. The array is shared: do not write to it. */
    public byte[] wire() {
        return wire;
    }

    /** The method that the bytes name, {@link #OTHER} when none. */
    public static Method of(byte[] array, int offset, int length) {
        if (length == 3 && Octets.word(array, offset, 3) == GET.word) {
            return GET;
        }
        if (length < 3 || length > 9) {
            return OTHER;
        }
        long word = Octets.word(array, offset, length);
        for (Method method : ALL) {
            if (method.word == word && method.wire.length == length && method != OTHER
                    && (length < 9 || array[offset + 8] == method.wire[8])) {
                return method;
            }
        }
        return OTHER;
    }

    /** The method that the text names, {@link #OTHER} when none. */
    public static Method of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        return of(bytes, 0, bytes.length);
    }

    /** Whether a repeated request has no other effect than one (RFC 9110 §9.2.2), as nginx counts it for retries. */
    public boolean isIdempotent() {
        // nginx: only POST, LOCK and PATCH are non-idempotent for proxy_next_upstream
        return this != POST && this != LOCK && this != PATCH;
    }
}
