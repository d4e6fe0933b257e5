package io.frontdesk.net.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.AddressText;
import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.connect.ConnectFault.Step;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.Transport;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakWatch.class)
class ConnectorTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void connectsOnItsLoop(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport);
                ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            Told told = connect(loops, server.getLocalSocketAddress(), ConnectOptions.DEFAULT.withKeepAlive(true));
            try (Socket accepted = server.accept()) {
                Channel channel = told.channel.get();
                assertThat(channel.eventLoop()).isSameAs(loops.loop(0).executor());
                assertThat(channel.localAddress()).isEqualTo(accepted.getRemoteSocketAddress());
                assertThat(told.prepared).containsExactly(channel);
                assertThat(loops.loop(0).executor().submit(() -> loops.loop(0).deadlines().size()).get()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysAsNginxThatThePeerRefuses(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport)) {
            Told told = connect(loops, closedPort(), ConnectOptions.DEFAULT);
            ConnectFault fault = told.fault.get();
            assertThat(fault.message()).isEqualTo("connect() failed (111: Connection refused)");
            assertThat(fault.ours()).isFalse();
            assertThat(fault.timedOut()).isFalse();
            await().until(() -> !told.prepared.getFirst().isOpen());
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesUpAtItsDeadline(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport); ServerSocket full = new ServerSocket(0, 1, LOOPBACK)) {
            List<Socket> filling = fill(full.getLocalSocketAddress());
            Told told = connect(loops, full.getLocalSocketAddress(), ConnectOptions.DEFAULT.withTimeoutMillis(50));
            ConnectFault fault = told.fault.get();
            assertThat(fault.message()).isEqualTo("upstream timed out (110: Connection timed out)");
            assertThat(fault.timedOut()).isTrue();
            await().until(() -> !told.prepared.getFirst().isOpen());
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isSilentOnceCancelled(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport); ServerSocket full = new ServerSocket(0, 1, LOOPBACK)) {
            List<Socket> filling = fill(full.getLocalSocketAddress());
            Told told = connect(loops, full.getLocalSocketAddress(), ConnectOptions.DEFAULT);
            ConnectAttempt attempt = told.attempt.get();
            Loop loop = loops.loop(0);
            loop.executor().submit(attempt::cancel).get();
            await().until(() -> !told.prepared.getFirst().isOpen());
            assertThat(loop.executor().submit(() -> loop.deadlines().size()).get()).isZero();
            assertThat(told.fault).isNotDone();
            assertThat(told.channel).isNotDone();
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectsFromTheAddressThatItIsGiven(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport);
                ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            var local = new InetSocketAddress(AddressText.literal("127.0.0.9"), 0);
            Told told = connect(loops, server.getLocalSocketAddress(), ConnectOptions.DEFAULT.withLocal(local));
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo("127.0.0.9");
                assertThat(told.channel.get().isActive()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void blamesItselfForALocalAddressThatItHasNot(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport)) {
            var local = new InetSocketAddress(AddressText.literal("192.0.2.1"), 0);
            Told told = connect(loops, closedPort(), ConnectOptions.DEFAULT.withLocal(local));
            ConnectFault fault = told.fault.get();
            assertThat(fault.message()).isEqualTo("bind(192.0.2.1:0) failed (99: Cannot assign requested address)");
            assertThat(fault.ours()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectsToAUnixSocket(Transport transport) throws Exception {
        Path file = directory.resolve("up.sock");
        try (EventLoops loops = EventLoops.start(1, transport);
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(file));
            Told told = connect(loops, transport.unixAddress(file.toString()), ConnectOptions.DEFAULT);
            assertThat(told.channel.get().isActive()).isTrue();
            assertThat(server.accept()).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysAsNginxThatAUnixSocketIsMissing(Transport transport) throws Exception {
        Path file = directory.resolve("none.sock");
        try (EventLoops loops = EventLoops.start(1, transport)) {
            Told told = connect(loops, transport.unixAddress(file.toString()), ConnectOptions.DEFAULT);
            assertThat(told.fault.get().message())
                    .isEqualTo("connect() to unix:" + file + " failed (2: No such file or directory)");
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAFamilyThatDoesNotFit(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport)) {
            var local = new InetSocketAddress(AddressText.literal("::1"), 0);
            Told told = connect(loops, closedPort(), ConnectOptions.DEFAULT.withLocal(local));
            assertThat(told.fault.get().step()).isEqualTo(Step.BIND);
        }
    }

    private static Told connect(EventLoops loops, SocketAddress remote, ConnectOptions options) {
        var told = new Told();
        Loop loop = loops.loop(0);
        loop.execute(() -> told.attempt.complete(new Connector(loop).connect(remote, options, told)));
        return told;
    }

    private static SocketAddress closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            return server.getLocalSocketAddress();
        }
    }

    /** Connects until the kernel answers no more. */
    private static List<Socket> fill(SocketAddress address) throws IOException {
        var sockets = new ArrayList<Socket>();
        while (true) {
            var socket = new Socket();
            sockets.add(socket);
            try {
                socket.connect(address, 300);
            } catch (java.net.SocketTimeoutException full) {
                return sockets;
            }
        }
    }

    private static final class Told implements Connector.Outcome {
        private final CompletableFuture<Channel> channel = new CompletableFuture<>();
        private final CompletableFuture<ConnectFault> fault = new CompletableFuture<>();
        private final CompletableFuture<ConnectAttempt> attempt = new CompletableFuture<>();
        private final List<Channel> prepared = new CopyOnWriteArrayList<>();

        @Override
        public void prepare(Channel of) {
            prepared.add(of);
        }

        @Override
        public void connected(Channel of) {
            channel.complete(of);
        }

        @Override
        public void failed(ConnectFault of) {
            fault.complete(of);
        }
    }
}
