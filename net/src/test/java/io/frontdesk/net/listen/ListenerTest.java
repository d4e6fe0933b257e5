package io.frontdesk.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.Errno;
import io.frontdesk.net.listen.Listener.Opening;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
            Listener again = open(loops, loopback(first.port() == 0 ? 0 : first.port()), new Echo());
            again.close();
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
            client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
        }
    }

    private static final class Echo implements ConnectionFactory {

        private final Set<Integer> loops = ConcurrentHashMap.newKeySet();

        @Override
        public void accepted(Channel channel, Listener listener, Loop loop) {
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
