package io.frontdesk.engine.lint;

import io.frontdesk.engine.lint.RegexNode.Choice;
import io.frontdesk.engine.lint.RegexNode.Condition;
import io.frontdesk.engine.lint.RegexNode.End;
import io.frontdesk.engine.lint.RegexNode.One;
import io.frontdesk.engine.lint.RegexNode.Repeat;
import io.frontdesk.engine.lint.RegexNode.Sequence;
import io.frontdesk.engine.lint.RegexNode.Start;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be said for certain of all texts that an expression matches. Immutable; control plane.
 *
 * @param text      the expression
 * @param caseless  whether letters match in both cases; the affixes are in lower case then
 * @param starts    whether every match begins at the start of the subject
 * @param ends      whether every match ends at its end
 * @param prefixes  with what every subject that it matches begins; empty where that is not known
 * @param suffixes  with what every such subject ends; empty where that is not known
 * @param wholeHead whether it matches each subject that begins with one of the prefixes
 * @param wholeTail whether it matches each subject that ends with one of the suffixes
 * @param sample    a text that it matches; null where none is known
 */
public record RegexFacts(String text, boolean caseless, boolean starts, boolean ends, List<String> prefixes,
        List<String> suffixes, boolean wholeHead, boolean wholeTail, @Nullable String sample) {
    private static final int MOST_AFFIXES = 64;
    private static final Set<String> ALL = Set.of("", "/", ".", ".*", ".+", "(.*)", "(.+)");

    /** Of an expression; null where it has something that lint does not know. */
    public static @Nullable RegexFacts of(String text, boolean caseless) {
        RegexNode node = RegexParser.parse(text, caseless);
        if (node == null) {
            return null;
        }
        List<RegexNode> parts = new ArrayList<>();
        flatten(node, parts);
        boolean starts = node instanceof Choice choice
                ? choice.branches().stream().allMatch(RegexFacts::starts)
                : !parts.isEmpty() && parts.getFirst() instanceof Start;
        boolean ends = node instanceof Choice choice
                ? choice.branches().stream().allMatch(RegexFacts::ends)
                : !parts.isEmpty() && parts.getLast() instanceof End;
        Affixes head = starts && !(node instanceof Choice)
                ? Affixes.of(parts.subList(1, parts.size()), caseless)
                : Affixes.NONE;
        Affixes tail = ends && !(node instanceof Choice)
                ? Affixes.of(reversed(parts.subList(0, parts.size() - 1)), caseless).reversed()
                : Affixes.NONE;
        return new RegexFacts(text, caseless, starts, ends, head.texts, tail.texts, head.whole, tail.whole,
                RegexSamples.shortest(node));
    }

    private static void flatten(RegexNode node, List<RegexNode> into) {
        if (node instanceof Sequence sequence) {
            sequence.parts().forEach(part -> flatten(part, into));
        } else {
            into.add(node);
        }
    }

    private static boolean starts(RegexNode node) {
        List<RegexNode> parts = new ArrayList<>();
        flatten(node, parts);
        return !parts.isEmpty() && parts.getFirst() instanceof Start;
    }

    private static boolean ends(RegexNode node) {
        List<RegexNode> parts = new ArrayList<>();
        flatten(node, parts);
        return !parts.isEmpty() && parts.getLast() instanceof End;
    }

    private static List<RegexNode> reversed(List<RegexNode> parts) {
        List<RegexNode> mirror = new ArrayList<>();
        for (RegexNode part : parts.reversed()) {
            mirror.add(mirror(part));
        }
        return mirror;
    }

    private static RegexNode mirror(RegexNode node) {
        return switch (node) {
            case Sequence s -> new Sequence(List.copyOf(reversed(s.parts())));
            case Choice c -> new Choice(c.branches().stream().map(RegexFacts::mirror).toList());
            case Repeat r -> new Repeat(mirror(r.body()), r.min(), r.max(), r.atomic());
            case Start s -> new End();
            case End e -> new Start();
            case One o -> o;
            case Condition c -> c;
        };
    }

    /** Whether it matches every text that the other one does: true only where that is certain. */
    public boolean covers(RegexFacts other) {
        if (text.equals(other.text) && (caseless || !other.caseless)) {
            return true;
        }
        return wholeHead && !other.prefixes.isEmpty() && other.prefixes.stream().allMatch(p -> any(p, other, true))
                || wholeTail && !other.suffixes.isEmpty()
                        && other.suffixes.stream().allMatch(s -> any(s, other, false));
    }

    private boolean any(String affix, RegexFacts other, boolean atStart) {
        for (String mine : atStart ? prefixes : suffixes) {
            int from = atStart ? 0 : affix.length() - mine.length();
            if (from < 0 || !affix.regionMatches(caseless, from, mine, 0, mine.length())) {
                continue;
            }
            // what the other matches in both cases must be matched so here too
            if (caseless || !other.caseless || !hasLetter(mine)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasLetter(String text) {
        return text.chars().anyMatch(c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
    }

    /** Whether it matches every path. */
    public boolean matchesAll() {
        return wholeHead && (prefixes.contains("") || prefixes.contains("/")) || wholeTail && suffixes.contains("")
                || ALL.contains(text);
    }

    /** The fixed texts that parts begin with, and whether nothing is asked of what follows. */
    private record Affixes(List<String> texts, boolean whole) {
        static final Affixes NONE = new Affixes(List.of(), false);

        static Affixes of(List<RegexNode> parts, boolean folds) {
            List<String> texts = List.of("");
            int i = 0;
            for (; i < parts.size(); i++) {
                List<String> next = next(parts.get(i), folds);
                if (next == null || next.size() * texts.size() > MOST_AFFIXES) {
                    break;
                }
                List<String> longer = new ArrayList<>();
                for (String text : texts) {
                    for (String more : next) {
                        longer.add(text + more);
                    }
                }
                texts = longer;
            }
            return new Affixes(texts, isOpen(parts.subList(i, parts.size())));
        }

        /** All texts that a part can be; null where they are many. */
        private static @Nullable List<String> next(RegexNode node, boolean folds) {
            switch (node) {
                case One one -> {
                    return one(one.set(), folds);
                }
                case Choice choice -> {
                    List<String> all = new ArrayList<>();
                    for (RegexNode branch : choice.branches()) {
                        List<String> texts = next(branch, folds);
                        if (texts == null) {
                            return null;
                        }
                        all.addAll(texts);
                    }
                    return all;
                }
                case Sequence sequence -> {
                    Affixes inner = of(sequence.parts(), folds);
                    boolean complete = inner.whole
                            && sequence.parts().stream().allMatch(part -> next(part, folds) != null);
                    return complete ? inner.texts : null;
                }
                case Repeat repeat -> {
                    List<String> body = repeat.max() == 1 ? next(repeat.body(), folds) : null;
                    if (body == null || repeat.min() == 1) {
                        return body;
                    }
                    List<String> all = new ArrayList<>(body);
                    all.add("");
                    return all;
                }
                default -> {
                    return null;
                }
            }
        }

        /** Where case does not matter a letter counts as one text, in lower case. */
        private static @Nullable List<String> one(BitSet set, boolean folds) {
            List<String> texts = new ArrayList<>();
            for (int c = set.nextSetBit(0); c >= 0; c = set.nextSetBit(c + 1)) {
                boolean upper = c >= 'A' && c <= 'Z';
                if (!upper || !folds) {
                    texts.add(String.valueOf((char) c));
                }
                if (texts.size() > 8) {
                    return null;
                }
            }
            return texts;
        }

        /** Whether parts match whatever follows: there are none, or they are a run of any byte. */
        private static boolean isOpen(List<RegexNode> rest) {
            for (RegexNode part : rest) {
                boolean any = part instanceof Repeat repeat && repeat.min() == 0 && repeat.isUnbounded()
                        && repeat.body() instanceof One one && one.set().cardinality() >= 255;
                if (!any && !(part instanceof Start) && !(part instanceof End)) {
                    return false;
                }
            }
            // an end directly behind the fixed text asks for nothing more to follow
            return rest.isEmpty() || rest.getFirst() instanceof Repeat;
        }

        Affixes reversed() {
            return new Affixes(texts.stream().map(t -> new StringBuilder(t).reverse().toString()).toList(), whole);
        }
    }
}
