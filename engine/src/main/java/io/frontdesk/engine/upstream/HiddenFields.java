package io.frontdesk.engine.upstream;

import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A set of field names, in any case, for a fast look at the fields of a message. Immutable, shared by all loops. */
public final class HiddenFields {
    /** The empty set. */
    public static final HiddenFields NONE = new HiddenFields(List.of());

    private final boolean[] known = new boolean[FieldName.COUNT];
    private final FieldKey[] others;

    /** Of these names; those that are no names match nothing. */
    public HiddenFields(Collection<String> names) {
        List<FieldKey> rest = new ArrayList<>();
        for (String name : names) {
            if (!FieldKey.isValid(name)) {
                continue;
            }
            FieldKey key = FieldKey.of(name);
            if (key.id() != FieldName.UNKNOWN) {
                known[key.id()] = true;
            } else {
                rest.add(key);
            }
        }
        others = rest.toArray(new FieldKey[0]);
    }

    /** Whether a known name is in the set. */
    boolean contains(int id) {
        return known[id];
    }

    /** Whether a field's name is in the set. */
    public boolean contains(Fields fields, int index) {
        int id = fields.id(index);
        if (id != FieldName.UNKNOWN) {
            return known[id];
        }
        for (FieldKey key : others) {
            if (fields.isNamed(index, key)) {
                return true;
            }
        }
        return false;
    }
}
