package io.frontdesk.engine.http2;

import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http2.HeaderListener;

/** Gathers the fields behind a request's content, which must not be pseudo-header fields (RFC 9113 §8.1). Owned by its connection. */
final class TrailerFields implements HeaderListener {
    private static final int MAX_FIELDS = 100;

    private final Fields fields = new Fields();
    private boolean broken;

    void clear() {
        fields.clear();
        broken = false;
    }

    Fields fields() {
        return fields;
    }

    boolean isBroken() {
        return broken;
    }

    @Override
    public void field(byte[] name, int nameOffset, int nameLength, byte[] value, int valueOffset, int valueLength) {
        broken |= fields.size() >= MAX_FIELDS || hasCapital(name, nameOffset, nameOffset + nameLength)
                || Octets.indexOfControl(value, valueOffset, valueOffset + valueLength) < valueOffset + valueLength;
        // a name that begins with a colon is no token
        broken = broken || !fields.add(name, nameOffset, nameLength, value, valueOffset, valueLength);
    }

    private static boolean hasCapital(byte[] name, int from, int to) {
        for (int i = from; i < to; i++) {
            if (name[i] >= 'A' && name[i] <= 'Z') {
                return true;
            }
        }
        return false;
    }
}
