package io.frontdesk.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class HelloReaderTest {

    /** What a JDK client sends first. */
    private static byte[] hello(String name, String... applications) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setApplicationProtocols(applications);
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(32 * 1024);
        engine.wrap(ByteBuffer.allocate(0), out);
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    /** The same message in records of {@code size} bytes. */
    private static byte[] fragmented(byte[] record, int size) {
        ByteBuf out = Unpooled.buffer();
        for (int at = 5; at < record.length; at += size) {
            int length = Math.min(size, record.length - at);
            out.writeByte(22).writeShort(0x0301).writeShort(length).writeBytes(record, at, length);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    @Test
    void readsNameAndOffers() throws Exception {
        HelloReader reader = new HelloReader();
        assertThat(reader.read(Unpooled.wrappedBuffer(hello("a.example", "h2", "http/1.1"))))
                .isEqualTo(HelloReader.Result.WHOLE);
        ClientHello hello = reader.hello();
        assertThat(hello).isNotNull();
        assertThat(hello.serverName()).isEqualTo("a.example");
        assertThat(hello.applications()).containsExactly("h2", "http/1.1");
        assertThat(hello.ciphers()).contains(0x1301);
        assertThat(hello.groups()).isNotEmpty();
        assertThat(hello.signatures()).contains(0x0403);
    }

    @Test
    void readsAMessageThatComesByteByByteInManyRecords() throws Exception {
        byte[] bytes = fragmented(hello("b.example"), 7);
        HelloReader reader = new HelloReader();
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < bytes.length - 1; i++) {
            in.writeByte(bytes[i]);
            assertThat(reader.read(in)).isEqualTo(HelloReader.Result.NEED_MORE);
        }
        in.writeByte(bytes[bytes.length - 1]);
        assertThat(reader.read(in)).isEqualTo(HelloReader.Result.WHOLE);
        assertThat(reader.hello().serverName()).isEqualTo("b.example");
        assertThat(in.readerIndex()).isZero();
    }

    @Test
    void refusesAMessageThatIsNoHello() {
        assertThat(new HelloReader().read(Unpooled.wrappedBuffer(new byte[]{22, 3, 1, 0, 4, 2, 0, 0, 0})))
                .isEqualTo(HelloReader.Result.INVALID);
        assertThat(new HelloReader().read(Unpooled.wrappedBuffer(new byte[]{23, 3, 1, 0, 4, 1, 0, 0, 0})))
                .isEqualTo(HelloReader.Result.INVALID);
        assertThat(new HelloReader().read(Unpooled.wrappedBuffer(new byte[]{22, 3, 1, 0, 0})))
                .isEqualTo(HelloReader.Result.INVALID);
    }

    @Test
    void takesAnnouncedMessagesUpToTheLimitAndNotOneBeyond() {
        assertThat(announcing(HelloReader.MAX_BYTES)).isEqualTo(HelloReader.Result.NEED_MORE);
        assertThat(announcing(HelloReader.MAX_BYTES + 1)).isEqualTo(HelloReader.Result.INVALID);
    }

    private static HelloReader.Result announcing(int length) {
        byte[] start = {22, 3, 1, 0, 4, 1, (byte) (length >> 16), (byte) (length >> 8), (byte) length};
        return new HelloReader().read(Unpooled.wrappedBuffer(start));
    }

    @Test
    void endsATrickleOfEmptyPromises() {
        HelloReader reader = new HelloReader();
        ByteBuf in = Unpooled.buffer();
        in.writeBytes(new byte[]{22, 3, 1, 0, 4, 1, 0, (byte) 0xff, (byte) 0xff});
        HelloReader.Result result = reader.read(in);
        while (result == HelloReader.Result.NEED_MORE && in.readableBytes() < 2 * HelloReader.MAX_BYTES) {
            in.writeBytes(new byte[]{22, 3, 1, 0, 1, 0});
            result = reader.read(in);
        }
        assertThat(result).isEqualTo(HelloReader.Result.INVALID);
        assertThat(in.readableBytes()).isLessThan(HelloReader.MAX_BYTES + 16);
    }

    @Test
    void makesNothingOfExtensionsThatPointBeyondTheirEnd() throws Exception {
        byte[] record = hello("c.example");
        for (int cut = 10; cut < record.length - 9; cut++) {
            assertThat(ClientHello.parse(record, 9, cut)).satisfiesAnyOf(hello -> assertThat(hello).isNull(),
                    hello -> assertThat(hello.ciphers()).isNotNull());
        }
    }
}
