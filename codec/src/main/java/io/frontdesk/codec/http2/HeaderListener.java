package io.frontdesk.codec.http2;

/** Takes the fields of a header block one by one. The arrays are borrowed for the call, and must not be written to. */
@FunctionalInterface
public interface HeaderListener {
    /** A field, pseudo-header fields included. */
    void field(byte[] name, int nameOffset, int nameLength, byte[] value, int valueOffset, int valueLength);
}
