package io.frontdesk.engine.response;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.config.Shape;
import io.frontdesk.config.Shapes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of media types, as {@code charset_types}, {@code gzip_types} and their kin give it. Immutable, shared by all
 * loops.
 */
public final class MediaTypes {
    private final byte[][] types;
    private final boolean all;

    private MediaTypes(Set<String> types, boolean all) {
        this.types = types.stream().map(type -> Bytes.of(type).toArray()).toArray(byte[][]::new);
        this.all = all;
    }

    /** The set of these types. */
    public static MediaTypes of(String... types) {
        return new MediaTypes(new LinkedHashSet<>(List.of(types)), false);
    }

    /**
     * The shape of a directive that gives a set; {@code always} is in it whatever is written, {@code *} means any type.
     */
    public static Shape<MediaTypes> shape(String always) {
        return Shapes.of("mime-type ...", 1, Integer.MAX_VALUE, call -> {
            Set<String> types = new LinkedHashSet<>();
            types.add(always);
            boolean all = false;
            for (int i = 0; i < call.args().size(); i++) {
                String type = call.text(i);
                all |= type.equals("*");
                if (!types.add(type)) {
                    call.warn("duplicate MIME type \"%s\"", type);
                }
            }
            return new MediaTypes(types, all);
        }, MediaTypes::toString);
    }

    /** Whether a Content-Type, its parameters left out, is in the set. */
    public boolean contains(Bytes contentType) {
        if (all) {
            return true;
        }
        int length = Octets.indexOf((byte) ';', contentType.array(), 0, contentType.length());
        while (length > 0 && contentType.get(length - 1) == ' ') {
            length--;
        }
        for (byte[] type : types) {
            if (type.length == length && Octets.equalsFolded(type, 0, contentType.array(), 0, length)) {
                return true;
            }
        }
        return false;
    }

    /** As it is written in a configuration. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(all ? "*" : "");
        for (byte[] type : types) {
            text.append(text.isEmpty() ? "" : " ")
                    .append(new String(type, java.nio.charset.StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }
}
