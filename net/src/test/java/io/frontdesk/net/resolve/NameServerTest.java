package io.frontdesk.net.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.net.LeakWatch;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import io.frontdesk.net.loop.Transport;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(LeakWatch.class)
class NameServerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @ParameterizedTest
    @EnumSource
    void carriesDatagramsBothWays(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport); DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            Asking asking = new Asking(loops.loop(0), (InetSocketAddress) peer.getLocalSocketAddress());
            asking.send("ask");
            DatagramPacket got = receive(peer);
            assertThat(text(got)).isEqualTo("ask");
            reply(peer, got, "answer");
            await().untilAsserted(() -> assertThat(asking.received).containsExactly("udp answer"));
            assertThat(asking.server.name()).isEqualTo("127.0.0.1:" + peer.getLocalPort());
            asking.close();
            assertThat(asking.sockets()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsNobodyButTheServer(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport);
                DatagramSocket peer = new DatagramSocket(0, LOOPBACK);
                DatagramSocket other = new DatagramSocket(0, LOOPBACK)) {
            Asking asking = new Asking(loops.loop(0), (InetSocketAddress) peer.getLocalSocketAddress());
            asking.send("ask");
            DatagramPacket got = receive(peer);
            reply(other, got, "forged");
            reply(peer, got, "true");
            await().until(() -> !asking.received.isEmpty());
            assertThat(asking.received).containsExactly("udp true");
            asking.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void changesItsPortAfterAFewQueries(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport); DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            Asking asking = new Asking(loops.loop(0), (InetSocketAddress) peer.getLocalSocketAddress());
            Set<Integer> ports = new HashSet<>();
            for (int i = 0; i < 2 * NameServer.QUERIES_PER_PORT; i++) {
                asking.send("ask");
                ports.add(receive(peer).getPort());
            }
            assertThat(ports).hasSize(2);
            assertThat(asking.sockets()).isEqualTo(2);
            asking.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasABoundedNumberOfPorts(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport); DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            Asking asking = new Asking(loops.loop(0), (InetSocketAddress) peer.getLocalSocketAddress());
            for (int i = 0; i < (NameServer.MAX_PORTS + 2) * NameServer.QUERIES_PER_PORT; i++) {
                asking.send("ask");
            }
            assertThat(asking.sockets()).isEqualTo(NameServer.MAX_PORTS);
            asking.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatNobodyListens(Transport transport) throws Exception {
        InetSocketAddress nobody;
        try (DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            nobody = (InetSocketAddress) peer.getLocalSocketAddress();
        }
        try (EventLoops loops = EventLoops.start(1, transport)) {
            Asking asking = new Asking(loops.loop(0), nobody);
            asking.send("ask");
            await().until(() -> !asking.faults.isEmpty());
            assertThat(asking.faults.getFirst().message()).endsWith("failed (111: Connection refused)");
            assertThat(asking.sockets()).isZero();
            // Asking anew makes another socket; how soon the kernel refuses that one too is not ours to say.
            asking.send("again");
            await().until(() -> asking.faults.size() == 2);
            asking.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void framesMessagesOverTcp(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport); ServerSocket peer = new ServerSocket(0, 1, LOOPBACK)) {
            Asking asking = new Asking(loops.loop(0), (InetSocketAddress) peer.getLocalSocketAddress());
            asking.sendOverTcp("one");
            asking.sendOverTcp("two");
            try (Socket accepted = peer.accept()) {
                accepted.setTcpNoDelay(true);
                DataInputStream in = new DataInputStream(accepted.getInputStream());
                assertThat(in.readNBytes(10)).isEqualTo(ascii("\0\3one\0\3two"));
                byte[] answers = ascii("\0\5first\0\0\0\6second\0\5third");
                for (byte octet : answers) {
                    accepted.getOutputStream().write(octet);
                }
                await().untilAsserted(() -> assertThat(asking.received).containsExactly("tcp first", "tcp ",
                        "tcp second", "tcp third"));
            }
            await().until(() -> asking.sockets() == 0);
            asking.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesTheLongestMessageOverTcp(Transport transport) throws Exception {
        try (EventLoops loops = EventLoops.start(1, transport); ServerSocket peer = new ServerSocket(0, 1, LOOPBACK)) {
            Asking asking = new Asking(loops.loop(0), (InetSocketAddress) peer.getLocalSocketAddress());
            asking.sendOverTcp("ask");
            try (Socket accepted = peer.accept()) {
                byte[] answer = new byte[2 + 65_535];
                answer[0] = (byte) 0xff;
                answer[1] = (byte) 0xff;
                accepted.getOutputStream().write(answer);
                await().until(() -> !asking.received.isEmpty());
                assertThat(asking.received.getFirst()).hasSize(4 + 65_535);
            }
            asking.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysThatNoConnectionIsToBeHad(Transport transport) throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket peer = new ServerSocket(0, 1, LOOPBACK)) {
            nobody = (InetSocketAddress) peer.getLocalSocketAddress();
        }
        try (EventLoops loops = EventLoops.start(1, transport)) {
            Asking asking = new Asking(loops.loop(0), nobody);
            asking.sendOverTcp("ask");
            await().until(() -> !asking.faults.isEmpty());
            assertThat(asking.faults.getFirst().message()).endsWith("failed (111: Connection refused)");
            assertThat(asking.sockets()).isZero();
            asking.close();
        }
    }

    private static DatagramPacket receive(DatagramSocket peer) throws IOException {
        peer.setSoTimeout(10_000);
        DatagramPacket packet = new DatagramPacket(new byte[512], 512);
        peer.receive(packet);
        return packet;
    }

    private static void reply(DatagramSocket from, DatagramPacket to, String text) throws IOException {
        byte[] bytes = ascii(text);
        from.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A server, asked from the thread of a test. */
    private static final class Asking implements NameServer.Listener {
        final List<String> received = new CopyOnWriteArrayList<>();
        final List<ServerFault> faults = new CopyOnWriteArrayList<>();
        final NameServer server;
        private final Loop loop;

        Asking(Loop loop, InetSocketAddress address) {
            this.loop = loop;
            this.server = new NameServer(loop, address, this);
        }

        void send(String text) throws Exception {
            call(() -> server.send(ascii(text)));
        }

        void sendOverTcp(String text) throws Exception {
            call(() -> {
                server.sendOverTcp(ascii(text));
                return true;
            });
        }

        int sockets() throws Exception {
            return call(server::sockets);
        }

        void close() throws Exception {
            call(() -> {
                server.close();
                return true;
            });
        }

        private <T> T call(Callable<T> task) throws Exception {
            return loop.executor().submit(task).get();
        }

        @Override
        public void received(NameServer from, byte[] message, boolean overTcp) {
            received.add((overTcp ? "tcp " : "udp ") + new String(message, StandardCharsets.US_ASCII));
        }

        @Override
        public void failed(NameServer of, ServerFault fault) {
            faults.add(fault);
        }
    }
}
