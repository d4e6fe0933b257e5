package io.frontdesk.engine.http2;

import io.frontdesk.codec.proxyprotocol.ProxyHeader;
import io.frontdesk.engine.client.ClientAddress;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.request.ClientConnection;
import io.frontdesk.engine.tls.ClientTls;
import org.jspecify.annotations.Nullable;

/** The connection as one stream's request sees it: realip may give it another client than its neighbours. Owned by its stream. */
final class StreamAddress implements ClientConnection {
    private final ClientAddress ends;
    private int requestCount;
    private @Nullable String address;
    private byte[] bytes = new byte[0];
    private int port;

    StreamAddress(ClientAddress ends) {
        this.ends = ends;
    }

    /** A request begins, which has this number on its connection. */
    void begin(int number) {
        requestCount = number;
        address = null;
    }

    @Override
    public long number() {
        return ends.number();
    }

    @Override
    public int requestCount() {
        return requestCount;
    }

    @Override
    public long startMillis() {
        return ends.startMillis();
    }

    @Override
    public String remoteAddress() {
        return address == null ? ends.peerAddress() : address;
    }

    @Override
    public int remotePort() {
        return address == null ? ends.peerPort() : port;
    }

    @Override
    public byte[] remoteAddressBytes() {
        return address == null ? ends.remoteAddressBytes() : bytes;
    }

    @Override
    public void replaceRemote(String replaced, byte[] asBytes, int itsPort) {
        address = replaced;
        bytes = asBytes;
        port = itsPort;
    }

    @Override
    public boolean isRemoteReplaced() {
        return address != null;
    }

    @Override
    public String peerAddress() {
        return ends.peerAddress();
    }

    @Override
    public int peerPort() {
        return ends.peerPort();
    }

    @Override
    public String localAddress() {
        return ends.localAddress();
    }

    @Override
    public int localPort() {
        return ends.localPort();
    }

    @Override
    public ListenPlan listen() {
        return ends.listen();
    }

    @Override
    public @Nullable ProxyHeader proxyHeader() {
        return ends.proxyHeader();
    }

    @Override
    public @Nullable ClientTls tls() {
        return ends.tls();
    }

    @Override
    public boolean isPipelined() {
        return false;
    }
}
