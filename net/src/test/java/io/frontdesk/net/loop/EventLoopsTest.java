package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventLoopsTest {

    @ParameterizedTest
    @EnumSource
    void namesItsThreads(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(3, transport)) {
            for (Loop loop : loops.all()) {
                assertThat(loop.executor().submit(() -> Thread.currentThread().getName()).get())
                        .isEqualTo("frontdesk-loop-" + loop.index());
                assertThat(loop.inLoop()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesWhatIsOpenAsItStops(Transport transport) throws Exception {
        EventLoops loops = EventLoops.start(1, transport);
        Loop loop = loops.loop(0);
        Channel channel = transport.newClient(false);
        loop.executor().submit(() -> loop.register(channel, loop.clientReceive())).get();
        assertThat(loops.stop(Duration.ofSeconds(20))).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThat(loop.executor().isTerminated()).isTrue();
    }

    @Test
    void refusesToWaitForItself() throws Exception {
        try (EventLoops loops = EventLoops.start(1, Transport.NIO)) {
            loops.loop(0).executor()
                    .submit(() -> assertThatThrownBy(loops::close).isInstanceOf(IllegalStateException.class)).get();
        }
    }

    @ParameterizedTest
    @EnumSource
    void expiresDeadlinesByItself(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport)) {
            Loop loop = loops.loop(0);
            var expired = new CompletableFuture<Long>();
            long armed = loop.executor().submit(() -> {
                long now = loop.clock().nanos();
                new Deadline(loop.deadlines(), _ -> expired.complete(loop.clock().nanos())).arm(60_000);
                new Deadline(loop.deadlines(), _ -> expired.complete(loop.clock().nanos())).arm(100);
                return now;
            }).get();
            assertThat(expired.get() - armed).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Test
    void readsTimeAnewInEachTurn() throws Exception {
        try (EventLoops loops = EventLoops.start(1)) {
            Loop loop = loops.loop(0);
            long first = loop.executor().submit(() -> loop.clock().nanos()).get();
            await().until(() -> loop.executor().submit(() -> loop.clock().nanos()).get() > first);
        }
    }

    @Test
    void givesBackItsReceiveBuffersAsItStops() throws Exception {
        EventLoops loops = EventLoops.start(1);
        Loop loop = loops.loop(0);
        ByteBuf lent = loop.executor().submit(() -> loop.clientReceive().allocate(loop.allocator())).get();
        assertThat(lent.refCnt()).isEqualTo(2);
        lent.release();
        loops.close();
        assertThat(lent.refCnt()).isZero();
    }
}
