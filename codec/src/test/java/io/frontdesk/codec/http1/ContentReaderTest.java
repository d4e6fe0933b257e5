package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ContentReaderTest {
    private final ContentReader reader = new ContentReader(Side.UPSTREAM, 1000, 10);

    @Test
    void takesExactlyTheLength() {
        reader.start(Framing.LENGTH, 5, 0);
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes("hel"));
        assertThat(reader.read(in)).isEqualTo(ContentEvent.DATA);
        assertThat(reader.dataLength()).isEqualTo(3);
        assertThat(reader.read(in)).isEqualTo(ContentEvent.NEED_MORE);
        assertThat(reader.remaining()).isEqualTo(2);
        assertThat(reader.isEndedByClose()).isFalse();
        ByteBuf more = Unpooled.wrappedBuffer(Cuts.bytes("loNEXT"));
        assertThat(reader.read(more)).isEqualTo(ContentEvent.DATA);
        assertThat(reader.dataLength()).isEqualTo(2);
        assertThat(reader.isEnded()).isTrue();
        assertThat(reader.read(more)).isEqualTo(ContentEvent.END);
        assertThat(Cuts.rest(more)).isEqualTo("NEXT");
        assertThat(reader.received()).isEqualTo(5);
    }

    @Test
    void takesNothingWhereThereIsNoContent() {
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes("x"));
        reader.start(Framing.NONE, 7, 0);
        assertThat(reader.read(in)).isEqualTo(ContentEvent.END);
        reader.start(Framing.LENGTH, 0, 0);
        assertThat(reader.read(in)).isEqualTo(ContentEvent.END);
        assertThat(Cuts.rest(in)).isEqualTo("x");
    }

    @Test
    void takesAllUntilTheClose() {
        reader.start(Framing.UNTIL_CLOSE, -1, 0);
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes("abc"));
        assertThat(reader.read(in)).isEqualTo(ContentEvent.DATA);
        assertThat(reader.read(in)).isEqualTo(ContentEvent.NEED_MORE);
        assertThat(reader.isEnded()).isFalse();
        assertThat(reader.isEndedByClose()).isTrue();
        assertThat(reader.remaining()).isEqualTo(-1);
    }
}
