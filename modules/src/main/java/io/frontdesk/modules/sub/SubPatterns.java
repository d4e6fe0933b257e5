package io.frontdesk.modules.sub;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Texts that are looked for all at once, in letters of either case: where several begin at one place, the first of the list is found. Most
 * places are skipped by the octet that the shortest text would end with. Immutable, shared by all loops.
 */
final class SubPatterns {
    private final byte[][] texts;
    private final int shortest;
    private final int[] skips = new int[256];

    /** For texts that are not empty. */
    SubPatterns(List<String> texts) {
        this.texts = texts.stream().map(SubPatterns::fold).toArray(byte[][]::new);
        this.shortest = Arrays.stream(this.texts).mapToInt(text -> text.length).min().orElse(1);
        Arrays.fill(skips, shortest);
        for (byte[] text : this.texts) {
            for (int i = 0; i < shortest; i++) {
                int octet = text[i] & 0xff;
                skips[octet] = Math.min(skips[octet], shortest - 1 - i);
            }
        }
    }

    private static byte[] fold(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) fold(bytes[i]);
        }
        return bytes;
    }

    private static int fold(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet & 0xff;
    }

    int count() {
        return texts.length;
    }

    int length(int which) {
        return texts[which].length;
    }

    /**
     * Searches {@code data} from {@code from} to {@code end}, those texts left out that are {@code done}.
     *
     * @param at is told where and what was found
     * @return whether something was; otherwise {@code at} says from where on more must come before it can be said
     */
    boolean find(byte[] data, int from, int end, boolean last, boolean[] done, Place at) {
        int start = from;
        while (start + shortest <= end) {
            int skip = skips[fold(data[start + shortest - 1])];
            if (skip > 0) {
                start += skip;
                continue;
            }
            for (int i = 0; i < texts.length; i++) {
                if (!done[i] && agrees(texts[i], data, start, end)) {
                    if (start + texts[i].length <= end) {
                        at.set(start, i);
                        return true;
                    }
                    if (!last) {
                        at.set(start, -1);
                        return false;
                    }
                }
            }
            start++;
        }
        at.set(last ? end : firstThatMayBegin(data, Math.min(start, end), end, done), -1);
        return false;
    }

    private int firstThatMayBegin(byte[] data, int from, int end, boolean[] done) {
        for (int start = from; start < end; start++) {
            for (int i = 0; i < texts.length; i++) {
                if (!done[i] && agrees(texts[i], data, start, end)) {
                    return start;
                }
            }
        }
        return end;
    }

    /** Whether a text stands there, as far as there is data. */
    private static boolean agrees(byte[] text, byte[] data, int start, int end) {
        int length = Math.min(text.length, end - start);
        for (int i = 0; i < length; i++) {
            if (fold(data[start + i]) != (text[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Where something was found. Owned by who searches. */
    static final class Place {
        private int start;
        private int which;

        private void set(int at, int text) {
            start = at;
            which = text;
        }

        int start() {
            return start;
        }

        int which() {
            return which;
        }
    }
}
