package io.frontdesk.engine.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WaitingInputTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final WaitingInput waiting = new WaitingInput(channel, UnpooledByteBufAllocator.DEFAULT);

    @AfterEach
    void close() {
        waiting.release();
        channel.close();
    }

    private static ByteBuf bytes(String text) {
        return UnpooledByteBufAllocator.DEFAULT.directBuffer(text.length()).writeBytes(ascii(text));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private ByteBuf give() {
        return Objects.requireNonNull(waiting.give());
    }

    private String text() {
        ByteBuf all = give();
        String text = all.toString(StandardCharsets.US_ASCII);
        all.release();
        return text;
    }

    /** Keeps what is left of bytes that were lent. */
    private void keepLent(String text) {
        ByteBuf lent = bytes(text);
        assertThat(waiting.keep(lent, false)).isFalse();
        lent.release();
    }

    @Test
    void aPipelineIsNotCopiedForEachOfItsRequests() {
        keepLent("GET / ".repeat(5000));
        ByteBuf first = give();
        for (int i = 0; i < 1000; i++) {
            first.skipBytes(6);
            assertThat(waiting.keep(first, true)).isTrue();
            assertThat(give()).isSameAs(first);
        }
        first.release();
    }

    @Test
    void littleThatIsLeftDoesNotKeepALargeBuffer() {
        keepLent("GET / ".repeat(5000));
        ByteBuf large = give().skipBytes(29_990);
        assertThat(waiting.keep(large, true)).isFalse();
        large.release();
        ByteBuf left = give();
        assertThat(left.capacity()).isLessThan(2000);
        assertThat(left.toString(StandardCharsets.US_ASCII)).isEqualTo(" GET / GET / ".substring(3));
        left.release();
    }

    @Test
    void whatSomebodyHoldsAPartOfIsLeftToHim() {
        keepLent("bodyGET / ");
        ByteBuf in = give();
        ByteBuf part = in.readRetainedSlice(4);
        assertThat(waiting.keep(in, true)).isFalse();
        in.release();
        waiting.append(bytes("x".repeat(10_000)));
        assertThat(part.toString(StandardCharsets.US_ASCII)).isEqualTo("body");
        part.release();
        assertThat(text()).startsWith("GET / xxx").hasSize(10_006);
    }

    @Test
    void whatIsReadMakesRoomForWhatComes() {
        keepLent("0123456789".repeat(1000));
        ByteBuf in = give();
        int capacity = in.capacity();
        for (int i = 0; i < 100; i++) {
            in.skipBytes(6000);
            assertThat(waiting.keep(in, true)).isTrue();
            waiting.append(bytes("abcdef".repeat(1000)));
            assertThat(give()).isSameAs(in);
        }
        assertThat(in.capacity()).isLessThanOrEqualTo(2 * capacity);
        assertThat(in.toString(StandardCharsets.US_ASCII)).hasSize(10_000).endsWith("abcdef");
        in.release();
    }

    @Test
    void muchThatWaitsStopsTheReading() {
        keepLent("x".repeat(WaitingInput.MAX_BYTES));
        assertThat(channel.config().isAutoRead()).isTrue();
        waiting.append(bytes("y"));
        waiting.limit();
        assertThat(channel.config().isAutoRead()).isFalse();
    }
}
