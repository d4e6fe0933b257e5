package io.frontdesk.engine.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.HostName;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.route.ServerName;
import io.frontdesk.engine.tls.ClientCheck;
import io.frontdesk.engine.tls.ClientTls;
import io.frontdesk.engine.tls.ServerTls;
import io.frontdesk.engine.tls.VariableCertificates;
import io.frontdesk.net.regex.RegexMatchException;
import io.frontdesk.net.tls.ClientHello;
import io.frontdesk.net.tls.TlsServerEntry;
import io.frontdesk.net.tls.TlsServerPeer;
import io.frontdesk.net.tls.TlsSession;
import io.frontdesk.net.tls.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * TLS on a client's connection as the engine sees it: chooses the server by the name that the client asks for, and with it the certificate
 * and all else; then judges requests by what the handshake said. Owned by the connection; loop only.
 */
final class TlsEntrance implements TlsServerPeer {
    private static final List<String> APPLICATIONS = List.of("http/1.1", "http/1.0", "http/0.9");
    private static final int INTERNAL_ERROR = 80;
    private static final int UNRECOGNIZED_NAME = 112;
    private static final int NO_APPLICATION_PROTOCOL = 120;

    private final Http1Connection connection;
    private final TlsServerEntry entry = new TlsServerEntry(this);
    private @Nullable ClientTls tls;
    private @Nullable ServerTls used;
    /** The name by which a server was found, in the form that hosts are compared in; empty when none was. */
    private byte[] name = new byte[0];
    private @Nullable ServerPlan named;
    private @Nullable Snapshot namedOn;
    private boolean plain;
    private boolean established;
    private boolean misdirected;
    private @Nullable ListenPlan checked;
    private boolean checkedGood;

    TlsEntrance(Http1Connection connection) {
        this.connection = connection;
    }

    /** The first handler of the pipeline. */
    TlsServerEntry entry() {
        return entry;
    }

    /** What is known of the client's TLS; null when it sent plain bytes. */
    @Nullable
    ClientTls tls() {
        return tls;
    }

    // ---- the handshake

    @Override
    public Choice choose(@Nullable ClientHello hello) {
        tls = new ClientTls(hello);
        ServerPlan server = connection.currentListen().defaultServer();
        if (hello != null && !hello.serverName().isEmpty()) {
            try {
                name = normal(hello.serverName());
                ServerPlan found = find();
                if (found == null) {
                    name = new byte[0];
                } else {
                    server = found;
                }
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
            settings = connection.currentListen().defaultServer().attachment(ServerTls.class);
        }
        used = settings;
        if (settings == null || settings.rejects() || !settings.hasCertificate()) {
            return refuse(UNRECOGNIZED_NAME, settings == null || !settings.rejects()
                    ? "SSL_do_handshake() failed (SSL: no \"ssl_certificate\" is defined)"
                    : "SSL_do_handshake() failed (SSL: error:0A0000EA:SSL routines::callback failed)");
        }
        if (hello != null && !hello.applications().isEmpty()
                && hello.applications().stream().noneMatch(APPLICATIONS::contains)) {
            return refuse(NO_APPLICATION_PROTOCOL,
                    "SSL_do_handshake() failed (SSL: error:0A0000EB:SSL routines::no application protocol)");
        }
        VariableCertificates variable = settings.variable();
        if (variable == null) {
            return new Choice.Use(settings.context(hello));
        }
        Exchange exchange = connection.exchange();
        exchange.prepareSlots(connection.snapshot());
        exchange.begin(connection.snapshot(), server);
        List<String> names = variable.names(exchange);
        variable.find(names, connection.worker().loop()::execute, this::found);
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
                connection.logOutside(Severity.ERROR, FaultKind.TLS_OWN_CERTIFICATE,
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
    }

    @Override
    public void tlsEstablished(TlsSession session) {
        established = true;
        ClientTls known = tls;
        ServerTls settings = used;
        if (known != null && settings != null) {
            known.established(session, settings.verifier());
        }
    }

    @Override
    public void tlsFailed(String message) {
        connection.logOutside(Severity.INFO, FaultKind.TLS_CLIENT,
                message + (established ? "" : " while SSL handshaking"));
        if (established) {
            connection.closeNow();
        }
    }

    @Override
    public void tlsEnded() {
        connection.tlsEnded();
    }

    /** Whether the handshake is still going on. */
    boolean isHandshaking() {
        return !established;
    }

    // ---- requests

    private static byte[] normal(String asked) {
        byte[] bytes = asked.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        Bytes out = new Bytes(bytes.length);
        return HostName.parse(bytes, 0, bytes.length, out) == HostName.INVALID ? new byte[0] : out.toArray();
    }

    /** The server of the name that the client asked for, on the configuration that the connection stands on now. */
    private @Nullable ServerPlan find() {
        ListenPlan listen = connection.currentListen();
        Snapshot on = connection.snapshot();
        if (name.length == 0) {
            return null;
        }
        if (namedOn != on) {
            connection.exchange().prepareSlots(on);
            // Names are not looked at where there is but one server, but here it matters whether one was found.
            ServerName found = listen.names().find(connection.exchange(), name, 0, name.length);
            named = found == null ? null : found.server();
            namedOn = on;
        }
        return named;
    }

    /** The server for requests whose host fits none. */
    ServerPlan usual(ListenPlan listen) {
        ServerPlan found = find();
        return found == null ? listen.defaultServer() : found;
    }

    /**
     * The server of a request; null stands for no fitting name. nginx: who asked for one server by TLS and for another by its request gets
     * that only if no certificates are at stake.
     */
    ServerPlan choose(ListenPlan listen, Bytes host, @Nullable ServerPlan byHost) {
        misdirected = false;
        if (name.length == 0) {
            return byHost == null ? listen.defaultServer() : byHost;
        }
        ServerPlan usual = usual(listen);
        if (host.length() == name.length
                && java.util.Arrays.equals(host.array(), 0, host.length(), name, 0, name.length)) {
            return byHost == null ? usual : byHost;
        }
        ServerPlan other = byHost == null ? listen.defaultServer() : byHost;
        ServerTls settings = other.attachment(ServerTls.class);
        misdirected = settings != null && settings.check() != ClientCheck.OFF;
        return byHost == null ? usual : byHost;
    }

    /** The status that a request is refused with before any phase, or 0. */
    int refusal(Exchange ex) {
        if (plain) {
            ex.log(Severity.INFO, "client sent plain HTTP request to HTTPS port");
            return 497;
        }
        if (misdirected) {
            ex.log(Severity.INFO,
                    "client attempted to request the server name different from the one that was negotiated");
            return 421;
        }
        ServerTls settings = ex.server().attachment(ServerTls.class);
        ClientTls known = tls;
        if (settings == null || settings.check() == ClientCheck.OFF || known == null) {
            return 0;
        }
        Verdict verdict = known.verdict();
        if (verdict != null && verdict != Verdict.OK
                && (settings.check() != ClientCheck.OPTIONAL_NO_CA || !verdict.isForWantOfAuthority())) {
            ex.log(Severity.INFO, "client SSL certificate verify error: " + verdict);
            return 495;
        }
        if (settings.check() == ClientCheck.ON && verdict == null) {
            ex.log(Severity.INFO, "client sent no required SSL certificate");
            return 496;
        }
        return 0;
    }

    /** Whether the connection may go on under another configuration: not when what it was set up by has changed. */
    boolean isServedBy(ListenPlan newer) {
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
        if (name.length > 0) {
            try {
                connection.exchange().prepareSlots(connection.worker().snapshot());
                ServerName found = newer.names().find(connection.exchange(), name, 0, name.length);
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
