package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String LINE = " while reading client request line";
    private static final String HEADERS = " while reading client request headers";

    private static String get(String fields) {
        return "GET /p HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
    }

    private static String line(String line) {
        return line + "\r\nHost: a\r\n\r\n";
    }

    @Test
    void readsAnOrdinaryRequestAndLeavesTheNext() {
        String raw = "GET /a/b.html?x=1&y HTTP/1.1\r\nHost: Example.ORG:8080\r\nUser-Agent:curl/8 \t\r\nX: \r\n\r\nGET /next";
        assertThat(RequestReading.read(raw))
                .isEqualTo("GET /a/b.html?x=1&y /a/b.html ?x=1&y HTTP/1.1 example.org:8080 NONE"
                        + " keep [Host: Example.ORG:8080|User-Agent: curl/8|X: |] rest=GET /next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /p?query", "GET /path", "GET http://a/p?query", "GET http://a?q"})
    void knowsNoTargetAndNoQueryWhereItRefusedTheTargetBeforeItsEnd(String begin) {
        RequestHead head = new RequestHead();
        ByteBuf in = Unpooled.copiedBuffer(begin + "x".repeat(100_000), StandardCharsets.ISO_8859_1);
        assertThat(new RequestReader(RequestLimits.DEFAULT).read(in, head)).isEqualTo(Result.REFUSED);
        assertThat(head.rawTargetLength()).isZero();
        assertThat(head.queryLength()).isZero();
        assertThat(head.query()).isEmpty();
    }

    @Test
    void knowsNoTargetWhereThereIsNone() {
        RequestHead head = new RequestHead();
        ByteBuf in = Unpooled.copiedBuffer(line("GET  / HTTP/1.1"), StandardCharsets.ISO_8859_1);
        assertThat(new RequestReader(RequestLimits.DEFAULT).read(in, head)).isEqualTo(Result.REFUSED);
        assertThat(head.rawTargetLength()).isZero();
        assertThat(head.hasEmptyPath()).isFalse();
        assertThat(head.rawTarget()).isEmpty();
    }

    @Test
    void asksForMoreUntilTheEmptyLine() {
        assertThat(RequestReading.read("GET / HTTP/1.1\r\nHost: a\r\n")).isEqualTo("more");
        assertThat(RequestReading.read("GET / HTT")).isEqualTo("more");
        assertThat(RequestReading.read("\r\n")).isEqualTo("more");
    }

    @Test
    void ignoresOneEmptyLineBeforeTheRequest() {
        assertThat(RequestReading.read("\r\n" + get(""))).startsWith("GET /p ");
        assertThat(RequestReading.read("\n" + get(""))).startsWith("GET /p ");
        assertThat(RequestReading.read("\r\n\r\n" + get(""))).isEqualTo("400 client sent invalid method" + LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {" GET / HTTP/1.1", "\rGET / HTTP/1.1", "\u00ef\u00bb\u00bfGET / HTTP/1.1", "get / HTTP/1.1",
            "Get / HTTP/1.1", "G\0ET / HTTP/1.1", "G\"T / HTTP/1.1", "G(T) / HTTP/1.1", "G\u007fT / HTTP/1.1",
            "GET,POST / HTTP/1.1", "G/T / HTTP/1.1", "[GET] / HTTP/1.1", "GET\t/ HTTP/1.1", "GET\u000b/ HTTP/1.1", "/x",
            "GET", "\u0016\u0003\u0001\u0002"})
    void refusesWhatIsNoMethod(String start) {
        assertThat(RequestReading.read(line(start))).isEqualTo("400 client sent invalid method" + LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET  / HTTP/1.1", "GET /  HTTP/1.1", "GET / HTTP/1.1 ", "GET /\tx HTTP/1.1",
            "GET /\0x HTTP/1.1",
            "GET /\rx HTTP/1.1", "GET /\nx HTTP/1.1", "GET / HTTP/1.1\r", "GET /#f HTTP/1.1", "GET /?#f HTTP/1.1",
            "GET t/x HTTP/1.1", "GET ?t HTTP/1.1", "GET a:80 HTTP/1.1", "GET * HTTP/1.1", "OPTIONS *x HTTP/1.1",
            "GET /",
            "GET / ", "GET / http/1.1", "GET / HtTP/1.1", "GET / HTTP/1", "GET / HTTP/1.", "GET / HTTP/1.10",
            "GET / HTTP/01.1", "GET / HTTP/1.1x", "GET / HTTP/1.1.1", "GET / HTTP/1,1", "GET / HTTP/ 1.1",
            "GET / HTTP /1.1",
            "GET / HTTP/1.1\0", "GET / \u00ef\u00bc\u00a8TTP/1.1", "GET / HTTP/0.9", "PRI * HTTP/2.0",
            "GET gopher://a/ HTTP/1.1", "GET http:/a HTTP/1.1", "GET http://a#f HTTP/1.1", "GET http:///x HTTP/1.1",
            "GET http://?x HTTP/1.1", "GET http HTTP/1.1", "GET http:// HTTP/1.1", "CONNECT a HTTP/1.1",
            "CONNECT a: HTTP/1.1", "CONNECT / HTTP/1.1"})
    void refusesWhatIsNoRequestLine(String start) {
        assertThat(RequestReading.read(line(start))).isEqualTo("400 client sent invalid request" + LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /% HTTP/1.1", "GET /%4 HTTP/1.1", "GET /%u002f HTTP/1.1", "GET /..%00/a HTTP/1.1",
            "GET /.. HTTP/1.1", "GET /%2e%2e/x HTTP/1.1", "GET /a/../../x HTTP/1.1", "GET http://a/../x HTTP/1.1"})
    void refusesPathsWithoutNormalForm(String start) {
        assertThat(RequestReading.read(line(start))).isEqualTo("400 client sent invalid request" + LINE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/2.0", "HTTP/2", "HTTP/9.1"})
    void refusesOtherMajorVersions(String version) {
        assertThat(RequestReading.read(line("GET / " + version))).isEqualTo("505 client sent invalid version" + LINE);
    }

    @Test
    void takesAHigherMinorAsOneDotOne() {
        assertThat(RequestReading.read(line("GET / HTTP/1.2"))).startsWith("GET / / - HTTP/1.2 a:0 NONE keep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"M-SEARCH", "FOO_BAR", "PROPPATCH", "GETX", "PURGE", "DELETE"})
    void passesOtherMethods(String method) {
        assertThat(RequestReading.read(line(method + " /p HTTP/1.1"))).startsWith(method + " /p /p");
    }

    @Test
    void takesRawOctetsInTargetsThatCannotBreakALine() {
        String target = "/\u00c3\u00a9\"<>\\^`{|}?a?b/../%zz\u00ff";
        assertThat(RequestReading.read(line("GET " + target + " HTTP/1.1"))).startsWith("GET " + target
                + " /\u00c3\u00a9\"<>\\^`{|} ?a?b/../%zz\u00ff");
    }

    @Test
    void normalisesThePathAndKeepsTheTarget() {
        assertThat(RequestReading.read(line("GET /a//b/./../%63%2f%3f?q=/../ HTTP/1.1")))
                .startsWith("GET /a//b/./../%63%2f%3f?q=/../ /a/c/? ?q=/../ HTTP/1.1");
    }

    @Test
    void readsTheAsteriskWithOptions() {
        assertThat(RequestReading.read(line("OPTIONS * HTTP/1.1"))).startsWith("OPTIONS * * - HTTP/1.1 a:0 NONE keep");
    }

    @Test
    void takesTheHostOfAnAbsoluteTarget() {
        assertThat(RequestReading.read(line("GET http://Other:81/x?y HTTP/1.1")))
                .startsWith("GET /x?y /x ?y HTTP/1.1 other:81 ");
        assertThat(RequestReading.read(line("GET HTTPS://other?y HTTP/1.1")))
                .startsWith("GET /?y / ?y HTTP/1.1 other:0 ");
        assertThat(RequestReading.read(line("GET http://other HTTP/1.1"))).startsWith("GET / / - HTTP/1.1 other:0 ");
        assertThat(RequestReading.read(line("GET http://[::1]:81/a/../b HTTP/1.1")))
                .startsWith("GET /a/../b /b - HTTP/1.1 [::1]:81 ");
        assertThat(RequestReading.read(line("GET http://a/x HTTP/1.1"))).startsWith("GET /x /x - HTTP/1.1 a:0 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://u:p@a/x", "http://a@b/x", "http://a..b/x", "http://a:8x/", "http://a:65536/",
            "http://[::1/",
            "http://./x", "http://:80/"})
    void refusesABadAuthorityInTheTarget(String target) {
        assertThat(RequestReading.read(line("GET " + target + " HTTP/1.1")))
                .isEqualTo("400 client sent invalid host in request line" + LINE);
    }

    @Test
    void refusesAOneLetterAuthorityThatHostDoesNotConfirm() {
        assertThat(RequestReading.read(line("GET http://t/x HTTP/1.1")))
                .isEqualTo("400 client sent invalid host in request line" + HEADERS);
    }

    @Test
    void refusesABadHostBesideAnAbsoluteTarget() {
        assertThat(RequestReading.read("GET http://other/ HTTP/1.1\r\nHost: a b\r\n\r\n"))
                .isEqualTo("400 client sent invalid host header" + HEADERS);
        assertThat(RequestReading.read("GET http://other/ HTTP/1.1\r\n\r\n"))
                .isEqualTo("400 client sent HTTP/1.1 request without \"Host\" header" + HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a..b", "a#x", "u:p@a", "a@b", "a^", "t\u00c3\u00a1", "a:8a", "a:99999",
            "[::1", "[::1]x",
            "[::zz]", "a b", "a/b", "a?b", "[v1]"})
    void refusesBadHosts(String host) {
        assertThat(RequestReading.read("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                .isEqualTo("400 client sent invalid host header" + HEADERS);
    }

    @Test
    void normalisesTheHost() {
        assertThat(RequestReading.read("GET / HTTP/1.1\r\nHost: TARGET.:\r\n\r\n")).contains(" target:0 ");
        assertThat(RequestReading.read("GET / HTTP/1.0\r\n\r\n")).contains(" HTTP/1.0 :0 NONE close");
    }

    @Test
    void refusesASecondHost() {
        assertThat(RequestReading.read(get("hOST: b\r\n"))).isEqualTo(
                "400 client sent duplicate host header: \"hOST: b\", previous value: \"Host: a\"" + HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-Range", "Authorization", "Expect", "Content-Length", "Transfer-Encoding"})
    void refusesASecondFieldOfAKindThatStandsOnce(String name) {
        assertThat(RequestReading.read(get(name + ": 1\r\nX: y\r\n" + name + ": 1\r\n")))
                .isEqualTo("400 client sent duplicate"
                        + " header line: \"" + name + ": 1\", previous value: \"" + name + ": 1\"" + HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host : b", "X\t: b", " X: b", "\tX: b", "X Y: a", ": a", ":", "nocolon", "no colon here",
            "X(Y: a",
            "X[Y: a", "X\\Y: a", "X\u00c3\u00a9: a", "X\u007fY: a", "X\0: a", "X: \0", "X: a\0b", "X: a\u0001b",
            "X: a\u001bb",
            "X: a\u007fb", "X: a\rb", "X: a\r", "X: a\r\r", "X: a\r\n b", "X: a\r\n\tb", "X: a\r\n ", "X:\r\n a",
            "\u000bX: a"})
    void refusesBrokenFieldLines(String lines) {
        assertThat(RequestReading.read(get(lines + "\r\n"))).startsWith("400 client sent invalid header line: \"");
    }

    @Test
    void quotesABrokenLineAsFarAsItWasGood() {
        assertThat(RequestReading.read(get("Foo\u0001bar: x\r\n")))
                .isEqualTo("400 client sent invalid header line: \"Foo\\x01...\"" + HEADERS);
    }

    @Test
    void takesAnyVisibleOctetAndTabsInValues() {
        assertThat(RequestReading.read(get("X:\t\u00c3\u00a9\u00ff\ta \u0080\r\nEmpty:\r\n")))
                .contains("|X: \u00c3\u00a9\u00ff\ta \u0080|Empty: |]");
    }

    @Test
    void leavesOutUnusualNamesUnlessToldOtherwise() {
        String raw = get("a_b: 1\r\nx.y: 2\r\n!#$%&'*+-.^`|~1: 3\r\nok: 4\r\n");
        assertThat(RequestReading.read(raw)).contains("[Host: a|ok: 4|]");
        assertThat(RequestReading.read(raw, limits(1000, true, true))).contains("[Host: a|a_b: 1|ok: 4|]");
        assertThat(RequestReading.read(raw, limits(1000, false, false)))
                .contains("[Host: a|a_b: 1|x.y: 2|!#$%&'*+-.^`|~1: 3|ok: 4|]");
    }

    @Test
    void letsLfAloneEndLinesOfARequestWithoutContent() {
        assertThat(RequestReading.read("GET / HTTP/1.1\nHost: a\n\nrest")).endsWith("[Host: a|] rest=rest");
        assertThat(RequestReading.read("GET / HTTP/1.1\nHost: a\r\n\r\n")).startsWith("GET / ");
        assertThat(RequestReading.read("GET / HTTP/1.1\r\nHost: a\r\n\n")).startsWith("GET / ");
        assertThat(RequestReading.read("GET / HTTP/1.1\r\nX: a\nHost: a\r\n\r\n")).contains("[X: a|Host: a|]");
    }

    @Test
    void refusesMixedLineEndsWithContent() {
        String mixed = "400 client sent request with content and mixed line ends" + HEADERS;
        assertThat(RequestReading.read("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\nX: 1\r\n\r\nhello"))
                .isEqualTo(mixed);
        assertThat(RequestReading.read("POST / HTTP/1.1\nHost: a\r\nContent-Length: 5\r\n\r\nhello")).isEqualTo(mixed);
        assertThat(RequestReading.read("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\r\n")).isEqualTo(mixed);
        assertThat(RequestReading.read("POST / HTTP/1.1\nHost: a\nContent-Length: 5\n\nhello")).contains(" LENGTH=5 ");
    }

    @Test
    void decidesContentByLength() {
        assertThat(RequestReading.read(get("Content-Length: 0\r\n"))).contains(" NONE keep");
        assertThat(RequestReading.read(get("Content-Length: 00005\r\n") + "hello")).contains(" LENGTH=5 ")
                .endsWith("rest=hello");
        assertThat(RequestReading.read(get("Content-Length: 9223372036854775807\r\n")))
                .contains(" LENGTH=9223372036854775807 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+5", "5.0", "5 0", "\"5\"", "5, 5", "5,", ",5", "0x5", "5\u00a0", "\u00d9\u00a5",
            "9223372036854775808", "18446744073709551621", "000000000000000000005"})
    void refusesBadLengths(String value) {
        assertThat(RequestReading.read(get("Content-Length: " + value + "\r\n")))
                .isEqualTo("400 client sent invalid \"Content-Length\" header" + HEADERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chunked", "CHUNKED", "\tchunked \t", "Chunked"})
    void decidesChunkedContent(String value) {
        assertThat(RequestReading.read(get("Transfer-Encoding:" + value + "\r\n"))).contains(" CHUNKED keep");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "xchunked", "chunke", "\"chunked\"", "'chunked'", "chunked, identity",
            "chunked, chunked",
            "chunked,", ",chunked", "chunked -", "chunked chunked", "identity", "trailers", "gzip", "gzip, chunked",
            "chunked\u00a0", "\u0085chunked", "\u00e2\u0084\u00aahunked"})
    void refusesOtherCodings(String value) {
        assertThat(RequestReading.read(get("Transfer-Encoding: " + value + "\r\n")))
                .isEqualTo("501 client sent unknown \"Transfer-Encoding\": \"" + value + "\"" + HEADERS);
    }

    @Test
    void refusesTwoFramings() {
        String both = "400 client sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time" + HEADERS;
        assertThat(RequestReading.read(get("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"))).isEqualTo(both);
        assertThat(RequestReading.read(get("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"))).isEqualTo(both);
        assertThat(RequestReading.read(get("Content-Length: 5\r\nX: X\nTransfer-Encoding: chunked\r\n")))
                .isEqualTo(both);
        assertThat(RequestReading.read("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"))
                .isEqualTo("400 client sent HTTP/1.0 request with \"Transfer-Encoding\" header" + HEADERS);
    }

    @Test
    void decidesWhetherTheConnectionIsKept() {
        assertThat(RequestReading.read(get("Connection: close, close\r\n"))).contains(" close [");
        assertThat(RequestReading.read(get("Connection: keep-alive\r\nConnection: x,CLOSE\r\n"))).contains(" close [");
        assertThat(RequestReading.read(get("Connection: closed\r\n"))).contains(" keep [");
        assertThat(RequestReading.read("GET / HTTP/1.0\r\n\r\n")).contains(" close [");
        assertThat(RequestReading.read("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")).contains(" keep [");
        assertThat(RequestReading.read("GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n")).contains(" close [");
    }

    @Test
    void refusesAConnectionFieldOfVeryManyOptions() {
        assertThat(RequestReading.read(get("Connection: " + "a,".repeat(64) + "\r\n"))).contains(" keep [");
        assertThat(RequestReading.read(get("Connection: " + "a,".repeat(65) + "\r\n")))
                .isEqualTo("400 client sent too many options in \"Connection\" header" + HEADERS);
    }

    @Test
    void knowsAnUpgradeAndAnExpectation() {
        assertThat(RequestReading.read(get("Connection: x, Upgrade\r\nUpgrade: websocket\r\n"))).contains(" upgrade [");
        assertThat(RequestReading.read(get("Upgrade: websocket\r\n"))).doesNotContain(" upgrade [");
        assertThat(RequestReading.read(get("Connection: Upgrade\r\n"))).doesNotContain(" upgrade [");
        assertThat(RequestReading.read("GET / HTTP/1.0\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n"))
                .doesNotContain(" upgrade [");
        assertThat(RequestReading.read(get("Expect: 100-Continue\r\n"))).contains(" expect [");
        assertThat(RequestReading.read(get("Expect: y 100-continue\r\n"))).doesNotContain(" expect ");
        assertThat(RequestReading.read("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n")).doesNotContain(" expect ");
    }

    @Test
    void refusesAWebSocketHandshakeWithContent() {
        String upgrade = "Connection: Upgrade\r\nContent-Length: 5\r\nUpgrade: ";
        assertThat(RequestReading.read(get(upgrade + "WebSocket\r\n")))
                .isEqualTo("400 client sent WebSocket handshake with content" + HEADERS);
        assertThat(RequestReading.read(get(upgrade + "h2c\r\n"))).contains(" LENGTH=5 keep upgrade [");
        assertThat(RequestReading.read(get(upgrade.replace('5', '0') + "websocket\r\n"))).contains(" upgrade [");
    }

    @Test
    void tellsOfANulInThePath() {
        RequestHead head = new RequestHead();
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes("GET /a%00b HTTP/1.0\r\n\r\nGET /a%20b?%00 HTTP/1.0\r\n\r\n"));
        RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
        assertThat(reader.read(in, head)).isEqualTo(Result.HEAD);
        assertThat(head.pathHoldsNul()).isTrue();
        assertThat(reader.read(in, head)).isEqualTo(Result.HEAD);
        assertThat(head.pathHoldsNul()).isFalse();
    }

    @Test
    void readsPlainAndUnusualLinesInTurn() {
        assertThat(RequestReading
                .read(get("A: 1\r\nB2: 2\r\nC:3\r\nD:  4 \r\nE-f: 5\t\r\nG:\r\nH: \r\nI_: x\r\nJ: 6\nK: 7\r\n")))
                .contains("[Host: a|A: 1|B2: 2|C: 3|D: 4|E-f: 5|G: |H: |J: 6|K: 7|]");
    }

    @Test
    void refusesTraceAndConnect() {
        assertThat(RequestReading.read(line("TRACE / HTTP/1.1"))).isEqualTo("405 client sent TRACE method" + HEADERS);
        assertThat(RequestReading.read(line("CONNECT b:80 HTTP/1.1")))
                .isEqualTo("405 client sent CONNECT method" + HEADERS);
        RequestLimits open = new RequestLimits(1024, 4, 8192, 1000, true, false, true, false, true);
        assertThat(RequestReading.read(line("CONNECT bb:80 HTTP/1.1"), open)).contains(" bb:80 NONE");
        assertThat(RequestReading.read("CONNECT bb:80 HTTP/1.1\r\nHost: b\r\nContent-Length: 1\r\n\r\n", open))
                .isEqualTo("400 client sent CONNECT request with body" + HEADERS);
    }

    @Test
    void readsHttp09OnlyWhereAllowed() {
        assertThat(RequestReading.read("GET /x?y\r\n\r\n")).isEqualTo("400 client sent invalid request" + LINE);
        RequestLimits old = new RequestLimits(1024, 4, 8192, 1000, true, false, true, true, false);
        assertThat(RequestReading.read("GET /x?y\r\nrest", old))
                .isEqualTo("GET /x?y /x ?y HTTP/0.9 :0 NONE close [] rest=rest");
        assertThat(RequestReading.read("GET /\n", old)).startsWith("GET / / - HTTP/0.9");
    }

    @Test
    void readsOneRequestAfterTheOtherIntoOneHead() {
        RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
        RequestHead head = new RequestHead();
        ByteBuf in = Unpooled.wrappedBuffer(
                Cuts.bytes("POST /%41 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /b HTTP/1.0\r\n\r\n"));
        assertThat(reader.isIdle()).isTrue();
        assertThat(reader.read(in, head)).isEqualTo(Result.HEAD);
        assertThat(head.path()).isEqualTo("/A");
        assertThat(head.isPathEncoded()).isTrue();
        assertThat(head.length()).isEqualTo(50);
        in.skipBytes(2);
        assertThat(reader.read(in, head)).isEqualTo(Result.HEAD);
        assertThat(RequestReading.render(head)).isEqualTo("GET /b /b - HTTP/1.0 :0 NONE close []");
        assertThat(reader.read(in, head)).isEqualTo(Result.NEED_MORE);
        assertThat(RequestReading.render(head)).isEqualTo("GET /b /b - HTTP/1.0 :0 NONE close []");
        assertThat(reader.isIdle()).isTrue();
    }

    @Test
    void staysRefusedAndShowsWhatCameOfTheLine() {
        RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
        RequestHead head = new RequestHead();
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes("GET /a b c\r\nHost: x\r\n\r\n"));
        assertThat(reader.read(in, head)).isEqualTo(Result.REFUSED);
        assertThat(head.requestLine()).isEqualTo("GET /a b c");
        assertThat(reader.read(in, head)).isEqualTo(Result.REFUSED);
        assertThat(reader.refusal().status()).isEqualTo(400);
    }

    private static RequestLimits limits(int maxFields, boolean ignores, boolean underscores) {
        return new RequestLimits(1024, 4, 8192, maxFields, ignores, underscores, true, false, false);
    }
}
