package io.frontdesk.engine.client;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.HostName;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.route.ServerName;
import io.frontdesk.engine.route.ServerReport;
import io.frontdesk.engine.tls.ClientCheck;
import io.frontdesk.engine.tls.ClientTls;
import io.frontdesk.engine.tls.ServerTls;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.net.regex.RegexMatchException;
import io.frontdesk.net.tls.ClientHello;
import io.frontdesk.net.tls.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which server has a request: by the host that it names, by the name that the client asked for in its handshake, otherwise the default
 * one; and whether the handshake lets it have the request. One for each client's connection, whatever it speaks; loop only. For each
 * request {@link #choose} and then {@link #refusal}, with no other request between them.
 */
public final class ServerChoice {
    private static final byte[] NONE = new byte[0];

    private final ConnectionPlan plan;
    private final ClientAddress address;
    /** The name by which a server was found in the handshake, in the form that hosts are compared in; empty when none was. */
    private byte[] name = NONE;
    private @Nullable ServerPlan named;
    private @Nullable Snapshot namedOn;
    private boolean plain;
    private boolean misdirected;
    private @Nullable RegexMatchException failure;

    /** For the connection from an address. */
    public ServerChoice(ConnectionPlan plan, ClientAddress address) {
        this.plan = plan;
        this.address = address;
    }

    // ---- the handshake

    /** Takes the name that the client asks for by TLS; gives its server, or null when no server has that name. */
    @Nullable
    ServerPlan byName(Exchange ex, String asked) {
        byte[] bytes = asked.getBytes(StandardCharsets.ISO_8859_1);
        Bytes out = new Bytes(bytes.length);
        name = HostName.parse(bytes, 0, bytes.length, out) == HostName.INVALID ? NONE : out.toArray();
        ServerPlan found = find(ex);
        if (found == null) {
            name = NONE;
        }
        return found;
    }

    /** Explain: the handshake is taken to have gone as the trace says. */
    public void assume(Exchange ex, Trace trace) {
        Trace.Handshake handshake = trace.handshake();
        if (handshake.plain()) {
            plain();
            trace.step("tls", null, "the client speaks no TLS, but this address has ssl");
            return;
        }
        String asked = handshake.serverName();
        address.tls(new ClientTls(ClientHello.asking(asked)));
        ServerPlan found = asked.isEmpty() ? null : byName(ex, asked);
        if (found != null) {
            trace.handshake(found, "the handshake asks for " + asked + ", which chooses this server's certificate");
        } else {
            trace.handshake(plan.listen().defaultServer(), (asked.isEmpty()
                    ? "the handshake asks for no name"
                    : "the handshake asks for " + asked + ", which is no server's name")
                    + ": it gets the default server's certificate");
        }
    }

    /** The name by which a server was found in the handshake; empty for none. */
    byte[] name() {
        return name;
    }

    /** The client spoke no TLS where it should have. */
    void plain() {
        plain = true;
    }

    // ---- requests

    /** The server for requests whose host says nothing. */
    public ServerPlan usual(Exchange ex) {
        ServerPlan found = find(ex);
        return found == null ? plan.listen().defaultServer() : found;
    }

    /** The server of the name that the client asked for, on the configuration that the connection stands on now. */
    private @Nullable ServerPlan find(Exchange ex) {
        if (name.length == 0) {
            return null;
        }
        Snapshot on = plan.snapshot();
        if (namedOn != on) {
            ex.prepareSlots(on);
            // Names are not looked at where there is but one server, but here it matters whether one was found.
            ServerName found = plan.listen().names().find(ex, name, 0, name.length);
            named = found == null ? null : found.server();
            namedOn = on;
        }
        return named;
    }

    /** The server of a request that names this host; the exchange has not begun. */
    public ServerPlan choose(Exchange ex, Bytes host) {
        misdirected = false;
        ListenPlan listen = plan.listen();
        if (listen.names().isEmpty()) {
            tell(ex, listen, null, host);
            return listen.defaultServer();
        }
        // A regex name fills captures, so the exchange must stand on a snapshot first.
        ex.prepareSlots(plan.snapshot());
        try {
            ServerName found = listen.names().find(ex, host.array(), 0, host.length());
            tell(ex, listen, found, host);
            ServerPlan byHost = found == null ? null : found.server();
            if (name.length == 0) {
                return byHost == null ? listen.defaultServer() : byHost;
            }
            return choose(ex, listen, host, byHost);
        } catch (RegexMatchException e) {
            failure = e;
            return listen.defaultServer();
        }
    }

    /** nginx: who asked for one server by TLS and for another by its request gets that only if no certificates are at stake. */
    private ServerPlan choose(Exchange ex, ListenPlan listen, Bytes host, @Nullable ServerPlan byHost) {
        ServerPlan usual = usual(ex);
        if (host.length() != name.length || !Arrays.equals(host.array(), 0, name.length, name, 0, name.length)) {
            ServerPlan other = byHost == null ? listen.defaultServer() : byHost;
            ServerTls settings = other.attachment(ServerTls.class);
            misdirected = settings != null && settings.check() != ClientCheck.OFF;
        }
        return byHost == null ? usual : byHost;
    }

    private static void tell(Exchange ex, ListenPlan listen, @Nullable ServerName found, Bytes host) {
        if (ex.trace() != null) {
            ServerReport.tell(ex.trace(), listen, found, host.toString());
        }
    }

    /** Makes the exchange fail, which has begun on the server, when that could not be chosen by an expression. */
    void settle(Exchange ex) {
        RegexMatchException e = failure;
        if (e != null) {
            failure = null;
            ex.blame().log(FaultKind.REGEX_LIMIT, Severity.ALERT, String.valueOf(e.getMessage()), null);
            ex.fail(500);
        }
    }

    /** The status that the request of the last {@link #choose} is refused with before any phase, or 0. */
    int refusal(Exchange ex) {
        if (ex.trace() != null && (plain || misdirected)) {
            ex.trace().step("refused", null, plain
                    ? "plain HTTP came to an address of TLS: status 497"
                    : "the host is another server's than the handshake was for, and that one checks certificates: status 421");
        }
        if (plain) {
            ex.blame().log(FaultKind.TLS_CLIENT, "client sent plain HTTP request to HTTPS port");
            return 497;
        }
        if (misdirected) {
            ex.blame().log(FaultKind.BAD_REQUEST,
                    "client attempted to request the server name different from the one that was negotiated");
            return 421;
        }
        ClientTls known = address.tls();
        ServerTls settings = ex.server().attachment(ServerTls.class);
        if (known == null || settings == null || settings.check() == ClientCheck.OFF) {
            return 0;
        }
        if (ex.trace() != null) {
            ex.trace().step("ssl_verify_client", null, settings.check() == ClientCheck.ON
                    ? "the client is taken to have shown a good certificate; without one the answer is 400"
                    : "the client may show a certificate; it is taken to have shown none, or a good one");
            return 0;
        }
        Verdict verdict = known.verdict();
        if (verdict != null && verdict != Verdict.OK
                && (settings.check() != ClientCheck.OPTIONAL_NO_CA || !verdict.isForWantOfAuthority())) {
            ex.blame().log(FaultKind.TLS_CLIENT, "client SSL certificate verify error: " + verdict);
            return 495;
        }
        if (settings.check() == ClientCheck.ON && verdict == null) {
            ex.blame().log(FaultKind.TLS_CLIENT, "client sent no required SSL certificate");
            return 496;
        }
        return 0;
    }
}
