package io.frontdesk.testkit;

import io.frontdesk.net.ControlPlane;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A DNS server on one port of 127.0.0.1, UDP and TCP, that answers as a test says. All questions are kept. */
@ControlPlane("the thread of a test, and virtual threads for both protocols")
public final class DnsServer implements AutoCloseable {
    private static final int MAX_MESSAGE = 512;

    private final DatagramSocket datagrams;
    private final ServerSocket connections;
    private final Function<DnsAsked, @Nullable DnsAnswer> script;
    private final List<DnsAsked> asked = new CopyOnWriteArrayList<>();
    private final List<Thread> serving;

    private DnsServer(Function<DnsAsked, @Nullable DnsAnswer> script) {
        this.script = script;
        try {
            InetAddress loopback = InetAddress.getByAddress(new byte[]{127, 0, 0, 1});
            ServerSocket listener = new ServerSocket(0, 16, loopback);
            DatagramSocket socket = open(listener.getLocalPort(), loopback);
            while (socket == null) {
                // Somebody has that port for datagrams: another one then, but not the same again.
                ServerSocket taken = listener;
                listener = new ServerSocket(0, 16, loopback);
                taken.close();
                socket = open(listener.getLocalPort(), loopback);
            }
            this.connections = listener;
            this.datagrams = socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        serving = List.of(Thread.ofVirtual().name("dns-udp").start(this::serveDatagrams),
                Thread.ofVirtual().name("dns-tcp").start(this::listen));
    }

    private static @Nullable DatagramSocket open(int port, InetAddress address) throws IOException {
        try {
            return new DatagramSocket(port, address);
        } catch (BindException e) {
            return null;
        }
    }

    /** A server that answers each question by a function; null for silence. */
    public static DnsServer answering(Function<DnsAsked, @Nullable DnsAnswer> script) {
        return new DnsServer(script);
    }

    /** A server that knows one address for every name. */
    public static DnsServer answering(String address) {
        return answering(question -> DnsAnswer.of().address(60, address));
    }

    /** A server that never answers. */
    public static DnsServer silent() {
        return answering(question -> null);
    }

    /** All questions so far. */
    public List<DnsAsked> asked() {
        return List.copyOf(asked);
    }

    /** How often a name was asked for, over all types. */
    public long count(String name) {
        return asked.stream().filter(question -> question.name().equals(name)).count();
    }

    /** How often a name was asked for by one type. */
    public long count(String name, String type) {
        return asked.stream().filter(question -> question.name().equals(name) && question.type().equals(type)).count();
    }

    /** {@code 127.0.0.1:PORT}. */
    @Override
    public String toString() {
        return "127.0.0.1:" + connections.getLocalPort();
    }

    /** Ends it: once this returns, its port refuses both. */
    @Override
    public void close() {
        try {
            datagrams.close();
            connections.close();
            for (Thread each : serving) {
                each.join(Patience.MOST);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends a datagram from here to whom a question came from: what a test forges. */
    public void send(byte[] message, SocketAddress to) {
        try {
            datagrams.send(new DatagramPacket(message, message.length, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serveDatagrams() {
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
                datagrams.receive(packet);
                byte[] query = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] answer = answer(query, packet.getSocketAddress(), false);
                if (answer != null) {
                    send(answer, packet.getSocketAddress());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // closed
        }
    }

    private byte @Nullable [] answer(byte[] query, SocketAddress from, boolean overTcp) {
        DnsAsked question = DnsAsked.read(query, from, overTcp, asked);
        asked.add(question);
        DnsAnswer answer = script.apply(question);
        return answer == null ? null : answer.encode(question);
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = connections.accept();
                Thread.ofVirtual().name("dns-connection").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] query = in.readNBytes(in.readUnsignedShort());
                byte[] answer = answer(query, socket.getRemoteSocketAddress(), true);
                if (answer != null) {
                    socket.getOutputStream().write(new byte[]{(byte) (answer.length >> 8), (byte) answer.length});
                    socket.getOutputStream().write(answer);
                }
            }
        } catch (IOException e) {
            // the client has ended
        }
    }
}
