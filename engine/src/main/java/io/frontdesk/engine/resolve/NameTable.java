package io.frontdesk.engine.resolve;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a resolver knows, in a bounded number: the one not asked for longest makes room. Owned by its resolver, on its loop. */
final class NameTable {
    private final int limit;
    private final Map<String, Name> names = new LinkedHashMap<>(16, 0.75f, true);

    NameTable(int limit) {
        this.limit = limit;
    }

    /** The name, or null when it is not known. */
    @Nullable
    Name find(String text) {
        return names.get(text);
    }

    /** The name, known or new. */
    Name get(String text) {
        Name known = names.get(text);
        if (known != null) {
            return known;
        }
        if (names.size() >= limit) {
            makeRoom();
        }
        Name made = new Name(text);
        names.put(text, made);
        return made;
    }

    /** A name that is being asked for must stay; their number has a lower limit. */
    private void makeRoom() {
        Iterator<Name> eldest = names.values().iterator();
        while (eldest.hasNext()) {
            if (eldest.next().query() == null) {
                eldest.remove();
                return;
            }
        }
    }

    /** Drops a name of which nothing is known. */
    void dropIfEmpty(Name name) {
        if (name.isEmpty()) {
            names.remove(name.text());
        }
    }

    int size() {
        return names.size();
    }

    Iterable<Name> all() {
        return names.values();
    }
}
