package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.http1.Cuts.Pieces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseReaderTest {
    private static final String READING = " while reading response header from upstream";

    private static String read(String raw) {
        return read(raw, ResponseLimits.DEFAULT, false);
    }

    private static String read(String raw, ResponseLimits limits, boolean toHead) {
        return Cuts.outcome(raw, pieces -> feed(pieces, limits, toHead));
    }

    private static String feed(Pieces pieces, ResponseLimits limits, boolean toHead) {
        ResponseReader reader = new ResponseReader();
        reader.start(limits, toHead);
        ResponseHead head = new ResponseHead();
        StringBuilder interims = new StringBuilder();
        while (pieces.more()) {
            Result result;
            while ((result = reader.read(pieces.current(), head)) == Result.INTERIM) {
                interims.append(head.status()).append(' ');
            }
            if (result == Result.REFUSED) {
                assertThat(reader.refusal().status()).isEqualTo(502);
                return reader.refusal().reason();
            }
            if (result == Result.HEAD) {
                return interims + render(head) + " rest=" + pieces.rest();
            }
        }
        return interims + "more";
    }

    private static String render(ResponseHead head) {
        return head.version().text() + " " + head.status() + " (" + head.reason() + ") "
                + (head.framing() == Framing.LENGTH ? "LENGTH=" + head.contentLength() : head.framing().name())
                + (head.keepsAlive() ? " keep [" : " close [") + head.fields().toString().replace("\n", "|") + "]";
    }

    @Test
    void readsAnOrdinaryResponseAndLeavesTheContent() {
        assertThat(read("HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 5\r\n\r\nhello"))
                .isEqualTo("HTTP/1.1 200 (OK) LENGTH=5 keep [Server: x|Content-Length: 5|] rest=hello");
    }

    @Test
    void decidesHowTheContentEnds() {
        assertThat(read("HTTP/1.1 200 OK\r\n\r\n")).contains("UNTIL_CLOSE close");
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n")).contains("CHUNKED keep");
        assertThat(read("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")).contains("CHUNKED close");
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")).contains("LENGTH=0 keep");
        assertThat(read("HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello")).contains("NONE keep")
                .endsWith("hello");
        assertThat(read("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n")).contains("NONE keep");
        assertThat(read("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")).contains("NONE keep");
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", ResponseLimits.DEFAULT, true))
                .contains("NONE keep");
        assertThat(read("HTTP/1.1 200 OK\r\n\r\n", ResponseLimits.DEFAULT, true)).contains("NONE keep");
        assertThat(read("HTTP/1.1 101 Switching Protocols\r\nUpgrade: a\r\n\r\nxyz")).contains("NONE close")
                .endsWith("xyz");
    }

    @Test
    void decidesWhetherTheConnectionIsKept() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: x, Close\r\n\r\n")).contains(" close [");
        assertThat(read("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n")).contains(" close [");
    }

    @Test
    void givesInterimResponsesAndGoesOn() {
        String raw = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\nContent-Length: 5\r\n\r\n"
                + "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
        assertThat(read(raw)).isEqualTo("100 103 HTTP/1.1 200 (OK) LENGTH=5 keep [Content-Length: 5|] rest=hello");
        assertThat(read("HTTP/1.1 199 What\r\n\r\n")).isEqualTo("199 more");
    }

    @Test
    void refusesEarlyHintsOfAnOldVersion() {
        assertThat(read("HTTP/1.0 103 Early Hints\r\n\r\n"))
                .isEqualTo("upstream sent HTTP/1.0 response with early hints" + READING);
    }

    @Test
    void boundsInterimResponsesByNumberAndBytes() {
        String one = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
        String last = "HTTP/1.1 200 OK\r\n\r\n";
        assertThat(read(one.repeat(32) + last)).contains("HTTP/1.1 200");
        assertThat(read(one.repeat(33) + last)).isEqualTo("upstream sent too many interim responses" + READING);
        String large = "HTTP/1.1 103 Early Hints\r\nX: " + "a".repeat(4000) + "\r\n\r\n";
        assertThat(read(large.repeat(16) + last)).contains("HTTP/1.1 200");
        assertThat(read(large.repeat(17) + last)).isEqualTo("upstream sent too many interim responses" + READING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 20 OK", "HTTP/1.1 -20 OK", "HTTP/1.1 000 OK", "HTTP/1.1 099 OK",
            "HTTP/1.1 2000 OK",
            "HTTP/2 200 OK", "HTTP/2.0 200 OK", "HTTP/0.9 200 OK", "HTTP/1.10 200 OK", "ICY 200 OK", "http/1.1 200 OK",
            "HTTP/1.1 200 O\0K", "HTTP/1.1 200 O\rK", "HTTP/1.1 200\tOK", "HTTP/1.1 204\u000bOK", " HTTP/1.1 200 OK",
            "",
            "\0HTTP/1.1 200 OK", "<html>hello</html>", "HTTP/1.1\t200 OK", "HTTP/1.1200 OK", "HTTP/1.1 200 O\u007fK",
            "HTTP/1.1 "})
    void refusesWhatIsNoStatusLine(String line) {
        assertThat(read(line + "\r\nContent-Length: 5\r\n\r\nhello"))
                .isEqualTo("upstream sent no valid HTTP/1.0 header" + READING);
    }

    @Test
    void takesStatusLinesOfOldServers() {
        assertThat(read("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 200 () LENGTH=0");
        assertThat(read("HTTP/1.1  200  OK fine\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ( OK fine) LENGTH=0");
        assertThat(read("HTTP/1.1 403.14 No\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 403 (No) LENGTH=0");
        assertThat(read("HTTP/1.2 600 \u00e9\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 600 (\u00e9) LENGTH=0");
        assertThat(read("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello")).contains("LENGTH=5 keep")
                .endsWith("rest=hello");
        assertThat(read("HTTP/1.1 200\n\n")).startsWith("HTTP/1.1 200 () UNTIL_CLOSE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: a\r\n b", "X: a\r\n\tSet-Cookie: e=1", "X: a\0b", "X: a\rb", "X Y: a", "X\0Y: a",
            "X(Y: a",
            "X\u0080: a", "Transfer-Encoding : chunked", ": a", "nocolon", "HTTP/1.1 200 OK"})
    void refusesBrokenFieldLines(String lines) {
        assertThat(read("HTTP/1.1 200 OK\r\n" + lines + "\r\nContent-Length: 5\r\n\r\nhello"))
                .startsWith("upstream sent invalid header: \"").endsWith("...\"" + READING);
    }

    @Test
    void toleratesOtherOctetsInValues() {
        assertThat(read("HTTP/1.1 200 OK\r\nX_y: \u00c3\u00a9\u0001\u007f\tz\r\nE:\r\nContent-Length: 0\r\n\r\n"))
                .contains("[X_y: \u00c3\u00a9\u0001\u007f\tz|E: |Content-Length: 0|]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "5.0", "abc", "5;a", "", "5, 6", "5, 5", "18446744073709551621"})
    void refusesBadLengths(String value) {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: " + value + "\r\n\r\nhello")).isEqualTo(
                "upstream sent invalid \"Content-Length\" header: \"Content-Length: " + value + "\"" + READING);
    }

    @Test
    void refusesTwoFramings() {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-length: 5\r\n\r\nhello")).isEqualTo(
                "upstream sent duplicate header line: \"Content-length: 5\", previous value: \"Content-Length: 5\""
                        + READING);
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .startsWith("upstream sent duplicate header line: \"Transfer-Encoding: chunked\"");
        String both = "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time" + READING;
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n")).isEqualTo(both);
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n")).isEqualTo(both);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "\u000bchunked", "gzip, chunked", "chunked, chunked", ""})
    void refusesOtherCodings(String value) {
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: " + value + "\r\n\r\n"))
                .isEqualTo("upstream sent unknown \"Transfer-Encoding\": \"" + value + "\"" + READING);
    }

    @Test
    void boundsTheHeadByTheBuffer() {
        String head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX: ";
        String fits = head + "a".repeat(400 - head.length() - 4) + "\r\n\r\n";
        assertThat(fits).hasSize(400);
        assertThat(read(fits + "rest", ResponseLimits.of(400), false)).endsWith("rest=rest");
        assertThat(read(fits + "rest", ResponseLimits.of(399), false))
                .isEqualTo("upstream sent too big header" + READING);
        assertThat(read("HTTP/1.1 200 " + "a".repeat(100_000))).isEqualTo("upstream sent too big header" + READING);
    }

    @Test
    void boundsTheNumberOfFields() {
        ResponseLimits limits = new ResponseLimits(65536, 3, 32, 65536);
        assertThat(read("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(3) + "\r\n", limits, false))
                .startsWith("HTTP/1.1 200");
        assertThat(read("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(4) + "\r\n", limits, false))
                .isEqualTo("upstream sent too many header lines" + READING);
    }
}
