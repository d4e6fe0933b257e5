package io.frontdesk.engine.client;

import io.frontdesk.codec.proxyprotocol.ProxyHeader;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.request.ClientConnection;
import io.frontdesk.engine.tls.ClientTls;
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
    private final String remote;
    private final byte[] remoteBytes;
    private final int remotePort;
    private @Nullable Replaced replaced;
    private @Nullable String local;
    private byte[] localBytes = NONE;
    private int localPort;
    private @Nullable ConnectionPlan plan;
    private @Nullable ClientProtocol protocol;
    private @Nullable ClientTls tls;
    private @Nullable ProxyHeader proxyHeader;

    /** What realip found. */
    @SuppressWarnings("ArrayRecordComponent") // compared by identity only
    private record Replaced(String address, byte[] bytes, int port) {}

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
            remotePort = 0;
        }
    }

    /** Says who speaks on the connection from here on, and on which configuration. */
    public void attach(ConnectionPlan on, ClientProtocol spoken) {
        plan = on;
        protocol = spoken;
    }

    /** Who speaks on the connection. */
    ClientProtocol protocol() {
        return attached(protocol);
    }

    private static <T> T attached(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("not attached");
        }
        return value;
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
        return protocol == null ? 1 : protocol.requestCount();
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public String remoteAddress() {
        return replaced == null ? remote : replaced.address;
    }

    @Override
    public int remotePort() {
        return replaced == null ? remotePort : replaced.port;
    }

    @Override
    public byte[] remoteAddressBytes() {
        return replaced == null ? remoteBytes : replaced.bytes;
    }

    @Override
    public void replaceRemote(String address, byte[] bytes, int port) {
        replaced = new Replaced(address, bytes, port);
    }

    @Override
    public boolean isRemoteReplaced() {
        return replaced != null;
    }

    /** The request is over: who connected is the client again. */
    public void restoreRemote() {
        replaced = null;
    }

    @Override
    public String peerAddress() {
        return remote;
    }

    @Override
    public int peerPort() {
        return remotePort;
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
        return attached(plan).listen();
    }

    void proxyHeader(@Nullable ProxyHeader header) {
        proxyHeader = header;
    }

    @Override
    public @Nullable ProxyHeader proxyHeader() {
        return proxyHeader;
    }

    @Override
    public @Nullable ClientTls tls() {
        return tls;
    }

    /** Sets what is known of TLS. */
    public void tls(ClientTls known) {
        tls = known;
    }

    @Override
    public boolean isPipelined() {
        return protocol != null && protocol.isPipelined();
    }
}
