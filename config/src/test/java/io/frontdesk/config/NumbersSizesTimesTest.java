package io.frontdesk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersSizesTimesTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,                   0
            007,                 7
            9223372036854775807, 9223372036854775807
            9223372036854775808,
            9223372036854775810,
            10000000000000000000,
            '',
            -1,
            +1,
            1.0,
            ' 1',
            0x1,
            """)
    void readsNumbers(String text, @Nullable Long expected) {
        assertThat(Numbers.parse(text)).isEqualTo(optional(expected));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,                   0
            1k,                  1024
            1K,                  1024
            2m,                  2097152
            2M,                  2097152
            1g,
            k,
            '',
            -1,
            1kk,
            1 k,
            9007199254740991k,   9223372036854774784
            9007199254740992k,
            8796093022207m,      9223372036853727232
            8796093022208m,
            9223372036854775807, 9223372036854775807
            """)
    void readsSizes(String text, @Nullable Long expected) {
        assertThat(Sizes.size(text)).isEqualTo(optional(expected));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1g,          1073741824
            1G,          1073741824
            1m,          1048576
            8589934591g, 9223372035781033984
            8589934592g,
            g,
            1t,
            """)
    void readsOffsets(String text, @Nullable Long expected) {
        assertThat(Sizes.offset(text)).isEqualTo(optional(expected));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,                     0
            30,                    30000
            30s,                   30000
            1m30s,                 90000
            1m 30s,                90000
            1m30,                  90000
            1h1m1s1ms,             3661001
            1w2d,                  777600000
            500ms,                 500
            1s500ms,               1500
            10 ,                   10000
            '10 5',                15000
            1s5,                   6000
            1d h,                  86400000
            '',
            ms,
            s,
            1y,
            1M,
            1s1m,
            1m1m,
            1ms1s,
            1ms1ms,
            1 s,
            1x,
            -1,
            1.5s,
            ' 1',                  1000
            9223372036854775807ms, 9223372036854775807
            9223372036854775808ms,
            9223372036854775,      9223372036854775000
            9223372036854776,
            9223372036854775s807ms, 9223372036854775807
            9223372036854775s808ms,
            15250284452w,          9223372036569600000
            15250284453w,
            """, ignoreLeadingAndTrailingWhitespace = true)
    void readsTimesInMilliseconds(String text, @Nullable Long expected) {
        assertThat(Times.millis(text)).isEqualTo(optional(expected));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            30,                  30
            1y,                  31536000
            1y1M,                34128000
            1M1w1d1h1m1s,        3286861
            1M 1,                2592001
            1M1y,
            1y1y,
            1ms,
            500ms,
            292471208677y,       9223372036837872000
            292471208678y,
            9223372036854775807, 9223372036854775807
            9223372036854775808,
            """)
    void readsTimesInSeconds(String text, @Nullable Long expected) {
        assertThat(Times.seconds(text)).isEqualTo(optional(expected));
    }

    @Test
    void writesSizesAndTimesShort() {
        assertThat(Sizes.format(0)).isEqualTo("0");
        assertThat(Sizes.format(1023)).isEqualTo("1023");
        assertThat(Sizes.format(8192)).isEqualTo("8k");
        assertThat(Sizes.format(3 << 20)).isEqualTo("3m");
        assertThat(Times.formatMillis(0)).isEqualTo("0");
        assertThat(Times.formatMillis(60_000)).isEqualTo("60s");
        assertThat(Times.formatMillis(1500)).isEqualTo("1500ms");
        assertThat(Times.formatSeconds(300)).isEqualTo("300s");
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
