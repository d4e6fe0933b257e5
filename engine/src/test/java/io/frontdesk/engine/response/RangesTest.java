package io.frontdesk.engine.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.response.Ranges.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesTest {
    private final Ranges ranges = new Ranges();

    private Verdict parse(String text, long length, int max) {
        Bytes in = Bytes.of("x" + text + "9");
        return ranges.parse(in.array(), 1, 1 + text.length(), length, max);
    }

    private String shown() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ranges.count(); i++) {
            text.append(i == 0 ? "" : " ").append(ranges.start(i)).append('-').append(ranges.end(i));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"0-8|0-9", "-10|990-1000", "990-|990-1000", "990-1990|990-1000",
            "0-9, -10, 10-19|0-10 990-1000 10-20", "0-9,100000-,10-19|0-10 10-20", "  5 - 6 , 7-7|5-7 7-8",
            "-2000|0-1000",
            "0-0|0-1", "999-|999-1000", "0-9223372036854775807|0-1000"})
    void readsRanges(String text, String expected) {
        assertThat(parse(text, 1000, 100)).isEqualTo(Verdict.SATISFIED);
        assertThat(shown()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1000-", "alpha", "10-alpha", "10", "10-11 12-", "''", "-", "-a", "1-2,",
            "1-2,,3-4",
            "9223372036854775808-", "0-9223372036854775808", "-0", "5-4", "1--2"})
    void refusesWhatCannotBeSatisfied(String text) {
        assertThat(parse(text, 1000, 100)).isEqualTo(Verdict.UNSATISFIABLE);
    }

    @Test
    void ignoresMoreRangesThanAreAllowed() {
        assertThat(parse("0-1,2-3", 1000, 2)).isEqualTo(Verdict.SATISFIED);
        assertThat(parse("0-1,2-3,4-5", 1000, 2)).isEqualTo(Verdict.IGNORED);
        assertThat(parse("0-1,2-3,10000-", 1000, 2)).isEqualTo(Verdict.SATISFIED);
    }

    @Test
    void ignoresRangesOfAnEmptyEntity() {
        assertThat(parse("0-", 0, 10)).isEqualTo(Verdict.IGNORED);
        assertThat(parse("-5", 0, 10)).isEqualTo(Verdict.IGNORED);
    }

    @Test
    void knowsTheLengthOfTheMultipartBody() {
        parse("0-9,20-29", 100, 10);
        ranges.multipart("0001", Bytes.of("text/html"), Bytes.of("utf-8"));
        Bytes body = new Bytes();
        for (int i = 0; i < ranges.count(); i++) {
            ranges.appendPartHead(i, body);
            body.write("0123456789");
        }
        ranges.appendLastBoundary(body);

        assertThat(ranges.multipartLength()).isEqualTo(body.length());
        assertThat(body.toString()).isEqualTo("\r\n--0001\r\nContent-Type: text/html; charset=utf-8\r\n"
                + "Content-Range: bytes 0-9/100\r\n\r\n0123456789\r\n--0001\r\nContent-Type: text/html; charset=utf-8\r\n"
                + "Content-Range: bytes 20-29/100\r\n\r\n0123456789\r\n--0001--\r\n");
    }

    @Test
    void knowsWhetherTheyAreInOrder() {
        parse("0-9,10-19", 100, 10);
        assertThat(ranges.isInOrder()).isTrue();
        parse("0-9,5-19", 100, 10);
        assertThat(ranges.isInOrder()).isFalse();
    }
}
