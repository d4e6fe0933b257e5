package io.frontdesk.engine.probe;

import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.engine.request.ClientConnection;
import io.frontdesk.engine.tls.ClientTls;
import org.jspecify.annotations.Nullable;

/** The connection that a probe would have come on, if there were one: from this machine to itself. One loop's. */
final class ProbeConnection implements ClientConnection {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ListenPlan listen;
    private final long startMillis;
    private final String about;

    /** {@code about} is what lines of the log say instead of a client. */
    ProbeConnection(Snapshot snapshot, ServerPlan server, long startMillis, String about) {
        this.listen = listen(snapshot, server);
        this.startMillis = startMillis;
        this.about = about;
    }

    private static ListenPlan listen(Snapshot snapshot, ServerPlan server) {
        for (SocketPlan socket : snapshot.sockets()) {
            for (ListenPlan plan : socket.plans()) {
                if (plan.servers().contains(server)) {
                    return plan;
                }
            }
        }
        throw new IllegalStateException("a server that listens nowhere");
    }

    @Override
    public @Nullable String contextForLog() {
        return about;
    }

    @Override
    public long number() {
        return 0;
    }

    @Override
    public int requestCount() {
        return 1;
    }

    @Override
    public long startMillis() {
        return startMillis;
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public int remotePort() {
        return 0;
    }

    @Override
    public byte[] remoteAddressBytes() {
        return LOOPBACK.clone();
    }

    @Override
    public void replaceRemote(String address, byte[] bytes, int port) {}

    @Override
    public String localAddress() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 0;
    }

    @Override
    public ListenPlan listen() {
        return listen;
    }

    @Override
    public @Nullable ClientTls tls() {
        return null;
    }

    @Override
    public boolean isPipelined() {
        return false;
    }
}
