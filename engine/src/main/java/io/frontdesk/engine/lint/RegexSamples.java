package io.frontdesk.engine.lint;

import io.frontdesk.engine.lint.RegexNode.Choice;
import io.frontdesk.engine.lint.RegexNode.Condition;
import io.frontdesk.engine.lint.RegexNode.End;
import io.frontdesk.engine.lint.RegexNode.One;
import io.frontdesk.engine.lint.RegexNode.Repeat;
import io.frontdesk.engine.lint.RegexNode.Sequence;
import io.frontdesk.engine.lint.RegexNode.Start;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Texts that expressions match. Who uses one asks the engine whether it does. Stateless. */
final class RegexSamples {
    private static final String NICE = "abcdefghijklmnopqrstuvwxyz0123456789";

    private RegexSamples() {}

    /** A short text that reads well; null where none is known. */
    static @Nullable String shortest(RegexNode node) {
        StringBuilder out = new StringBuilder();
        return append(node, out) ? out.toString() : null;
    }

    private static boolean append(RegexNode node, StringBuilder out) {
        switch (node) {
            case One one -> {
                char c = nice(one.set());
                out.append(c);
                return c != 0;
            }
            case Sequence sequence -> {
                return sequence.parts().stream().allMatch(part -> append(part, out));
            }
            case Choice choice -> {
                return append(choice.branches().getFirst(), out);
            }
            case Repeat repeat -> {
                // one of many reads better than none
                int times = repeat.isUnbounded() && repeat.body() instanceof One
                        ? Math.max(1, repeat.min())
                        : repeat.min();
                for (int i = 0; i < Math.min(times, 16); i++) {
                    if (!append(repeat.body(), out)) {
                        return false;
                    }
                }
                return repeat.min() <= 16;
            }
            case Start start -> {
                return true;
            }
            case End end -> {
                return true;
            }
            case Condition condition -> {
                return true;
            }
        }
    }

    /** A byte of a set that reads well; NUL for none. */
    static char nice(BitSet set) {
        for (int i = 0; i < NICE.length(); i++) {
            if (set.get(NICE.charAt(i))) {
                return NICE.charAt(i);
            }
        }
        int first = set.nextSetBit('!');
        return first < 0 ? (char) Math.max(0, set.nextSetBit(1)) : (char) first;
    }
}
