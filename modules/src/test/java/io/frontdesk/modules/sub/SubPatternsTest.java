package io.frontdesk.modules.sub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubPatternsTest {
    /** Marks what is found in a text that comes in parts of a size, by the number of the pattern in brackets. */
    private static String find(String text, int size, List<String> texts) {
        SubPatterns patterns = new SubPatterns(texts);
        SubPatterns.Place place = new SubPatterns.Place();
        boolean[] none = new boolean[texts.size()];
        StringBuilder out = new StringBuilder();
        String held = "";
        for (int i = 0; i < text.length(); i += size) {
            boolean last = i + size >= text.length();
            byte[] data = (held + text.substring(i, Math.min(text.length(), i + size)))
                    .getBytes(StandardCharsets.ISO_8859_1);
            int from = 0;
            while (patterns.find(data, from, data.length, last, none, place)) {
                out.append(new String(data, from, place.start() - from, StandardCharsets.ISO_8859_1)).append('[')
                        .append(place.which()).append(']');
                from = place.start() + patterns.length(place.which());
            }
            out.append(new String(data, from, place.start() - from, StandardCharsets.ISO_8859_1));
            held = new String(data, place.start(), data.length - place.start(), StandardCharsets.ISO_8859_1);
        }
        return out + held;
    }

    private static String simply(String text, List<String> texts) {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            int found = -1;
            for (int k = 0; k < texts.size() && found < 0; k++) {
                found = text.regionMatches(true, i, texts.get(k), 0, texts.get(k).length()) ? k : -1;
            }
            out.append(found < 0 ? text.substring(i, i + 1) : "[" + found + "]");
            i += found < 0 ? 1 : texts.get(found).length();
        }
        return out.toString();
    }

    @Test
    void findsTheFirstAtEachPlace() {
        assertThat(find("xAabaabx", 100, List.of("aab"))).isEqualTo("x[0][0]x");
        assertThat(find("aaab", 100, List.of("aab", "aa"))).isEqualTo("[1]ab");
        assertThat(find("aaab", 100, List.of("ab", "aaab"))).isEqualTo("[1]");
    }

    @Test
    void findsTheSameWhateverTheCuts() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            List<String> texts = List.of(word(random, 5), word(random, 4), word(random, 3));
            String text = word(random, 40);
            for (int size = 1; size <= 7; size++) {
                assertThat(find(text, size, texts)).as("%s in %s by %d", texts, text, size)
                        .isEqualTo(simply(text, texts));
            }
        }
    }

    private static String word(Random random, int max) {
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(max) + 1; i > 0; i--) {
            word.append("abAc".charAt(random.nextInt(4)));
        }
        return word.toString();
    }
}
