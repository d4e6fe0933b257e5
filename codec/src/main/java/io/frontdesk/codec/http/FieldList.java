package io.frontdesk.codec.http;

import io.frontdesk.codec.Octets;

/**
 * Walks a comma-separated field value (RFC 9110 §5.6.1) without copying: empty members are skipped, white space around
 * a
 * member is not part of it. Members are taken as tokens or other text without quoted commas. Stateless.
 */
public final class FieldList {
    private FieldList() {}

    /** The start of the first member at or after {@code from}, or {@code to} when there is none. */
    public static int memberStart(byte[] array, int from, int to) {
        int i = from;
        while (i < to && (array[i] == ',' || array[i] == ' ' || array[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** The end of the member that starts at {@code start}, white space after it left out. */
    public static int memberEnd(byte[] array, int start, int to) {
        int end = Octets.indexOf((byte) ',', array, start, to);
        while (end > start && (array[end - 1] == ' ' || array[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    /** Whether a value lists a member of ASCII, case folded. */
    public static boolean contains(byte[] array, int offset, int length, String member) {
        if (length < member.length()) {
            return false;
        }
        int to = offset + length;
        int start = memberStart(array, offset, to);
        while (start < to) {
            int end = memberEnd(array, start, to);
            if (Octets.equalsFolded(array, start, end - start, member)) {
                return true;
            }
            start = memberStart(array, end, to);
        }
        return false;
    }

    /** How many members a value lists. */
    public static int count(byte[] array, int offset, int length) {
        int to = offset + length;
        int count = 0;
        for (int start = memberStart(array, offset, to); start < to; count++) {
            start = memberStart(array, memberEnd(array, start, to), to);
        }
        return count;
    }
}
