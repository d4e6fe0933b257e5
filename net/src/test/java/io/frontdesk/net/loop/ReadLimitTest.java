package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.LeakWatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakWatch.class)
class ReadLimitTest {
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true, 0, 1, 8192, 7, 0, 0, false);
    private final SharedReceive shared = new SharedReceive(allocator, 1024);

    @AfterEach
    void close() {
        shared.close();
    }

    @Test
    void givesRoomForTheLimitOnly() {
        ReadLimit limit = new ReadLimit(shared, 100);
        ByteBuf limited = limit.allocate(allocator);
        assertThat(limited.writableBytes()).isEqualTo(100);
        assertThat(limited.isReadable()).isFalse();
        limited.release();
        limit.bytes(5000);
        ByteBuf whole = limit.allocate(allocator);
        assertThat(whole).isSameAs(limited);
        assertThat(whole.writableBytes()).isEqualTo(1024);
        whole.release();
        ByteBuf others = shared.allocate(allocator);
        assertThat(others.writableBytes()).isEqualTo(1024);
        others.release();
    }
}
