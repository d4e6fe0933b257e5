package io.frontdesk.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    private final Bytes bytes = new Bytes();

    @Test
    void writesNumbers() {
        for (long number : new long[]{0, 9, 10, 99, 100, 1234567890123L, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            bytes.clear();
            bytes.writeDecimal(number);
            assertThat(bytes).hasToString(Long.toString(number));
            bytes.clear();
            bytes.writeHexLower(number);
            assertThat(bytes).hasToString(Long.toHexString(number));
        }
        bytes.clear();
        bytes.writeDecimal(7, 3);
        bytes.writeHexPair(0xaf);
        assertThat(bytes).hasToString("007AF");
    }

    @Test
    void keepsEachCharAsOneByte() {
        bytes.write("a\u00ff\u0000");
        bytes.write('\n');
        assertThat(bytes.toArray()).containsExactly('a', 0xff, 0, '\n');
        assertThat(bytes).hasToString("a\u00ff\u0000\n");
    }

    @Test
    void writesAPartOfItself() {
        bytes.write("x".repeat(64));
        bytes.write("abc");
        bytes.write(bytes.array(), 64, 3);
        bytes.write(bytes);
        assertThat(bytes.length()).isEqualTo(140);
        assertThat(bytes.string(64, 6)).isEqualTo("abcabc");
    }

    @Test
    void growsToTheMaximumAndNotOver() {
        Bytes small = new Bytes(0, 100);
        small.write("a".repeat(100));
        assertThat(small.length()).isEqualTo(100);
        assertThatThrownBy(() -> small.write('b')).isInstanceOf(Bytes.CapacityExceeded.class);
        assertThat(small.length()).isEqualTo(100);
    }

    @Test
    void givesLargeMemoryBackWhenAsked() {
        bytes.write("a".repeat(5000));
        bytes.clear(8192);
        assertThat(bytes.capacity()).isGreaterThanOrEqualTo(5000);
        bytes.clear(4096);
        assertThat(bytes.capacity()).isZero();
        bytes.write('x');
        assertThat(bytes).hasToString("x");
    }

    @Test
    void truncatesOnly() {
        bytes.write("abc");
        bytes.truncate(1);
        assertThat(bytes).hasToString("a");
        assertThatThrownBy(() -> bytes.truncate(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
