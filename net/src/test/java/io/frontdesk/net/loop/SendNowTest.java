package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.loop.TurnScene.Echo;
import io.netty.buffer.ByteBuf;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two buffers that go out by one call, past the channel. */
@ExtendWith(LeakWatch.class)
class SendNowTest {
    private static final int LARGE = 8 << 20;

    private static byte[] bytes(int size, int from) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (from + i);
        }
        return bytes;
    }

    private static ByteBuf buffer(Echo echo, byte[] bytes) {
        return echo.loop.allocator().directBuffer(bytes.length).writeBytes(bytes);
    }

    private static void send(Echo echo, byte[] first, byte[] second) throws Exception {
        echo.loop.executor().submit(() -> {
            assertThat(echo.later.isFree()).isTrue();
            echo.later.sendNow(buffer(echo, first), buffer(echo, second));
        }).get();
    }

    @Test
    void bothArriveInTheirOrder() throws Exception {
        try (TurnScene scene = new TurnScene(1, false)) {
            Echo echo = scene.accepted.getFirst();
            for (int i = 0; i < 3; i++) {
                send(echo, bytes(100, i), bytes(5_000, 50 + i));
                Socket client = scene.clients.getFirst();
                assertThat(client.getInputStream().readNBytes(100)).isEqualTo(bytes(100, i));
                assertThat(client.getInputStream().readNBytes(5_000)).isEqualTo(bytes(5_000, 50 + i));
            }
            assertThat(echo.events).containsExactly("sent", "sent", "sent");
        }
    }

    @Test
    void whatTheSocketDoesNotTakeGoesThroughTheChannel() throws Exception {
        for (int[] sizes : new int[][]{{LARGE, 100}, {100, LARGE}, {LARGE, LARGE}}) {
            try (TurnScene scene = new TurnScene(1, false)) {
                Echo echo = scene.accepted.getFirst();
                send(echo, bytes(sizes[0], 1), bytes(sizes[1], 2));
                assertThat(echo.events).containsExactly("rest");
                Socket client = scene.clients.getFirst();
                assertThat(client.getInputStream().readNBytes(sizes[0])).isEqualTo(bytes(sizes[0], 1));
                assertThat(client.getInputStream().readNBytes(sizes[1])).isEqualTo(bytes(sizes[1], 2));
                assertThat(echo.restBytes).isLessThanOrEqualTo(sizes[1]).isPositive();
            }
        }
    }

    @Test
    void aResetIsTold() throws Exception {
        try (TurnScene scene = new TurnScene(1, false)) {
            Echo echo = scene.accepted.getFirst();
            echo.loop.executor().submit(() -> echo.channel.config().setAutoRead(false)).get();
            Socket client = scene.clients.getFirst();
            client.setSoLinger(true, 0);
            client.close();
            await().until(() -> echo.loop.executor().submit(() -> {
                if (echo.later.isFree()) {
                    echo.later.sendNow(buffer(echo, bytes(10, 0)), buffer(echo, bytes(10, 0)));
                }
                return echo.events.contains("send failed");
            }).get());
            await().until(() -> !echo.channel.isOpen());
        }
    }
}
