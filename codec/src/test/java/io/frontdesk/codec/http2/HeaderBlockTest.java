package io.frontdesk.codec.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class HeaderBlockTest {
    private static String read(byte[] block, int limit) {
        HeaderBlock reader = new HeaderBlock();
        Bytes out = new Bytes();
        StringBuilder found = new StringBuilder();
        reader.start(block, 0, block.length, limit);
        while (true) {
            switch (reader.next(out)) {
                case END -> {
                    return found.toString();
                }
                case BAD -> {
                    return found + "! " + reader.complaint();
                }
                case FIELD -> found.append(out.string(reader.nameOffset(), reader.nameLength())).append('=')
                        .append(out.string(reader.valueOffset(), reader.valueLength())).append(';');
            }
        }
    }

    private static String readHex(String hex) {
        return read(HexFormat.of().parseHex(hex.replace(" ", "")), 4096);
    }

    /** RFC 7541, appendix C.4 and C.6, as far as no table is needed. */
    @Test
    void readsTheExamplesOfTheStandard() {
        assertThat(readHex("82 86 84 41 8c f1e3c2e5f23a6ba0ab90f4ff"))
                .isEqualTo(":method=GET;:scheme=http;:path=/;:authority=www.example.com;");
        assertThat(readHex("48 82 6402 58 85 aec3771a4b 61 96 d07abe941054d444a8200595040b8166e082a62d1bff"))
                .isEqualTo(":status=302;cache-control=private;date=Mon, 21 Oct 2013 20:13:21 GMT;");
        assertThat(readHex("040c 2f73616d706c652f70617468")).isEqualTo(":path=/sample/path;");
    }

    @Test
    void readsWhatAnotherEncoderWritesOfAnyBytes() throws Exception {
        Random random = new Random(7541);
        for (int round = 0; round < 300; round++) {
            Http2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder((name, value) -> true, false, 16, 0);
            Http2Headers headers = new DefaultHttp2Headers(false);
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                String name = text(random, 1 + random.nextInt(30), 'a', 26);
                String value = round % 2 == 0
                        ? text(random, random.nextInt(900), 0, 256)
                        : text(random, random.nextInt(900), ' ', 94);
                headers.add(name, new io.netty.util.AsciiString(
                        value.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
                expected.append(name).append('=').append(value).append(';');
            }
            ByteBuf out = Unpooled.buffer();
            encoder.encodeHeaders(1, headers, out);
            assertThat(read(ByteBufUtil.getBytes(out), 1 << 20)).isEqualTo(expected.toString());
        }
    }

    private static String text(Random random, int length, int from, int range) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (from + random.nextInt(range)));
        }
        return text.toString();
    }

    @Test
    void refusesNumbersThatStandForNothing() {
        assertThat(readHex("80")).contains("invalid http2 table index: 0");
        assertThat(readHex("be")).contains("invalid http2 table index: 62");
        assertThat(readHex("7e 00")).contains("invalid http2 table index: 62");
        assertThat(readHex("ff ffffffffff")).contains("invalid http2 table index");
    }

    @Test
    void takesNoTableBackThatItHasNotAllowed() {
        assertThat(readHex("20 88")).isEqualTo(":status=200;");
        assertThat(readHex("21 88")).contains("dynamic table size update: 1");
        assertThat(readHex("88 20")).contains("dynamic table size update: 0");
    }

    @Test
    void refusesTextsThatAreCutOffOrHaveNoName() {
        assertThat(readHex("00 05 61")).contains("truncated");
        assertThat(readHex("00")).contains("truncated");
        assertThat(readHex("00 00 01 61")).contains("zero http2 header name length");
        assertThat(readHex("00 01 61")).contains("truncated");
    }

    /** RFC 7541 §5.2: at most 7 bits of padding, all ones; and never the symbol of the end. */
    @Test
    void refusesTextsWithWrongPadding() {
        assertThat(readHex("00 01 61 81 1f")).isEqualTo("a=a;"); // 00011 111
        assertThat(readHex("00 01 61 81 ff")).isEqualTo("a=;"); // one byte too many, as some senders do
        assertThat(readHex("00 01 61 81 18")).contains("invalid encoded header");
        assertThat(readHex("00 01 61 82 1fff")).contains("invalid encoded header");
        assertThat(readHex("00 01 61 84 ffffffff")).contains("invalid encoded header");
    }

    @Test
    void countsNamesAndValuesAgainstItsLimit() {
        byte[] block = HexFormat.of().parseHex("8800016103626364");
        assertThat(read(block, 14)).isEqualTo(":status=200;a=bcd;");
        assertThat(read(block, 13)).contains("too large http2 header");
        assertThat(read(HexFormat.of().parseHex("0001617fffff7f"), 100)).contains("value length");
    }
}
