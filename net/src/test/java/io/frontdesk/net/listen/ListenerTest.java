package io.frontdesk.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.Errno;
import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.listen.Listener.Opening;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakWatch.class)
class ListenerTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void answersOnEachLoop(Transport transport) throws IOException {
        try (EventLoops loops = EventLoops.start(2, transport)) {
            var echo = new Echo();
            Listener listener = open(loops, loopback(0), echo);
            while (echo.loops.size() < 2) {
                assertThat(echoed(listener.port())).isEqualTo("hello");
            }
            listener.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysAsNginxThatAPortIsTaken(Transport transport) throws IOException {
        try (EventLoops loops = EventLoops.start(2, transport);
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Opening opening = Listener.open(loops, loopback(other.getLocalPort()), ListenOptions.DEFAULT, new Echo());
            assertThat(opening).isInstanceOfSatisfying(Opening.Refused.class,
                    refused -> assertThat(refused.fault().message()).isEqualTo("bind() to 127.0.0.1:"
                            + other.getLocalPort() + " failed (98: Address already in use)"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void doesNotJoinAPortThatOthersShare(Transport transport) {
        try (EventLoops loops = EventLoops.start(2, transport)) {
            Listener first = open(loops, loopback(0), new Echo());
            assertThat(Listener.open(loops, loopback(first.port()), ListenOptions.DEFAULT, new Echo()))
                    .isInstanceOfSatisfying(Opening.Refused.class,
                            refused -> assertThat(refused.fault().errno()).isEqualTo(Errno.EADDRINUSE));
            Opening joined = Listener.open(loops, loopback(first.port()), ListenOptions.DEFAULT.withReuseport(true),
                    new Echo());
            assertThat(joined).isInstanceOfSatisfying(Opening.Opened.class, opened -> opened.listener().close());
            first.close();
        }
    }

    /** By epoll only: the JDK gives the port back when its selector has been asked again. */
    @Test
    void opensAgainThoughItsConnectionsLiveOn() throws IOException {
        try (EventLoops loops = EventLoops.start(2, Transport.EPOLL)) {
            Listener first = open(loops, loopback(0), new Echo());
            int port = first.port();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(echoed(client)).isEqualTo("hello");
                first.close();
                Listener again = open(loops, loopback(port), new Echo());
                assertThat(again.port()).isEqualTo(port);
                assertThat(echoed(client)).isEqualTo("hello");
                again.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysAsNginxThatAnAddressIsNotOurs(Transport transport) {
        try (EventLoops loops = EventLoops.start(1, transport)) {
            var address = new ListenAddress.Inet(AddressText.literal("192.0.2.1"), 8080);
            assertThat(Listener.open(loops, address, ListenOptions.DEFAULT, new Echo()))
                    .isInstanceOfSatisfying(Opening.Refused.class, refused -> assertThat(refused.fault().message())
                            .isEqualTo("bind() to 192.0.2.1:8080 failed (99: Cannot assign requested address)"));
        }
    }

    @Test
    void listensOnBothWildcardsOfAPort() throws IOException {
        try (EventLoops loops = EventLoops.start(2, Transport.EPOLL)) {
            // In this order: a port that is free for IPv6 may be that of some connection over IPv4.
            Listener v4 = open(loops, new ListenAddress.Inet(AddressText.literal("0.0.0.0"), 0), new Echo());
            Listener v6 = open(loops, new ListenAddress.Inet(AddressText.literal("::"), v4.port()), new Echo());
            assertThat(v6.address().text()).isEqualTo("[::]:" + v4.port());
            assertThat(echoed(v4.port())).isEqualTo("hello");
            try (Socket client = new Socket(AddressText.literal("::1"), v6.port())) {
                assertThat(echoed(client)).isEqualTo("hello");
            }
            v4.close();
            v6.close();
        }
    }

    @Test
    void givesItsOptionsToWhatItAccepts() throws Exception {
        try (EventLoops loops = EventLoops.start(1, Transport.EPOLL)) {
            var accepted = new CompletableFuture<Channel>();
            ListenOptions options = ListenOptions.DEFAULT.withKeepAlive(new ListenOptions.KeepAlive(true, 77, 11, 3))
                    .withBacklog(20).withDeferred(true).withFastOpen(5).withReceiveBufferBytes(16_384)
                    .withSendBufferBytes(16_384);
            Opening opening = Listener.open(loops, loopback(0), options,
                    (channel, listener, loop) -> accepted.complete(channel));
            Listener listener = ((Opening.Opened) opening).listener();
            listener.start();
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                client.getOutputStream().write(1);
                var config = accepted.get().config();
                assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
                assertThat(config.getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(77);
                assertThat(config.getOption(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(11);
                assertThat(config.getOption(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(3);
                assertThat(config.getOption(ChannelOption.TCP_NODELAY)).isTrue();
                // The kernel gives twice of what it is asked for, for its own needs.
                assertThat(config.getOption(ChannelOption.SO_SNDBUF)).isEqualTo(32_768);
                assertThat(config.getOption(ChannelOption.SO_RCVBUF)).isEqualTo(32_768);
            }
            listener.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesAFileAloneThatIsInTheWay(Transport transport) throws IOException {
        Path file = Files.writeString(directory.resolve("precious"), "text");
        try (EventLoops loops = EventLoops.start(1, transport)) {
            assertThat(Listener.open(loops, new ListenAddress.Unix(file.toString()), ListenOptions.DEFAULT, new Echo()))
                    .isInstanceOf(Opening.Refused.class);
            assertThat(file).hasContent("text");
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsNothingBeforeItIsStartedNorWhilePaused(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport)) {
            var echo = new Echo();
            Listener listener = ((Opening.Opened) Listener.open(loops, loopback(0), ListenOptions.DEFAULT, echo))
                    .listener();
            for (int i = 1; i <= 2; i++) {
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.port())) {
                    // By then, an event for it would have been handled.
                    for (int turn = 0; turn < 3; turn++) {
                        loops.loop(0).executor().submit(() -> {}).get();
                    }
                    assertThat(echo.accepted.get()).isEqualTo(i - 1);
                    listener.start();
                    assertThat(echoed(client)).isEqualTo("hello");
                    listener.pause();
                }
            }
            listener.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listensOnAUnixSocketAndRemovesIt(Transport transport) throws IOException {
        try (EventLoops loops = EventLoops.start(2, transport)) {
            Path file = directory.resolve("listen.sock");
            var echo = new Echo();
            Listener listener = open(loops, new ListenAddress.Unix(file.toString()), echo);
            while (echo.loops.size() < 2) {
                try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    client.connect(UnixDomainSocketAddress.of(file));
                    client.write(ByteBuffer.wrap("hello".getBytes(StandardCharsets.US_ASCII)));
                    ByteBuffer answer = ByteBuffer.allocate(5);
                    while (answer.hasRemaining() && client.read(answer) >= 0) {}
                    assertThat(new String(answer.array(), StandardCharsets.US_ASCII)).isEqualTo("hello");
                }
            }
            assertThat(Listener.open(loops, listener.address(), ListenOptions.DEFAULT, echo))
                    .isInstanceOfSatisfying(Opening.Refused.class, refused -> assertThat(refused.fault().message())
                            .isEqualTo("bind() to unix:" + file + " failed (98: Address already in use)"));
            listener.close();
            assertThat(Files.exists(file)).isFalse();
        }
    }

    private static ListenAddress loopback(int port) {
        return new ListenAddress.Inet(InetAddress.getLoopbackAddress(), port);
    }

    private static Listener open(EventLoops loops, ListenAddress address, ConnectionFactory factory) {
        Opening opening = Listener.open(loops, address, ListenOptions.DEFAULT, factory);
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        Listener listener = ((Opening.Opened) opening).listener();
        listener.start();
        return listener;
    }

    private static String echoed(int port) throws IOException {
        try (Socket client = new Socket()) {
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return echoed(client);
        }
    }

    private static String echoed(Socket client) throws IOException {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        return new String(client.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
    }

    private static final class Echo implements ConnectionFactory {

        private final AtomicInteger accepted = new AtomicInteger();
        private final Set<Integer> loops = ConcurrentHashMap.newKeySet();

        @Override
        public void accepted(Channel channel, Listener listener, Loop loop) {
            accepted.incrementAndGet();
            loops.add(loop.index());
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext ctx, Object message) {
                    ctx.writeAndFlush(message);
                }

                @Override
                public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                    ctx.close();
                }
            });
        }
    }
}
