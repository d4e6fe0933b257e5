package io.frontdesk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.frontdesk.codec.http1.ChunkReader;
import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.Side;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Any bytes as chunked content: the same content and the same end, however they are cut. */
class ChunkReaderFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void decodesAnyCutAlike(byte[] bytes) {
        for (Side side : Side.values()) {
            String whole = decode(side, bytes, bytes.length);
            assertThat(decode(side, bytes, 1)).isEqualTo(whole);
            assertThat(decode(side, bytes, 3)).isEqualTo(whole);
        }
    }

    private static String decode(Side side, byte[] bytes, int step) {
        ChunkReader reader = new ChunkReader(side, 4096, 100);
        reader.start(1 << 20);
        StringBuilder content = new StringBuilder();
        for (int at = 0; at < bytes.length; at += step) {
            ByteBuf part = Unpooled.wrappedBuffer(bytes, at, Math.min(step, bytes.length - at));
            while (true) {
                ContentEvent event = reader.read(part);
                if (event == ContentEvent.NEED_MORE) {
                    assertThat(part.isReadable()).isFalse();
                    break;
                }
                switch (event) {
                    case DATA -> content.append(
                            part.toString(reader.dataOffset(), reader.dataLength(), StandardCharsets.ISO_8859_1));
                    case END -> {
                        assertThat(reader.isEnded()).isTrue();
                        assertThat(reader.received()).isEqualTo(content.length());
                        return "end " + (at + part.readerIndex()) + ' ' + content + ' ' + reader.trailers();
                    }
                    default -> {
                        return "refused";
                    }
                }
            }
        }
        return "more " + content;
    }
}
