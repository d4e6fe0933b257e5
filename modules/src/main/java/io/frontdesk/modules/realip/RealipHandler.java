package io.frontdesk.modules.realip;

import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.proxyprotocol.ProxyHeader;
import io.frontdesk.engine.address.ForwardedFor;
import io.frontdesk.engine.address.Remote;
import io.frontdesk.engine.address.TrustedPeers;
import io.frontdesk.engine.request.ClientConnection;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Replaces the client's address, once a request. Immutable, shared by all loops. */
final class RealipHandler implements Handler {
    private final TrustedPeers trusted;
    /** Null when a PROXY header tells it. */
    private final @Nullable FieldKey field;
    private final boolean isList;
    private final boolean recursive;

    RealipHandler(TrustedPeers trusted, @Nullable String header, boolean recursive) {
        this.trusted = trusted;
        this.field = header == null ? null : FieldKey.of(header);
        // nginx: of X-Forwarded-For all fields make one list, of others the first one counts
        this.isList = header != null && FieldName.idOf(header.toLowerCase(Locale.ROOT)) == FieldName.X_FORWARDED_FOR;
        this.recursive = recursive;
    }

    @Override
    public Outcome handle(Exchange ex) {
        ClientConnection connection = ex.connection();
        if (connection.isRemoteReplaced()) {
            return Outcome.NEXT;
        }
        Remote peer = new Remote(connection.remoteAddressBytes(), connection.remotePort());
        FieldKey key = field;
        if (key == null) {
            byProxyHeader(connection, peer);
            return Outcome.NEXT;
        }
        Fields fields = ex.request().fields();
        int at = fields.find(key);
        if (at < 0) {
            return Outcome.NEXT;
        }
        Remote client = isList
                ? ForwardedFor.client(peer, fields, FieldName.X_FORWARDED_FOR, trusted, recursive)
                : ForwardedFor.client(peer, fields.valueString(at), trusted, recursive);
        if (!client.equals(peer)) {
            connection.replaceRemote(client.text(), client.address(), client.port());
        }
        return Outcome.NEXT;
    }

    private void byProxyHeader(ClientConnection connection, Remote peer) {
        ProxyHeader header = connection.proxyHeader();
        if (header == null) {
            return;
        }
        Remote client = ForwardedFor.client(peer, header.source(), trusted, recursive);
        if (!client.equals(peer)) {
            connection.replaceRemote(client.text(), client.address(), header.sourcePort());
        }
    }
}
