package io.frontdesk.engine.lookup;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Position;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Host names to values: exact ones, then the longest {@code *.name}, then the longest {@code name.*}; {@code .name} stands for both
 * {@code name} and {@code *.name}. Compared without regard to case. nginx: its combined hash. Immutable, any thread.
 */
public final class HostTable<V> {
    private final ByteTable<V> exact;
    private final ByteTable<V> leading;
    private final ByteTable<V> trailing;

    private HostTable(Builder<V> builder) {
        exact = new ByteTable<>(builder.exact);
        leading = new ByteTable<>(builder.leading);
        trailing = new ByteTable<>(builder.trailing);
    }

    /** Whether there is no name at all. */
    public boolean isEmpty() {
        return exact.size() + leading.size() + trailing.size() == 0;
    }

    /** The value of a host, or null. */
    public @Nullable V find(byte[] bytes, int offset, int length) {
        V found = exact.find(bytes, offset, length);
        if (found != null || length == 0) {
            return found;
        }
        int end = offset + length;
        if (leading.size() > 0) {
            for (int i = offset; i < end; i++) {
                if (bytes[i] == '.') {
                    found = leading.find(bytes, i, end - i);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        if (trailing.size() > 0) {
            for (int i = end - 1; i >= offset; i--) {
                if (bytes[i] == '.') {
                    found = trailing.find(bytes, offset, i + 1 - offset);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /** Whether a name may stand in a table. nginx: at most one asterisk, as a whole label at either end; no two dots together. */
    public static boolean isValid(String name) {
        if (name.contains("..") || name.indexOf('\0') >= 0) {
            return false;
        }
        int star = name.indexOf('*');
        if (star < 0) {
            return true;
        }
        boolean atAnEnd = name.length() > 2 && (name.startsWith("*.") || name.endsWith(".*"));
        return star == name.lastIndexOf('*') && (atAnEnd || name.startsWith("."));
    }

    /** Collects the names of one table. Control plane. */
    public static final class Builder<V> {
        private final Map<String, V> exact = new HashMap<>();
        private final Map<String, V> leading = new HashMap<>();
        private final Map<String, V> trailing = new HashMap<>();

        /** Adds a key that is taken as it is, asterisks too; false when it is there. */
        public boolean addExact(String key, V value) {
            return exact.putIfAbsent(lower(key), value) == null;
        }

        /** Adds a name or wildcard; false when it is there. */
        public boolean add(String name, V value) {
            String key = lower(name);
            if (key.length() > 1 && key.startsWith(".")) {
                return exact.putIfAbsent(key.substring(1), value) == null && leading.putIfAbsent(key, value) == null;
            }
            if (key.length() > 2 && key.startsWith("*.")) {
                return leading.putIfAbsent(key.substring(1), value) == null;
            }
            if (key.length() > 2 && key.endsWith(".*")) {
                return trailing.putIfAbsent(key.substring(0, key.length() - 1), value) == null;
            }
            return exact.putIfAbsent(key, value) == null;
        }

        /** Adds a name or wildcard that stands at {@code at}, with nginx's wording when it may not stand there. */
        public void add(String name, V value, Position at) throws ConfigException {
            if (!isValid(name)) {
                throw ConfigException.at(at, "invalid hostname or wildcard \"%s\"", name);
            }
            if (!add(name, value)) {
                throw ConfigException.at(at, "conflicting parameter \"%s\"", name);
            }
        }

        /** Letters of ASCII only, as the search folds them. */
        private static String lower(String name) {
            StringBuilder lower = new StringBuilder(name);
            for (int i = 0; i < lower.length(); i++) {
                char c = lower.charAt(i);
                if (c >= 'A' && c <= 'Z') {
                    lower.setCharAt(i, (char) (c + 32));
                }
            }
            return lower.toString();
        }

        /** The table. */
        public HostTable<V> build() {
            return new HostTable<>(this);
        }
    }
}
