package io.frontdesk.net.regex;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Where the groups of a match lie in its subject; group 0 is the whole. Reused from match to match by its owner, on one
 * thread. Holds
 * no text: {@link #text} cuts it from the subject that the owner kept.
 */
public final class Captures {
    private int[] offsets = new int[20];
    private int count;

    /** Number of groups with the whole match; 0 before the first match. */
    public int count() {
        return count;
    }

    /** True where the group took part in the match. */
    public boolean isSet(int group) {
        return group >= 0 && group < count && offsets[2 * group] >= 0;
    }

    /** Offset of the group's first byte, -1 where it is not set. */
    public int start(int group) {
        return group >= 0 && group < count ? offsets[2 * group] : -1;
    }

    /** Offset behind the group's last byte, -1 where it is not set. */
    public int end(int group) {
        return group >= 0 && group < count ? offsets[2 * group + 1] : -1;
    }

    /** The group's text; null where it is not set. */
    public @Nullable String text(String subject, int group) {
        return isSet(group) ? subject.substring(start(group), end(group)) : null;
    }

    /** Forgets the last match. */
    public void clear() {
        count = 0;
    }

    /** Takes over the groups of another match, as a subrequest takes over those of its parent. */
    public void copyFrom(Captures other) {
        resize(other.count);
        System.arraycopy(other.offsets, 0, offsets, 0, 2 * other.count);
    }

    void resize(int groups) {
        if (offsets.length < 2 * groups) {
            offsets = Arrays.copyOf(offsets, 2 * groups);
        }
        count = groups;
    }

    void set(int group, int start, int end) {
        offsets[2 * group] = start;
        offsets[2 * group + 1] = end;
    }
}
