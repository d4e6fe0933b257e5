package io.frontdesk.engine.http1;

import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.request.ClientConnection;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Both ends of a client's connection, and its number. Texts are made once a connection. Loop of the connection only. */
public final class ClientAddress implements ClientConnection {
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final byte[] NONE = new byte[0];

    private final Channel channel;
    private final long number = NUMBERS.incrementAndGet();
    private final long startMillis;
    private String remote;
    private byte[] remoteBytes;
    private int remotePort;
    private @Nullable String local;
    private byte[] localBytes = NONE;
    private int localPort;
    private @Nullable Http1Connection connection;

    /** For a channel that was accepted now. */
    public ClientAddress(Channel channel, long nowMillis) {
        this.channel = channel;
        this.startMillis = nowMillis;
        SocketAddress peer = channel.remoteAddress();
        if (peer instanceof InetSocketAddress inet && inet.getAddress() != null) {
            InetAddress address = inet.getAddress();
            remoteBytes = address.getAddress();
            remote = text(address);
            remotePort = inet.getPort();
        } else {
            remoteBytes = NONE;
            remote = "unix:";
        }
    }

    void attach(Http1Connection to) {
        connection = to;
    }

    /** nginx's spelling: IPv6 in its shortest form (RFC 5952), no brackets, no zone. */
    public static String text(InetAddress address) {
        byte[] b = address.getAddress();
        if (b.length == 4) {
            return (b[0] & 255) + "." + (b[1] & 255) + "." + (b[2] & 255) + "." + (b[3] & 255);
        }
        return io.netty.util.NetUtil.toAddressString(address);
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int requestCount() {
        return connection == null ? 1 : connection.requestCount();
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public String remoteAddress() {
        return remote;
    }

    @Override
    public int remotePort() {
        return remotePort;
    }

    @Override
    public byte[] remoteAddressBytes() {
        return remoteBytes;
    }

    @Override
    public void replaceRemote(String address, byte[] bytes, int port) {
        remote = address;
        remoteBytes = bytes;
        remotePort = port;
    }

    private void findLocal() {
        if (local != null) {
            return;
        }
        SocketAddress own = channel.localAddress();
        if (own instanceof InetSocketAddress inet && inet.getAddress() != null) {
            localBytes = inet.getAddress().getAddress();
            localPort = inet.getPort();
            local = text(inet.getAddress());
        } else {
            local = own == null ? "unix:" : "unix:" + own;
        }
    }

    @Override
    public String localAddress() {
        findLocal();
        return local == null ? "" : local;
    }

    /** The local address in network order; empty for unix. */
    byte[] localAddressBytes() {
        findLocal();
        return localBytes;
    }

    @Override
    public int localPort() {
        findLocal();
        return localPort;
    }

    @Override
    public ListenPlan listen() {
        Http1Connection c = connection;
        if (c == null) {
            throw new IllegalStateException("not attached");
        }
        return c.currentListen();
    }

    @Override
    public @Nullable Object tls() {
        return null;
    }

    @Override
    public boolean isPipelined() {
        return connection != null && connection.isPipelined();
    }
}
