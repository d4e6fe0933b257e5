package io.frontdesk.codec.http;

import java.nio.charset.StandardCharsets;

/** The protocol version of a message; a higher minor of 1 counts as 1.1 (RFC 9110 §2.5). */
public enum HttpVersion {
    /** A request line without version; its answer has no head. */
    HTTP_0_9("HTTP/0.9"),
    /** HTTP/1.0. */
    HTTP_1_0("HTTP/1.0"),
    /** HTTP/1.1. */
    HTTP_1_1("HTTP/1.1"),
    /** HTTP/2. */
    HTTP_2("HTTP/2.0"),
    /** HTTP/3. */
    HTTP_3("HTTP/3.0");

    private final String text;
    @SuppressWarnings("ImmutableEnumChecker") // never written to
    private final byte[] wire;

    HttpVersion(String text) {
        this.text = text;
        this.wire = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The name as nginx writes it in {@code $server_protocol}. */
    public String text() {
        return text;
    }

    /** The name as bytes. The array is shared: do not write to it. */
    public byte[] wire() {
        return wire;
    }

    /** Whether this version is that one or later. */
    public boolean isAtLeast(HttpVersion other) {
        return compareTo(other) >= 0;
    }
}
