package io.frontdesk.engine.http1;

import io.frontdesk.engine.client.ClientAddress;
import io.frontdesk.engine.client.ConnectionPlan;
import io.frontdesk.engine.client.PrefaceEntry;
import io.frontdesk.engine.client.ProxyEntry;
import io.frontdesk.engine.client.ServerChoice;
import io.frontdesk.engine.client.TlsEntrance;
import io.frontdesk.engine.http2.Http2Settings;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.Worker;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** What a client's bytes pass before they are HTTP/1, as the {@code listen} line says: PROXY header, TLS, a look whether they are HTTP/2. */
final class ConnectionEntries {
    private ConnectionEntries() {}

    /** Puts them in front of a connection that was accepted, on its loop; gives that of TLS, or null on a socket without. */
    static @Nullable TlsEntrance add(Worker worker, Channel channel, ConnectionPlan plan, ClientAddress address,
            ServerChoice servers, Exchange exchange) {
        ListenPlan listen = plan.listen();
        TlsEntrance tls = null;
        if (listen.tls() && worker.trace() != null) {
            // A request that is explained comes in the clear to an address of TLS, as if the handshake were done.
            servers.assume(exchange, worker.trace());
        } else if (listen.tls()) {
            tls = new TlsEntrance(plan, address, servers, exchange);
            channel.pipeline().addFirst(tls.entry());
        }
        if (!listen.tls() && Http2Settings.allows(listen, listen.defaultServer()) && worker.trace() == null) {
            channel.pipeline().addFirst(new PrefaceEntry(address));
        }
        if (listen.proxyProtocol()) {
            channel.pipeline().addFirst(new ProxyEntry(plan, address));
        }
        return tls;
    }
}
