package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Set-Cookie taken apart: name and value first, then its attributes. One use. */
final class SetCookie {
    private record Part(String name, @Nullable String value) {
        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private final List<Part> parts = new ArrayList<>();

    /** Takes a field's value apart, whose names and values lose the blanks around them. */
    SetCookie(String text) {
        int from = 0;
        while (true) {
            int end = text.indexOf(';', from);
            String part = end < 0 ? text.substring(from) : text.substring(from, end);
            int equals = part.indexOf('=');
            parts.add(equals < 0
                    ? new Part(trim(part), null)
                    : new Part(trim(part.substring(0, equals)), trim(part.substring(equals + 1))));
            if (end < 0) {
                return;
            }
            from = end + 1;
        }
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    /** Whether it is a cookie at all. */
    boolean isValid() {
        return parts.getFirst().value != null;
    }

    /** The cookie's name. */
    String name() {
        return parts.getFirst().name;
    }

    /** How many parts there are; 0 is the cookie itself. */
    int size() {
        return parts.size();
    }

    /** The value of an attribute when it has that name and a value, else null. */
    @Nullable
    String attribute(int index, String name) {
        Part part = parts.get(index);
        return part.is(name) ? part.value : null;
    }

    /** Replaces an attribute's value. */
    void value(int index, String value) {
        parts.set(index, new Part(parts.get(index).name, value));
    }

    /** Adds and removes attributes; false when nothing is asked for. */
    boolean apply(Set<CookieFlag> flags) {
        if (flags.isEmpty()) {
            return false;
        }
        flag("Secure", flags.contains(CookieFlag.SECURE), flags.contains(CookieFlag.NOSECURE));
        flag("HttpOnly", flags.contains(CookieFlag.HTTPONLY), flags.contains(CookieFlag.NOHTTPONLY));
        String sameSite = flags.contains(CookieFlag.SAMESITE_STRICT)
                ? "Strict"
                : flags.contains(CookieFlag.SAMESITE_LAX)
                        ? "Lax"
                        : flags.contains(CookieFlag.SAMESITE_NONE) ? "None" : null;
        if (sameSite != null) {
            sameSite(sameSite);
        } else if (flags.contains(CookieFlag.NOSAMESITE)) {
            remove("SameSite");
        }
        return true;
    }

    private void flag(String name, boolean adds, boolean removes) {
        if (adds) {
            for (int i = 1; i < parts.size(); i++) {
                if (parts.get(i).is(name)) {
                    return;
                }
            }
            parts.add(new Part(name, null));
        } else if (removes) {
            remove(name);
        }
    }

    private void sameSite(String value) {
        for (int i = 1; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.is("SameSite")) {
                if (part.value == null || !part.value.equalsIgnoreCase(value)) {
                    parts.set(i, new Part("SameSite", value));
                }
                return;
            }
        }
        parts.add(new Part("SameSite", value));
    }

    private void remove(String name) {
        List<Part> attributes = parts.subList(1, parts.size());
        attributes.removeIf(part -> part.is(name));
    }

    /** Puts it together again. */
    void append(Bytes out) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (i > 0) {
                out.write("; ");
            }
            out.write(part.name);
            if (part.value != null) {
                out.write('=');
                out.write(part.value);
            }
        }
    }
}
