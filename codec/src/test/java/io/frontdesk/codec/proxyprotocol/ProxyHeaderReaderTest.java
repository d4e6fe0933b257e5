package io.frontdesk.codec.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProxyHeaderReaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf hex(String digits) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(digits));
    }

    private static ProxyHeader header(ByteBuf in) {
        assertThat(ProxyHeaderReader.read(in)).isInstanceOf(ProxyHeaderReader.Result.Read.class);
        in.readerIndex(0);
        return ((ProxyHeaderReader.Result.Read) ProxyHeaderReader.read(in)).header();
    }

    @Test
    void readsALineAndLeavesWhatFollows() {
        ByteBuf in = text("PROXY TCP4 192.0.2.1 192.0.2.2 1234 5678\r\nGET");
        ProxyHeader header = header(in);
        assertThat(header.source()).isEqualTo("192.0.2.1");
        assertThat(header.sourcePort()).isEqualTo(1234);
        assertThat(header.destination()).isEqualTo("192.0.2.2");
        assertThat(header.destinationPort()).isEqualTo(5678);
        assertThat(in.toString(StandardCharsets.ISO_8859_1)).isEqualTo("GET");
        assertThat(header(text("PROXY TCP6 2001:DB8::1 ::1 1 2\r\n")).source()).isEqualTo("2001:DB8::1");
        assertThat(header(text("PROXY UNKNOWN whatever\r\n"))).isNull();
    }

    @Test
    void waitsForEachByteOfALine() {
        String line = "PROXY TCP4 192.0.2.1 192.0.2.2 1234 5678\r\n";
        for (int i = 0; i < line.length(); i++) {
            assertThat(ProxyHeaderReader.read(text(line.substring(0, i))))
                    .isInstanceOf(ProxyHeaderReader.Result.NeedMore.class);
        }
    }

    @Test
    void refusesLinesThatAreNone() {
        for (String line : new String[]{"GET / HTTP/1.1\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 1234\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 1234 5678\n", "PROXY TCP4 ::1 ::1 1 2\r\n",
                "PROXY TCP4 192.0.2.1 192.0.2.2 1234 65536\r\n", "PROXY TCP4 192.0.2.1 192.0.2.2 -1 2\r\n",
                "PROXY TCP4  192.0.2.1 192.0.2.2 1 2\r\n", "PROXY UDP4 192.0.2.1 192.0.2.2 1 2\r\n",
                "PROXY TCP4 " + "1".repeat(100)}) {
            assertThat(ProxyHeaderReader.read(text(line))).as(line)
                    .isInstanceOf(ProxyHeaderReader.Result.Broken.class);
        }
    }

    @Test
    void readsTheBinaryForm() {
        ByteBuf in = hex(
                SIGNATURE + "21110013" + "c0000201" + "c0000202" + "04d2" + "162e" + "0100026832" + "0500" + "47");
        ProxyHeader header = header(in);
        assertThat(header.source()).isEqualTo("192.0.2.1");
        assertThat(header.sourcePort()).isEqualTo(1234);
        assertThat(header.destinationPort()).isEqualTo(5678);
        assertThat(header.extra(1)).containsExactly('h', '2');
        assertThat(header.extra(5)).isNull();
        assertThat(in.readableBytes()).isEqualTo(1);
        assertThat(header(hex(SIGNATURE + "20000000"))).isNull();
        assertThat(header(hex(SIGNATURE + "21210024" + "20010db8000000000000000000000001".repeat(2) + "00010002"))
                .source()).isEqualTo("2001:db8::1");
    }

    @Test
    void refusesABinaryFormThatIsNone() {
        assertThat(ProxyHeaderReader.read(hex(SIGNATURE + "31110000"))).isInstanceOf(
                ProxyHeaderReader.Result.Broken.class);
        assertThat(ProxyHeaderReader.read(hex(SIGNATURE + "2111000b" + "00".repeat(11)))).isInstanceOf(
                ProxyHeaderReader.Result.Broken.class);
        assertThat(ProxyHeaderReader.read(hex("0d0a0d0b"))).isInstanceOf(ProxyHeaderReader.Result.Broken.class);
    }

    @Test
    void takesABinaryFormUpToTheLimitAndNotOneBeyond() {
        assertThat(ProxyHeaderReader.read(hex(SIGNATURE + "21110ff0")))
                .isInstanceOf(ProxyHeaderReader.Result.NeedMore.class);
        assertThat(ProxyHeaderReader.read(hex(SIGNATURE + "21110ff1")))
                .isInstanceOf(ProxyHeaderReader.Result.Broken.class);
    }
}
