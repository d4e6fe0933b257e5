package io.frontdesk.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpDateTest {
    private static final DateTimeFormatter FIXDATE = DateTimeFormatter
            .ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static long parse(String text) {
        byte[] bytes = ("x" + text + "y").getBytes(StandardCharsets.ISO_8859_1);
        return HttpDate.parse(bytes, 1, text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994",
            "Sun Nov 06 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37"})
    void readsTheThreeForms(String text) {
        assertThat(parse(text)).isEqualTo(784111777L);
    }

    @Test
    void readsTwoDigitYearsOfBothCenturies() {
        assertThat(parse("Sunday, 06-Nov-70 08:49:37 GMT"))
                .isEqualTo(Instant.parse("1970-11-06T08:49:37Z").getEpochSecond());
        assertThat(parse("Sunday, 06-Nov-69 08:49:37 GMT"))
                .isEqualTo(Instant.parse("2069-11-06T08:49:37Z").getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "Sun", "Sun,", "Sun, ", "Sun, 06 Nov 1994", "Sun, 6 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:3", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 31 Apr 1994 08:49:37 GMT",
            "Sun, 29 Feb 1900 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08-49-37 GMT", "Sun, 06-Nov 1994 08:49:37 GMT",
            "Sun Nov  6 08:49:37", "Sun Nov  6 08:49:37 199", "1994-11-06T08:49:37Z", "784111777"})
    void refusesWhatIsNoDate(String text) {
        assertThat(parse(text)).isEqualTo(HttpDate.INVALID);
    }

    @Test
    void writesWhatTheLibraryWritesAndReadsItBack() {
        Random random = new Random(3);
        Bytes out = new Bytes();
        for (int i = 0; i < 5000; i++) {
            long seconds = i == 0 ? 0 : (random.nextLong() >>> 26) % 250_000_000_000L;
            out.clear();
            HttpDate.format(seconds, out);
            assertThat(out).hasToString(FIXDATE.format(Instant.ofEpochSecond(seconds)));
            assertThat(out.length()).isEqualTo(HttpDate.LENGTH);
            assertThat(HttpDate.parse(out.array(), 0, out.length())).isEqualTo(seconds);
        }
    }
}
