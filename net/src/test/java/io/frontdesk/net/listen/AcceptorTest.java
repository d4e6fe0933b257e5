package io.frontdesk.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.Errno;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.unix.Errors.NativeIoException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptorTest {
    private final EventLoops loops = EventLoops.start(1);
    private final List<Errno> failures = new ArrayList<>();
    private final CompletableFuture<Throwable> bug = new CompletableFuture<>();
    private final ConnectionFactory factory = new ConnectionFactory() {
        @Override
        public void accepted(Channel channel, Listener listener, Loop loop) {
            throw new IllegalStateException("a bug");
        }

        @Override
        public void acceptFailed(Listener listener, Loop loop, Errno errno) {
            failures.add(errno);
        }

        @Override
        public void broken(Listener listener, Loop loop, Throwable thrown) {
            bug.complete(thrown);
        }
    };
    private final Listener listener = ((Listener.Opening.Opened) Listener.open(loops,
            new ListenAddress.Inet(InetAddress.getLoopbackAddress(), 0), ListenOptions.DEFAULT, factory)).listener();
    private final EmbeddedChannel socket = new EmbeddedChannel(new Acceptor(listener, loops.loop(0)));

    @AfterEach
    void stop() {
        loops.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {23, 24})
    void restsWhenNoDescriptorIsLeft(int errno) {
        socket.freezeTime();
        socket.pipeline().fireExceptionCaught(new NativeIoException("accept", -errno));
        assertThat(failures).containsExactly(Errno.of(errno));
        assertThat(socket.config().isAutoRead()).isFalse();
        socket.advanceTimeBy(Listener.PAUSE_MILLIS - 1, TimeUnit.MILLISECONDS);
        socket.runPendingTasks();
        assertThat(socket.config().isAutoRead()).isFalse();
        socket.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        socket.runPendingTasks();
        assertThat(socket.config().isAutoRead()).isTrue();
    }

    @Test
    void restsOnWhenItWasToldToMeanwhile() {
        socket.freezeTime();
        socket.pipeline().fireExceptionCaught(new NativeIoException("accept", -24));
        listener.pause();
        socket.advanceTimeBy(Listener.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        socket.runPendingTasks();
        assertThat(socket.config().isAutoRead()).isFalse();
    }

    @Test
    void ignoresAPeerThatWentAway() {
        socket.pipeline().fireExceptionCaught(new NativeIoException("accept", -103));
        assertThat(failures).isEmpty();
        assertThat(socket.config().isAutoRead()).isTrue();
    }

    @Test
    void goesOnAfterAnyOtherError() {
        socket.pipeline().fireExceptionCaught(new NativeIoException("accept", -12));
        assertThat(failures).containsExactly(Errno.of(12));
        assertThat(socket.config().isAutoRead()).isTrue();
    }

    @Test
    void closesAConnectionThatCouldNotBeSetUp() throws Exception {
        listener.start();
        try (var client = new java.net.Socket(InetAddress.getLoopbackAddress(), listener.port())) {
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(bug.get()).hasMessage("a bug");
    }
}
