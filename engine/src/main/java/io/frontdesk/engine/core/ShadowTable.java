package io.frontdesk.engine.core;

import io.frontdesk.engine.lint.Place;
import io.frontdesk.engine.lint.RegexFacts;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPattern.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which location of one level takes all that a regex location could: those with {@code ^~}, and the expressions before it. Looks up texts
 * in tables, so that a level of many locations costs little. Lint; one thread.
 */
final class ShadowTable {
    private final NavigableMap<String, Place> prefixes = new TreeMap<>();
    private final Map<String, Place> texts = new HashMap<>();
    private final Map<String, Place> heads = new HashMap<>();
    private final Map<String, Place> caselessHeads = new HashMap<>();
    private final Map<String, Place> tails = new HashMap<>();
    private final Map<String, Place> caselessTails = new HashMap<>();
    private @Nullable Place all;

    ShadowTable(List<Place> level) {
        for (Place place : level) {
            LocationPattern pattern = place.pattern();
            if (pattern.kind() == Kind.PREFIX || pattern.kind() == Kind.PREFIX_NO_REGEX) {
                prefixes.put(pattern.text(), place);
            }
        }
    }

    /** Adds an expression that is tried before those that follow. */
    void add(Place place, @Nullable RegexFacts facts) {
        texts.putIfAbsent(key(place.pattern()), place);
        if (facts == null) {
            return;
        }
        if (all == null && facts.matchesAll()) {
            all = place;
        }
        if (facts.wholeHead()) {
            facts.prefixes().forEach(head -> (facts.caseless() ? caselessHeads : heads).putIfAbsent(head, place));
        }
        if (facts.wholeTail()) {
            facts.suffixes().forEach(tail -> (facts.caseless() ? caselessTails : tails).putIfAbsent(tail, place));
        }
    }

    /** What takes all that an expression could match; null where that is not certain. */
    @Nullable
    Place of(LocationPattern pattern, @Nullable RegexFacts facts) {
        if (all != null) {
            return all;
        }
        Place same = texts.getOrDefault(Kind.REGEX_CASELESS + " " + pattern.text(), texts.get(key(pattern)));
        if (same != null || facts == null) {
            return same;
        }
        Place found = byAll(facts.prefixes(), head -> keptOut(head, facts.caseless()));
        if (found == null) {
            found = byAll(facts.prefixes(), head -> head(head, facts.caseless()));
        }
        return found != null ? found : byAll(facts.suffixes(), tail -> tail(tail, facts.caseless()));
    }

    private interface Search {
        @Nullable
        Place find(String affix);
    }

    /** What is found for the first affix, if something is found for each. */
    private static @Nullable Place byAll(List<String> affixes, Search search) {
        Place first = null;
        for (String affix : affixes) {
            Place found = search.find(affix);
            if (found == null) {
                return null;
            }
            first = first == null ? found : first;
        }
        return first;
    }

    /** The {@code ^~} location that each path with this beginning leads to. */
    private @Nullable Place keptOut(String head, boolean caseless) {
        if (caseless && hasLetter(head)) {
            return null;
        }
        Place longest = null;
        for (int length = head.length(); length > 0 && longest == null; length--) {
            longest = prefixes.get(head.substring(0, length));
        }
        if (longest == null || longest.pattern().kind() != Kind.PREFIX_NO_REGEX) {
            return null;
        }
        for (Map.Entry<String, Place> longer : prefixes.tailMap(head, false).entrySet()) {
            if (!longer.getKey().startsWith(head)) {
                break;
            }
            if (longer.getValue().pattern().kind() != Kind.PREFIX_NO_REGEX) {
                return null;
            }
        }
        return longest;
    }

    private @Nullable Place head(String head, boolean caseless) {
        for (int length = 1; length <= head.length(); length++) {
            Place found = find(head.substring(0, length), caseless, heads, caselessHeads);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Place tail(String tail, boolean caseless) {
        for (int from = 0; from < tail.length(); from++) {
            Place found = find(tail.substring(from), caseless, tails, caselessTails);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Place find(String affix, boolean caseless, Map<String, Place> exact,
            Map<String, Place> folded) {
        Place found = folded.get(affix.toLowerCase(Locale.ROOT));
        return found != null || caseless && hasLetter(affix) ? found : exact.get(affix);
    }

    private static boolean hasLetter(String text) {
        return text.chars().anyMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
    }

    private static String key(LocationPattern pattern) {
        return pattern.kind() + " " + pattern.text();
    }
}
