package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
class SharedReceiveTest {

    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true, 0, 1, 8192, 7, 0, 0, false);
    private final ReadHint hint = new ReadHint();
    private final SharedReceive receive = new SharedReceive(allocator, 1024, hint);
    private final ChannelConfig config = new EmbeddedChannel().config();

    @AfterEach
    void close() {
        receive.close();
    }

    @Test
    void lendsTheSameBufferUntilSomebodyKeepsIt() {
        ByteBuf first = receive.allocate(allocator);
        first.writeZero(100).release();
        ByteBuf second = receive.allocate(allocator);
        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isZero();
        assertThat(second.writableBytes()).isEqualTo(1024);
        ByteBuf kept = second.writeZero(100).readRetainedSlice(50);
        second.release();
        ByteBuf third = receive.allocate(allocator);
        assertThat(third).isNotSameAs(second);
        assertThat(kept.refCnt()).isPositive();
        assertThat(receive.replaced()).isEqualTo(1);
        kept.release();
        third.release();
    }

    @Test
    void readsOnlyOnceWhenTheBufferIsNotFull() {
        receive.reset(config);
        assertThat(read(100)).isFalse();
        receive.reset(config);
        assertThat(read(0)).isFalse();
    }

    @Test
    void readsOnWhileTheBufferIsFullButNotForEver() {
        receive.reset(config);
        for (int i = 1; i < SharedReceive.MAX_READS; i++) {
            assertThat(read(1024)).isTrue();
        }
        assertThat(read(1024)).isFalse();
    }

    @Test
    void readsUpToAnEndThatIsKnownToCome() {
        hint.ending = true;
        receive.reset(config);
        assertThat(read(100)).isTrue();
        assertThat(read(-1)).isFalse();
    }

    @Test
    void stopsWhenReadingIsPaused() {
        hint.ending = true;
        receive.reset(config);
        assertThat(read(1024)).isTrue();
        config.setAutoRead(false);
        assertThat(read(1024)).isFalse();
    }

    @Test
    void settlesASmallPartInMemoryOfItsOwn() {
        ByteBuf whole = receive.allocate(allocator).writeZero(1024);
        ByteBuf small = SharedReceive.settle(whole.readRetainedSlice(10), allocator);
        ByteBuf large = SharedReceive.settle(whole.readRetainedSlice(600), allocator);
        whole.release();
        assertThat(small.capacity()).isLessThan(100);
        assertThat(small.readableBytes()).isEqualTo(10);
        assertThat(large.readableBytes()).isEqualTo(600);
        large.release();
        assertThat(receive.allocate(allocator)).isSameAs(whole);
        whole.release();
        small.release();
    }

    private boolean read(int bytes) {
        receive.attemptedBytesRead(1024);
        receive.lastBytesRead(bytes);
        receive.incMessagesRead(1);
        return receive.continueReading();
    }
}
