package io.frontdesk.engine.lint;

import io.frontdesk.engine.lint.RegexNode.Choice;
import io.frontdesk.engine.lint.RegexNode.One;
import io.frontdesk.engine.lint.RegexNode.Repeat;
import io.frontdesk.engine.lint.RegexNode.Sequence;
import io.frontdesk.net.regex.Regex;
import io.frontdesk.net.regex.RegexException;
import io.frontdesk.net.regex.RegexLimitException;
import io.frontdesk.net.regex.RegexMatchException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds expressions that backtrack without end: a repeat within a repeat gives the texts to try, and the engine itself says whether one of
 * them exceeds its limit. So what is found is certain. Control plane.
 */
public final class Backtracking {
    private static final int PUMPS = 40;
    private static final int MOST_TRIALS = 24;
    private static final String[] SPOILERS = {"!", "\n", "%", "/", ""};

    private Backtracking() {}

    /** A subject that makes the engine give up; null where none was found. */
    public static @Nullable String attack(String text, boolean caseless) {
        RegexNode root = RegexParser.parse(text, caseless);
        if (root == null) {
            return null;
        }
        Set<String> subjects = new LinkedHashSet<>();
        collect(root, "", "", subjects);
        if (subjects.isEmpty()) {
            return null;
        }
        try {
            Regex regex = Regex.compile(text, caseless);
            return subjects.stream().limit(MOST_TRIALS).filter(subject -> exceeds(regex, subject)).findFirst()
                    .orElse(null);
        } catch (RegexException e) {
            return null;
        }
    }

    private static boolean exceeds(Regex regex, String subject) {
        try {
            regex.matches(subject);
            return false;
        } catch (RegexLimitException e) {
            return true;
        } catch (RegexMatchException e) {
            return false;
        }
    }

    /**
     * Collects subjects for each repeat whose body can match one text in several ways; {@code before} leads to it, and {@code after} is
     * what should follow: an engine may look for that first.
     */
    private static void collect(RegexNode node, String before, String after, Set<String> subjects) {
        switch (node) {
            case Sequence sequence -> {
                StringBuilder lead = new StringBuilder(before);
                List<RegexNode> parts = sequence.parts();
                for (int i = 0; i < parts.size(); i++) {
                    String rest = sample(new Sequence(parts.subList(i + 1, parts.size())));
                    collect(parts.get(i), lead.toString(), rest + after, subjects);
                    lead.append(sample(parts.get(i)));
                }
            }
            case Choice choice -> choice.branches().forEach(branch -> collect(branch, before, after, subjects));
            case Repeat repeat when !repeat.atomic() -> {
                if (repeat.isUnbounded() && isAmbiguous(repeat.body())) {
                    for (String pump : pumps(repeat.body())) {
                        for (String spoiler : SPOILERS) {
                            subjects.add(before + pump.repeat(PUMPS) + spoiler + after);
                        }
                    }
                }
                collect(repeat.body(), before, after, subjects);
            }
            default -> {
            }
        }
    }

    private static String sample(RegexNode node) {
        String sample = RegexSamples.shortest(node);
        return sample == null ? "" : sample;
    }

    /** Whether a body that is repeated has a repeat or alternatives of its own. */
    private static boolean isAmbiguous(RegexNode body) {
        return switch (body) {
            case Sequence sequence -> sequence.parts().stream().anyMatch(Backtracking::isAmbiguous);
            case Choice choice -> overlaps(choice) || choice.branches().stream().anyMatch(Backtracking::isAmbiguous);
            case Repeat repeat -> !repeat.atomic() && (repeat.isUnbounded() || isAmbiguous(repeat.body()));
            default -> false;
        };
    }

    private static boolean overlaps(Choice choice) {
        BitSet seen = new BitSet(256);
        for (RegexNode branch : choice.branches()) {
            BitSet first = first(branch);
            if (first == null || seen.intersects(first)) {
                return true;
            }
            seen.or(first);
        }
        return false;
    }

    private static @Nullable BitSet first(RegexNode node) {
        return switch (node) {
            case One one -> one.set();
            case Sequence sequence -> sequence.parts().isEmpty() ? null : first(sequence.parts().getFirst());
            case Repeat repeat -> repeat.min() == 0 ? null : first(repeat.body());
            default -> null;
        };
    }

    /** What to repeat: the shortest text of the body, and a byte of each set in it. */
    private static List<String> pumps(RegexNode body) {
        Set<String> pumps = new LinkedHashSet<>();
        bytes(body, pumps);
        String sample = RegexSamples.shortest(body);
        if (sample != null && !sample.isEmpty()) {
            pumps.add(sample);
        }
        return new ArrayList<>(pumps).subList(0, Math.min(4, pumps.size()));
    }

    private static void bytes(RegexNode node, Set<String> pumps) {
        switch (node) {
            case One one -> pumps.add(String.valueOf(RegexSamples.nice(one.set())));
            case Sequence sequence -> sequence.parts().forEach(part -> bytes(part, pumps));
            case Choice choice -> choice.branches().forEach(branch -> bytes(branch, pumps));
            case Repeat repeat -> bytes(repeat.body(), pumps);
            default -> {
            }
        }
    }
}
