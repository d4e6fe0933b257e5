package io.frontdesk.modules.charset;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The charsets that a configuration names, and the maps between them. Grows while it is compiled; then shared by all loops. */
final class Charsets {
    private final Set<String> names = new TreeSet<>();
    private final List<CharsetMap> maps = new ArrayList<>();

    /** Notes a name. */
    void name(String name) {
        names.add(name.toLowerCase(Locale.ROOT));
    }

    /** Notes a map; false when there is one between its charsets. */
    boolean add(CharsetMap map) {
        if (map(map.from(), map.to()) != null) {
            return false;
        }
        name(map.from());
        name(map.to());
        maps.add(map);
        return true;
    }

    /** Whether a name stands in the configuration. */
    boolean isKnown(String name) {
        return names.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether nothing was named. */
    boolean isEmpty() {
        return names.isEmpty();
    }

    /** The map between two charsets, in either direction, or null. */
    @Nullable
    CharsetMap map(String from, String to) {
        for (CharsetMap map : maps) {
            if (map.from().equalsIgnoreCase(from) && map.to().equalsIgnoreCase(to)
                    || map.from().equalsIgnoreCase(to) && map.to().equalsIgnoreCase(from)) {
                return map;
            }
        }
        return null;
    }
}
