package io.frontdesk.testkit.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The checks of a case beside what it wants: {@code name} or {@code name=value}, parted by semicolons. A name may stand more than once.
 *
 * @param values the values of each name, with their escapes undone
 */
public record Checks(Map<String, List<String>> values) {
    private static final Set<String> KNOWN = Set.of("c.status", "c.close", "c.body", "c.nohdr", "c.raw", "c.raw!",
            "c.no1xx", "c.maxbytes", "b.hdr", "b.nohdr", "b.only", "b.body", "b.raw", "b.raw!", "b.order", "half-ok",
            "noreply-ok", "sm-ok",
            // These say what is checked of every case.
            "c.clean", "c.notboth", "b.smug-own-head", "b.any");

    static Checks parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String check : text.split(";")) {
            if (check.isEmpty()) {
                continue;
            }
            // "!=" is no equals sign: the name of such a check ends with the exclamation mark.
            int equals = check.indexOf('=');
            String name = equals < 0 ? check : check.substring(0, equals);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("the corpus checks \"" + name + "\", which nobody knows");
            }
            values.computeIfAbsent(name, n -> new ArrayList<>())
                    .add(equals < 0 ? "" : Macros.unescape(check.substring(equals + 1)));
        }
        return new Checks(values);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    List<String> of(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The statuses that the case names; none: it goes by what it wants alone. */
    Set<Integer> statuses() {
        return of("c.status").stream().flatMap(list -> Arrays.stream(list.split("\\|"))).map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }
}
