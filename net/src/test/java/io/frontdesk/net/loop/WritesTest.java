package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritesTest {

    private final EventLoops loops = EventLoops.start(1, Transport.NIO);
    private final Loop loop = loops.loop(0);
    private final AtomicInteger flushes = new AtomicInteger();
    private final List<String> order = new ArrayList<>();

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void flushesOnceATurn() throws Exception {
        Channel channel = channel("a");
        var writes = new Writes(loop, channel);
        loop.executor().submit(() -> {
            for (int i = 0; i < 10; i++) {
                writes.write(Unpooled.EMPTY_BUFFER);
            }
            assertThat(flushes).hasValue(0);
        }).get();
        await().untilAtomic(flushes, org.hamcrest.Matchers.equalTo(1));
        loop.executor().submit(writes::flushLater).get();
        await().untilAtomic(flushes, org.hamcrest.Matchers.equalTo(2));
    }

    @Test
    void flushesInTheOrderOfAsking() throws Exception {
        var first = new Writes(loop, channel("first"));
        var second = new Writes(loop, channel("second"));
        loop.executor().submit(() -> {
            second.flushLater();
            first.flushLater();
            second.flushLater();
        }).get();
        await().untilAtomic(flushes, org.hamcrest.Matchers.equalTo(2));
        assertThat(order).containsExactly("second", "first");
    }

    @Test
    void flushesWhatIsAskedForByAFlush() throws Exception {
        var self = new Writes[1];
        var channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                // More often than a turn goes round: the rest is for the next turn.
                if (flushes.incrementAndGet() < 100) {
                    self[0].flushLater();
                }
            }
        });
        self[0] = new Writes(loop, channel);
        loop.executor().submit(self[0]::flushLater).get();
        await().untilAtomic(flushes, org.hamcrest.Matchers.equalTo(100));
    }

    @Test
    void isFullAboveTheWaterMark() {
        var channel = new EmbeddedChannel();
        channel.config().setWriteBufferWaterMark(Writes.WATER_MARK);
        var writes = new Writes(loop, channel);
        // What waits counts with something for each write.
        writes.writeOnly(Unpooled.wrappedBuffer(new byte[Writes.FULL_BYTES - 1024]));
        assertThat(writes.full()).isFalse();
        writes.writeOnly(Unpooled.wrappedBuffer(new byte[1024]));
        assertThat(writes.full()).isTrue();
        writes.flush();
        assertThat(writes.full()).isFalse();
        channel.finishAndReleaseAll();
    }

    private Channel channel(String name) {
        return new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                order.add(name);
                flushes.incrementAndGet();
            }
        });
    }
}
