package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.Errno;
import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.Recorder;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import io.frontdesk.net.listen.Listener;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a connection sees of its peer: bytes, their end, a reset; and nothing of it while it does not read. */
@ExtendWith(LeakWatch.class)
class ReceivingTest {

    private static final int MEGABYTE = 1 << 20;

    @ParameterizedTest
    @EnumSource
    void noticesAnEndThatComesWithTheBytes(Transport transport) throws Exception {
        run(transport, new Recorder(true), (recorder, client) -> {
            client.getOutputStream().write(bytes("last words"));
            client.shutdownOutput();
            await().until(() -> recorder.events.contains(ChannelInputShutdownEvent.INSTANCE));
            assertThat(recorder.text()).isEqualTo("last words");
        });
    }

    @ParameterizedTest
    @EnumSource
    void mayAnswerAfterThePeersEnd(Transport transport) throws Exception {
        run(transport, new Recorder(true), (recorder, client) -> {
            client.shutdownOutput();
            await().until(() -> recorder.events.contains(ChannelInputShutdownEvent.INSTANCE));
            recorder.channel.get().writeAndFlush(Unpooled.copiedBuffer(bytes("answer")));
            assertThat(client.getInputStream().readNBytes(6)).isEqualTo(bytes("answer"));
            assertThat(recorder.events).doesNotContain("inactive");
        });
    }

    @ParameterizedTest
    @EnumSource
    void readsAllOfWhatFillsItsBufferManyTimes(Transport transport) throws Exception {
        run(transport, new Recorder(true), (recorder, client) -> {
            client.getOutputStream().write(new byte[4 * MEGABYTE]);
            client.shutdownOutput();
            await().until(() -> recorder.events.contains(ChannelInputShutdownEvent.INSTANCE));
            assertThat(recorder.bytes.get()).isEqualTo(4 * MEGABYTE);
        });
    }

    @ParameterizedTest
    @EnumSource
    void readsNothingWhilePausedThoughThePeerHasEnded(Transport transport) throws Exception {
        run(transport, new Recorder(false), (recorder, client) -> {
            Channel channel = recorder.channel.get();
            client.getOutputStream().write(new byte[100_000]);
            client.shutdownOutput();
            if (transport == Transport.EPOLL) {
                await().until(() -> recorder.events.contains(PeerEnd.FINISHED));
            }
            oneMoreTurn(recorder.loop.get());
            assertThat(recorder.bytes.get()).isZero();
            channel.config().setAutoRead(true);
            await().until(() -> recorder.events.contains(ChannelInputShutdownEvent.INSTANCE));
            assertThat(recorder.bytes.get()).isEqualTo(100_000);
        });
    }

    @Test
    void toldOfTheEndWhilePausedDoesNotSpin() throws Exception {
        run(Transport.EPOLL, new Recorder(false), (recorder, client) -> {
            Loop loop = recorder.loop.get();
            client.getOutputStream().write(new byte[1_000]);
            client.shutdownOutput();
            await().until(() -> recorder.events.contains(PeerEnd.FINISHED));
            isQuiet(loop);
            // Now both directions are shut, which epoll reports asked or not.
            ((io.netty.channel.socket.DuplexChannel) recorder.channel.get()).shutdownOutput().sync();
            isQuiet(loop);
            assertThat(recorder.bytes.get()).isZero();
            recorder.channel.get().config().setAutoRead(true);
            await().until(() -> recorder.events.contains(ChannelInputShutdownEvent.INSTANCE));
            assertThat(recorder.bytes.get()).isEqualTo(1_000);
            isQuiet(loop);
        });
    }

    @Test
    void toldOfAResetWhilePausedReadsItLater() throws Exception {
        run(Transport.EPOLL, new Recorder(false), (recorder, client) -> {
            recorder.channel.get();
            client.setSoLinger(true, 0);
            client.close();
            await().until(() -> recorder.events.contains(PeerEnd.RESET));
            isQuiet(recorder.loop.get());
            assertThat(recorder.events).containsExactly(PeerEnd.RESET);
            recorder.channel.get().config().setAutoRead(true);
            await().until(() -> recorder.events.contains(Errno.ECONNRESET));
        });
    }

    @ParameterizedTest
    @EnumSource
    void reportsAResetWhileReading(Transport transport) throws Exception {
        run(transport, new Recorder(true), (recorder, client) -> {
            recorder.channel.get();
            client.setSoLinger(true, 0);
            client.close();
            await().until(() -> recorder.events.contains(Errno.ECONNRESET));
            assertThat(recorder.events).doesNotContain(PeerEnd.RESET);
        });
    }

    @ParameterizedTest
    @EnumSource
    void pausesAndGoesOnManyTimes(Transport transport) throws Exception {
        run(transport, new Recorder(true), (recorder, client) -> {
            Channel channel = recorder.channel.get();
            for (int i = 1; i <= 50; i++) {
                boolean late = i % 2 == 0;
                channel.eventLoop().submit(() -> channel.config().setAutoRead(false)).get();
                client.getOutputStream().write(new byte[1_000]);
                if (late) {
                    oneMoreTurn(recorder.loop.get());
                }
                channel.eventLoop().submit(() -> channel.config().setAutoRead(true)).get();
                long expected = i * 1_000L;
                await().until(() -> recorder.bytes.get() == expected);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void writesAllThoughThePeerIsSlowToRead(Transport transport) throws Exception {
        run(transport, new Recorder(true), (recorder, client) -> {
            Channel channel = recorder.channel.get();
            var written = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[16 * MEGABYTE]));
            assertThat(written.isDone() && !written.isSuccess()).isFalse();
            client.getInputStream().readNBytes(16 * MEGABYTE);
            assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
            isQuiet(recorder.loop.get());
        });
    }

    /** Looks often, as what is waited for comes at once, and comes many times. */
    private static ConditionFactory await() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    /** While nothing happens, the loop makes no turns but those that asking it makes. */
    private static void isQuiet(Loop loop) {
        await().until(() -> {
            long before = turns(loop);
            for (int i = 1; i < 100; i++) {
                turns(loop);
            }
            return turns(loop) - before <= 110;
        });
    }

    private static long turns(Loop loop) throws Exception {
        return loop.executor().submit(loop::turns).get();
    }

    private static void oneMoreTurn(Loop loop) throws Exception {
        for (int i = 0; i < 3; i++) {
            turns(loop);
        }
    }

    private interface Scene {
        void play(Recorder recorder, Socket client) throws Exception;
    }

    private static void run(Transport transport, Recorder recorder, Scene scene) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport)) {
            Listener listener = ((Listener.Opening.Opened) Listener.open(loops,
                    new ListenAddress.Inet(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT, recorder))
                    .listener();
            listener.start();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                scene.play(recorder, client);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            listener.close();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
