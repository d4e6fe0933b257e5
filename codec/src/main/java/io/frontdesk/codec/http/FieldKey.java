package io.frontdesk.codec.http;

import io.frontdesk.codec.Octets;
import java.nio.charset.StandardCharsets;

/**
 * A field name made ready when the configuration is compiled: checked once, found and written without more work.
 * Immutable.
 */
public final class FieldKey {
    private final String name;
    private final byte[] wire;
    private final int id;
    private final int hash;

    private FieldKey(String name) {
        this.name = name;
        this.wire = name.getBytes(StandardCharsets.ISO_8859_1);
        long looked = FieldName.lookup(wire, 0, wire.length);
        this.id = FieldName.id(looked);
        this.hash = FieldName.hash(looked);
    }

    /**
     * The key of a name, spelt as it will be written.
     *
     * @throws IllegalArgumentException
     *             when {@link #isValid} is false
     */
    public static FieldKey of(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not a field name: " + name);
        }
        return new FieldKey(name);
    }

    /** Whether a text may be a field name: a token (RFC 9110 §5.1). */
    public static boolean isValid(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) > 0x7e || !Octets.isToken((byte) name.charAt(i))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The name as given. */
    public String name() {
        return name;
    }

    /** The name as bytes. The array is shared: do not write to it. */
    public byte[] wire() {
        return wire;
    }

    /** Its id in {@link FieldName}. */
    public int id() {
        return id;
    }

    /** Its keyed hash. */
    public int hash() {
        return hash;
    }

    @Override
    public String toString() {
        return name;
    }
}
