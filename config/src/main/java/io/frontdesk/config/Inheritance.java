package io.frontdesk.config;

/** What a directive's line in an outer block, or a second line in the same block, means. */
public enum Inheritance {
    /** One line a block; a block without one has that of the nearest outer block. */
    NEAREST("taken from the nearest outer block"),
    /** Any number of lines; any line in a block drops all outer ones. */
    LIST("all lines are taken from the nearest block that has any"),
    /** One line a block, which holds in that block only. */
    LOCAL("none, one line in a block"),
    /** Any number of lines, which hold in their block only. */
    REPEATABLE("none, any number of lines in a block");

    private final String label;

    Inheritance(String label) {
        this.label = label;
    }

    /** The rule as the reference pages say it. */
    public String label() {
        return label;
    }

    /** Whether a block may have several lines. */
    public boolean isRepeated() {
        return this == LIST || this == REPEATABLE;
    }

    /** Whether inner blocks have what outer ones say. */
    public boolean reachesInward() {
        return this == NEAREST || this == LIST;
    }
}
