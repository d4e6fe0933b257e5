package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.http1.Cuts.Pieces;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkReaderTest {
    private static String read(String raw) {
        return read(raw, Side.CLIENT, 0);
    }

    private static String read(String raw, Side side, long maxContent) {
        return Cuts.outcome(raw, pieces -> feed(pieces, side, maxContent));
    }

    private static String feed(Pieces pieces, Side side, long maxContent) {
        ContentReader reader = new ContentReader(side, 1000, 10);
        reader.start(Framing.CHUNKED, -1, maxContent);
        StringBuilder content = new StringBuilder();
        while (pieces.more()) {
            ByteBuf in = pieces.current();
            ContentEvent event;
            while ((event = reader.read(in)) == ContentEvent.DATA) {
                content.append(in.toString(reader.dataOffset(), reader.dataLength(), StandardCharsets.ISO_8859_1));
            }
            assertThat(reader.received()).isEqualTo(content.length());
            if (event == ContentEvent.REFUSED) {
                return reader.refusal().status() + " " + reader.refusal().reason();
            }
            if (event == ContentEvent.END) {
                assertThat(reader.isEnded()).isTrue();
                return content + " [" + reader.trailers().toString().replace("\n", "|") + "] rest=" + pieces.rest();
            }
            assertThat(reader.isEnded()).isFalse();
        }
        return content + " more";
    }

    @ParameterizedTest
    @ValueSource(strings = {"5\r\nhello\r\n0\r\n\r\n", "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "5\r\nhello\r\n0000\r\n\r\n",
            "05;a=b\r\nhello\r\n0;c\r\n\r\n", "5;a=\"q\\\"r\"\r\nhello\r\n0\r\n\r\n",
            "5 ;a=b\r\nhello\r\n0\t ;x\r\n\r\n",
            "5;\t\u00e9\r\nhello\r\n0\r\n\r\n"})
    void decodesContent(String raw) {
        assertThat(read(raw + "next")).isEqualTo("hello [] rest=next");
    }

    @Test
    void readsHexInEitherCase() {
        assertThat(read("A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n")).isEqualTo("01234567890123456789 [] rest=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5 \r\nhello\r\n", "\t5\r\nhello\r\n", " 5\r\nhello\r\n", "-5\r\nhello\r\n",
            "5_\r\nhello\r\n",
            "0x5\r\nhello\r\n", "5\r\nhello\r\n\r\n", ";a=b\r\nhello\r\n", "5.\r\nhello\r\n", "5,\r\nhello\r\n", "\r\n",
            "\u00ef\u00bc\u0095\r\nhello\r\n", "10000000000000005\r\n", "FFFFFFFFFFFFFFFFF\r\n", "FFFFFFFFFFFFFFFF\r\n",
            "8000000000000000\r\n", "00000000000000005\r\n", "5\nhello\r\n", "5\r\nhello\n", "5\r\nhello\r0",
            "5\r\r\nhello",
            "5\r\r;a\r\n", "5\r\nhelloX\r\n", "5\r\nhello0\r\n", "2;\nxx\r\n", "5;a\rb\r\n", "5;a\nb\r\n", "5;a\0b\r\n",
            "5;a\u007fb\r\n", "5\r\nhello\r\n0\n\r\n", "5 a\r\n", "<html>"})
    void refusesBrokenFraming(String raw) {
        assertThat(read(raw + "0\r\n\r\n")).isEqualTo("400 client sent invalid chunked body");
        assertThat(read(raw + "0\r\n\r\n", Side.UPSTREAM, 0))
                .isEqualTo("502 upstream sent invalid chunked response while reading upstream");
    }

    @Test
    void keepsTrailersApart() {
        assertThat(read("5\r\nhello\r\n0\r\nX-T: v \r\nContent-Length: 50\r\n\r\nnext"))
                .isEqualTo("hello [X-T: v|Content-Length: 50|] rest=next");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "X-T : v\r\n\r\n", "X-T: a\r\n b\r\n\r\n", "X-T: a\rb\r\n\r\n", "nocolon\r\n\r\n",
            "X: a\n\r\n",
            "X: a\0\r\n\r\n", "X: a\u0001\r\n\r\n", "\rX"})
    void refusesBrokenTrailers(String trailers) {
        assertThat(read("0\r\n" + trailers)).startsWith("400 client sent invalid trailer: \"");
        assertThat(read("0\r\n" + trailers, Side.UPSTREAM, 0)).startsWith("502 upstream sent invalid trailer: \"");
    }

    @Test
    void boundsTrailersByBytesAndNumber() {
        String fits = "0\r\nX: " + "a".repeat(1000 - 7) + "\r\n\r\n";
        assertThat(fits).hasSize(1003);
        assertThat(read(fits)).endsWith("rest=");
        assertThat(read("0\r\nX: " + "a".repeat(1000 - 6) + "\r\n\r\n")).isEqualTo("400 client sent too big trailers");
        assertThat(read("0\r\n" + "X: a\r\n".repeat(10) + "\r\n")).endsWith("rest=");
        assertThat(read("0\r\n" + "X: a\r\n".repeat(11) + "\r\n")).isEqualTo("400 client sent too many trailers");
    }

    @Test
    void boundsExtensions() {
        assertThat(read("5;" + "a".repeat(16000) + "\r\nhello\r\n0\r\n\r\n")).isEqualTo("hello [] rest=");
        assertThat(read("5;" + "a".repeat(20000) + "\r\nhello\r\n0\r\n\r\n"))
                .isEqualTo("400 client sent invalid chunked body");
        String wasteful = "1;" + "a".repeat(48) + "\r\nx\r\n";
        assertThat(read(wasteful.repeat(300) + "0\r\n\r\n")).endsWith("rest=");
        assertThat(read(wasteful.repeat(700) + "0\r\n\r\n")).isEqualTo("400 client sent invalid chunked body");
        String signed = "100;" + "a".repeat(80) + "\r\n" + "x".repeat(256) + "\r\n";
        assertThat(read(signed.repeat(250) + "0\r\n\r\n")).endsWith("rest=");
    }

    @Test
    void boundsTheContent() {
        String raw = "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        assertThat(read(raw, Side.CLIENT, 5)).isEqualTo("abcde [] rest=");
        assertThat(read(raw, Side.CLIENT, 4))
                .isEqualTo("413 client intended to send too large chunked body: 3+2 bytes");
        assertThat(read("7FFFFFFFFFFFFFFF\r\n", Side.CLIENT, 4))
                .isEqualTo("413 client intended to send too large chunked body: 0+9223372036854775807 bytes");
    }

    @Test
    void isNotEndedBeforeTheLastLine() {
        assertThat(read("5\r\nhello\r\n0\r\n")).isEqualTo("hello more");
        assertThat(read("5\r\nhel")).isEqualTo("hel more");
    }

    @Test
    void startsAgainAfterTheEnd() {
        ChunkReader reader = new ChunkReader(Side.CLIENT, 1000, 10);
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes("1\r\na\r\n0\r\nX: y\r\n\r\n1\r\nb\r\n0\r\n\r\n"));
        for (String content : new String[]{"a", "b"}) {
            reader.start(0);
            assertThat(reader.read(in)).isEqualTo(ContentEvent.DATA);
            ByteBuf slice = reader.giveData(in);
            assertThat(Cuts.rest(slice)).isEqualTo(content);
            slice.release();
            assertThat(reader.read(in)).isEqualTo(ContentEvent.END);
            assertThat(reader.read(in)).isEqualTo(ContentEvent.END);
        }
        assertThat(reader.trailers().size()).isZero();
        in.release();
    }
}
