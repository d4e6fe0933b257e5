package io.frontdesk.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OctetsTest {
    @Test
    void findsControlsAsASimpleLoopDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] array = new byte[random.nextInt(40)];
            for (int i = 0; i < array.length; i++) {
                array[i] = (byte) (random.nextInt(6) == 0 ? random.nextInt(256) : 'a' + random.nextInt(26));
            }
            int from = random.nextInt(array.length + 1);
            int to = from + random.nextInt(array.length - from + 1);
            int control = from;
            while (control < to && !isControl(array[control])) {
                control++;
            }
            int lineBreak = from;
            while (lineBreak < to && array[lineBreak] != '\r' && array[lineBreak] != '\n' && array[lineBreak] != 0) {
                lineBreak++;
            }
            assertThat(Octets.indexOfControl(array, from, to)).isEqualTo(control);
            assertThat(Octets.indexOfBreak(array, from, to)).isEqualTo(lineBreak);
        }
    }

    private static boolean isControl(byte octet) {
        int value = octet & 0xff;
        return (value < 0x20 && value != '\t') || value == 0x7f;
    }

    @Test
    void knowsEachOctetInEachPlaceOfAWord() {
        for (int value = 0; value < 256; value++) {
            for (int place = 0; place < 16; place++) {
                byte[] array = "abcdefghijklmnop".getBytes(StandardCharsets.ISO_8859_1);
                array[place] = (byte) value;
                assertThat(Octets.indexOfControl(array, 0, 16)).isEqualTo(isControl((byte) value) ? place : 16);
            }
        }
    }

    @Test
    void knowsTokens() {
        String tokens = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int value = 0; value < 256; value++) {
            assertThat(Octets.isToken((byte) value)).as("%d", value).isEqualTo(tokens.indexOf(value) >= 0);
        }
    }

    @Test
    void findsTheEndOfAPlainName() {
        for (int value = 0; value < 256; value++) {
            boolean plain = value == '-' || (value >= 'a' && value <= 'z') || (value >= 'A' && value <= 'Z');
            for (int place = 0; place < 12; place++) {
                byte[] array = "abcXYZ-zaA-q".getBytes(StandardCharsets.ISO_8859_1);
                array[place] = (byte) value;
                assertThat(Octets.endOfPlainName(array, 0, 12)).as("%d at %d", value, place)
                        .isEqualTo(plain ? 12 : place);
            }
        }
    }

    @Test
    void findsTheEndOfWhatCanBeQuoted() {
        for (int value = 0; value < 256; value++) {
            boolean quotable = value >= ' ' && value < 0x7f && value != '"' && value != '\\';
            for (int place = 0; place < 12; place++) {
                byte[] array = "ab ~!#[]z/-q".getBytes(StandardCharsets.ISO_8859_1);
                array[place] = (byte) value;
                assertThat(Octets.endOfQuotable(array, 0, 12)).as("%d at %d", value, place)
                        .isEqualTo(quotable ? 12 : place);
            }
        }
    }

    @Test
    void readsWordsAtTheEndOfAnArray() {
        byte[] array = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(Octets.word(array, 0, 3)).isEqualTo(0x030201L);
        assertThat(Octets.word(array, 7, 3)).isEqualTo(0x0a0908L);
        assertThat(Octets.word(array, 2, 8)).isEqualTo(0x0a09080706050403L);
        assertThat(Octets.word(array, 10, 0)).isZero();
    }
}
