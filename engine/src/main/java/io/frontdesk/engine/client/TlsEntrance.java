package io.frontdesk.engine.client;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.route.ServerName;
import io.frontdesk.engine.tls.ClientTls;
import io.frontdesk.engine.tls.ServerTls;
import io.frontdesk.engine.tls.VariableCertificates;
import io.frontdesk.net.regex.RegexMatchException;
import io.frontdesk.net.tls.ClientHello;
import io.frontdesk.net.tls.TlsServerEntry;
import io.frontdesk.net.tls.TlsServerPeer;
import io.frontdesk.net.tls.TlsSession;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of TLS on a client's connection: the server is chosen by the name that the client asks for, and with it the certificate
 * and all else. What it comes to is kept in {@link ClientAddress#tls} and {@link ServerChoice}. Owned by the connection; loop only.
 */
public final class TlsEntrance implements TlsServerPeer {
    private static final String HTTP_2 = "h2";
    private static final int INTERNAL_ERROR = 80;
    private static final int UNRECOGNIZED_NAME = 112;
    private static final int NO_APPLICATION_PROTOCOL = 120;

    private final ConnectionPlan plan;
    private final ClientAddress address;
    private final ServerChoice servers;
    private final Exchange exchange;
    private final TlsServerEntry entry = new TlsServerEntry(this);
    private @Nullable ServerTls used;
    private boolean plain;
    private boolean established;
    private @Nullable ListenPlan checked;
    private boolean checkedGood;

    /**
     * For the connection from an address.
     *
     * @param exchange one without a request, for names that are expressions and for certificates that depend on variables
     */
    public TlsEntrance(ConnectionPlan plan, ClientAddress address, ServerChoice servers, Exchange exchange) {
        this.plan = plan;
        this.address = address;
        this.servers = servers;
        this.exchange = exchange;
    }

    /** The first handler of the pipeline. */
    public TlsServerEntry entry() {
        return entry;
    }

    // ---- the handshake

    @Override
    public Choice choose(@Nullable ClientHello hello) {
        address.tls(new ClientTls(hello));
        ServerPlan server = plan.listen().defaultServer();
        if (hello != null && !hello.serverName().isEmpty()) {
            try {
                ServerPlan found = servers.byName(exchange, hello.serverName());
                server = found == null ? server : found;
            } catch (RegexMatchException e) {
                return refuse(INTERNAL_ERROR, String.valueOf(e.getMessage()));
            }
        }
        return choose(hello, server);
    }

    private Choice choose(@Nullable ClientHello hello, ServerPlan server) {
        ServerTls settings = server.attachment(ServerTls.class);
        if (settings == null || !settings.hasCertificate() && !settings.rejects()) {
            // nginx: a server without certificates uses those of the default one.
            settings = plan.listen().defaultServer().attachment(ServerTls.class);
        }
        used = settings;
        if (settings == null || settings.rejects() || !settings.hasCertificate()) {
            return refuse(UNRECOGNIZED_NAME, settings == null || !settings.rejects()
                    ? "SSL_do_handshake() failed (SSL: no \"ssl_certificate\" is defined)"
                    : "SSL_do_handshake() failed (SSL: error:0A0000EA:SSL routines::callback failed)");
        }
        if (hello != null && !hello.applications().isEmpty()
                && hello.applications().stream().noneMatch(settings.applications()::contains)) {
            return refuse(NO_APPLICATION_PROTOCOL,
                    "SSL_do_handshake() failed (SSL: error:0A0000EB:SSL routines::no application protocol)");
        }
        VariableCertificates variable = settings.variable();
        if (variable == null) {
            return new Choice.Use(settings.context(hello));
        }
        exchange.prepareSlots(plan.snapshot());
        exchange.begin(plan.snapshot(), server);
        List<String> names = variable.names(exchange);
        variable.find(names, plan.worker().loop()::execute, this::found);
        return new Choice.Later();
    }

    private static Choice refuse(int alert, String message) {
        return new Choice.Refuse(alert, message);
    }

    private void found(VariableCertificates.Found found) {
        switch (found) {
            case VariableCertificates.Found.Context context -> {
                entry.decide(new Choice.Use(context.lease().context()));
                // Closing it takes a lock for a moment, which is no loop's business.
                Thread.ofVirtual().start(context.lease()::close);
            }
            case VariableCertificates.Found.Failed failed -> {
                plan.log(Severity.ERROR, FaultKind.TLS_OWN_CERTIFICATE,
                        failed.message() + " while loading SSL certificate from client");
                entry.decide(refuse(INTERNAL_ERROR,
                        "SSL_do_handshake() failed (SSL: error:0A000179:SSL routines::cert cb error)"));
            }
        }
    }

    @Override
    public void plain() {
        plain = true;
        established = true;
        servers.plain();
    }

    @Override
    public void tlsEstablished(TlsSession session) {
        established = true;
        ClientTls known = address.tls();
        ServerTls settings = used;
        if (known != null && settings != null) {
            known.established(session, settings.verifier());
        }
        if (session.application().equals(HTTP_2)) {
            address.protocol().beginHttp2();
        }
    }

    @Override
    public void tlsFailed(String message) {
        plan.log(Severity.INFO, FaultKind.TLS_CLIENT,
                message + (established ? "" : " while SSL handshaking"));
        if (established) {
            address.protocol().closeNow();
        }
    }

    @Override
    public void tlsEnded() {
        address.protocol().tlsEnded();
    }

    /** Whether the client has said nothing yet, so that nothing was chosen for it. */
    public boolean isUntouched() {
        return used == null && !established;
    }

    /** Whether the handshake is still going on. */
    public boolean isHandshaking() {
        return !established;
    }

    // ---- another configuration

    /** Whether the connection may go on under another configuration: not when what it was set up by has changed. */
    public boolean isServedBy(ListenPlan newer) {
        if (checked != newer) {
            checkedGood = serves(newer);
            checked = newer;
        }
        return checkedGood;
    }

    private boolean serves(ListenPlan newer) {
        if (plain) {
            return newer.tls();
        }
        ServerTls before = used;
        if (!newer.tls() || before == null) {
            return newer.tls();
        }
        ServerPlan server = newer.defaultServer();
        byte[] name = servers.name();
        if (name.length > 0) {
            try {
                exchange.prepareSlots(plan.worker().snapshot());
                ServerName found = newer.names().find(exchange, name, 0, name.length);
                server = found == null ? server : found.server();
            } catch (RegexMatchException e) {
                return false;
            }
        }
        ServerTls now = server.attachment(ServerTls.class);
        return before.isSameAs(now == null || !now.hasCertificate() && !now.rejects()
                ? newer.defaultServer().attachment(ServerTls.class)
                : now);
    }
}
