package io.frontdesk.engine.lint;

import java.util.BitSet;
import java.util.List;

/** A part of a regular expression, as far as lint looks into it. Immutable; control plane. */
sealed interface RegexNode {
    /** One byte out of a set, which nobody changes. */
    record One(BitSet set) implements RegexNode {}

    /** One after the other. */
    record Sequence(List<RegexNode> parts) implements RegexNode {}

    /** One of them, the first that fits. */
    record Choice(List<RegexNode> branches) implements RegexNode {}

    /** Many times; {@code max} is {@link Integer#MAX_VALUE} for no end; {@code atomic} gives nothing back. */
    record Repeat(RegexNode body, int min, int max, boolean atomic) implements RegexNode {
        boolean isUnbounded() {
            return max == Integer.MAX_VALUE;
        }
    }

    /** The start of the subject. */
    record Start() implements RegexNode {}

    /** The end of the subject. */
    record End() implements RegexNode {}

    /** Something that matches no byte of its own but may hinder a match: a look-around, a word boundary. */
    record Condition() implements RegexNode {}
}
