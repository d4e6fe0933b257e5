package io.frontdesk.modules.ssl;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.http2.Http2Settings;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.engine.tls.ClientCheck;
import io.frontdesk.engine.tls.ConfCommands;
import io.frontdesk.engine.tls.ServerTls;
import io.frontdesk.engine.tls.TlsConfigFiles;
import io.frontdesk.engine.tls.TlsLeases;
import io.frontdesk.engine.tls.TlsProtocol;
import io.frontdesk.engine.tls.VariableCertificates;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.Variables;
import io.frontdesk.net.tls.ChainVerifier;
import io.frontdesk.net.tls.TlsContext;
import io.frontdesk.net.tls.TlsIdentity;
import io.frontdesk.net.tls.TlsLibrary;
import io.frontdesk.net.tls.TlsSettings;
import io.frontdesk.net.tls.TlsSettingsException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code listen … ssl} and all that shapes it. What it makes is used by the engine's connections, which know no directive. */
public final class SslModule extends SslDirectives {
    private static final List<String> APPLICATIONS = List.of("http/1.1", "http/1.0", "http/0.9");
    private static final List<String> WITH_HTTP2 = List.of("h2", "http/1.1", "http/1.0", "http/0.9");
    private static final int TICKET_KEY = 48;
    private static final int LONG_TICKET_KEY = 80;

    /** The module; one object per process. */
    public SslModule() {}

    @Override
    public void variables(Variables variables) {
        SslVariables.declare(variables);
    }

    @Override
    public void compileServer(Scope server, ServerPlan.Builder plan, Link link) throws ConfigException {
        List<Setting<String>> certificates = server.all(certificate);
        List<Setting<String>> keys = server.all(key);
        if (keys.size() < certificates.size()) {
            throw error("no \"ssl_certificate_key\" is defined for certificate \""
                    + file(certificates.getLast().value(), link) + "\"");
        }
        Http2Settings http2 = plan.attachment(Http2Settings.class);
        List<String> applications = http2 != null && http2.offered() ? WITH_HTTP2 : APPLICATIONS;
        plan.attach(ServerTls.class, compile(server, certificates, keys, applications, link));
    }

    private ServerTls compile(Scope server, List<Setting<String>> certificates, List<Setting<String>> keys,
            List<String> applications, Link link) throws ConfigException {
        ClientCheck check = server.get(verifyClient);
        boolean rejects = server.get(rejectHandshake);
        if (certificates.isEmpty()) {
            if (rejects) {
                settings(server, check, List.of(), applications, link);
            }
            return new ServerTls(List.of(), null, rejects, check, noVerifier(), "", applications);
        }
        if (server.get(ocsp) != OcspCheck.OFF) {
            throw error("\"ssl_ocsp\" is not supported yet");
        }
        List<X509Certificate> named = List.of();
        TlsConfigFiles files = files(link);
        if (check != ClientCheck.OFF) {
            if (check != ClientCheck.OPTIONAL_NO_CA && server.find(clientCertificate) == null
                    && server.find(trustedCertificate) == null) {
                throw error("no ssl_client_certificate or ssl_trusted_certificate for ssl_verify_client");
            }
            named = files.authorities(server.find(clientCertificate)).stream().distinct().toList();
        }
        TlsConfigFiles.Trust trust = files.trust(named, server.find(trustedCertificate), server.find(crl),
                server.get(verifyDepth), ChainVerifier.Purpose.CLIENT);
        Setting<String> parameters = server.find(dhparam);
        if (parameters != null) {
            files.checkDhParameters(parameters);
        }
        Function<@Nullable TlsIdentity, TlsSettings> settings = settings(server, check, named, applications, link);
        if (certificates.stream().anyMatch(line -> line.value().contains("$"))
                || keys.stream().anyMatch(line -> line.value().contains("$"))) {
            VariableCertificates variable = variable(server, certificates, keys, settings, files, link);
            if (variable != null) {
                return new ServerTls(List.of(), variable, rejects, check, trust.verifier(), trust.digest(),
                        applications);
            }
        }
        List<TlsContext> contexts = new ArrayList<>();
        List<String> passwords = files.passwords(server.find(passwordFile));
        TlsLeases leases = link.shared(TlsLeases.class, TlsLeases::new);
        try {
            List<TlsIdentity> identities = new ArrayList<>();
            for (int i = 0; i < certificates.size(); i++) {
                TlsIdentity identity = files.identity(file(certificates.get(i).value(), link),
                        file(keys.get(i).value(), link), passwords);
                // OpenSSL: of two with keys of one kind the later one holds.
                identities.removeIf(
                        other -> other.key().getAlgorithm().equals(identity.key().getAlgorithm()));
                identities.add(identity);
            }
            for (TlsIdentity identity : identities) {
                contexts.add(leases.context(settings.apply(identity)));
            }
        } catch (TlsSettingsException e) {
            throw error(String.valueOf(e.getMessage()));
        }
        return new ServerTls(contexts, null, rejects, check, trust.verifier(), trust.digest(),
                applications);
    }

    private static TlsConfigFiles files(Link link) {
        return link.shared(TlsConfigFiles.class, () -> new TlsConfigFiles(link.paths()));
    }

    @Override
    public void finish(Scope http, Link link) {
        files(link).forget();
    }

    private static ChainVerifier noVerifier() {
        return new ChainVerifier(List.of(), List.of(), 1, ChainVerifier.Purpose.CLIENT);
    }

    /** Null when there is no variable in any name after all. */
    private @Nullable VariableCertificates variable(Scope server, List<Setting<String>> certificates,
            List<Setting<String>> keys, Function<@Nullable TlsIdentity, TlsSettings> settings, TlsConfigFiles files,
            Link link)
            throws ConfigException {
        List<VariableCertificates.Pair> pairs = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < certificates.size(); i++) {
            Template name = link.template(certificates.get(i).value(), certificates.get(i).at().at());
            Template secret = link.template(keys.get(i).value(), keys.get(i).at().at());
            any |= !name.isConstant() || !secret.isConstant();
            pairs.add(new VariableCertificates.Pair(name, secret));
        }
        if (!any) {
            return null;
        }
        VariableCertificates made = new VariableCertificates(pairs, files.passwords(server.find(passwordFile)),
                link.paths()::underConfig, settings, server.get(certificateCache));
        link.shared(TlsLeases.class, TlsLeases::new).add(made);
        return made;
    }

    private Function<@Nullable TlsIdentity, TlsSettings> settings(Scope server, ClientCheck check,
            List<X509Certificate> named, List<String> applications, Link link) throws ConfigException {
        ConfCommands commands = ConfCommands.of(server.all(confCommand), link);
        SessionCache cache = server.get(sessionCache);
        TlsConfigFiles files = files(link);
        List<byte[]> ticketKeys = new ArrayList<>();
        for (Setting<String> line : server.all(ticketKey)) {
            ticketKeys.add(ticketKey(line, link));
        }
        // A session of one server is good for another only if both would have asked the client for the same.
        String scope = check + "|" + server.get(verifyDepth) + "|" + named.hashCode() + "|"
                + server.all(certificate).stream().map(Setting::value).toList() + "|"
                + text(server.find(trustedCertificate)) + "|" + text(server.find(crl));
        TlsSettings.Sessions sessions = new TlsSettings.Sessions(cache.keeps(), cache.size(),
                server.get(sessionTimeout), commands.tickets(server.get(sessionTickets)), ticketKeys, scope);
        byte[] stapled = null;
        if (server.get(stapling)) {
            Setting<String> line = server.find(staplingFile);
            if (line == null) {
                link.warn("\"ssl_stapling\" ignored, responses are not fetched yet: use \"ssl_stapling_file\"", null);
            } else {
                stapled = files.read(line);
            }
        }
        if (server.get(earlyData)) {
            link.warn("\"ssl_early_data\" is not supported on this platform, ignored", null);
        }
        if (server.get(certificateCompression)) {
            link.warn("\"ssl_certificate_compression\" is not supported on this platform, ignored", null);
        }
        String groups = server.get(curve);
        byte[] response = stapled;
        int record = (int) Math.max(512, Math.min(16_384, server.get(bufferSize)));
        return identity -> new TlsSettings(false, identity, commands.protocols(TlsProtocol.text(server.get(protocols))),
                commands.ciphers(server.get(ciphers)), commands.ownOrder(server.get(preferServerCiphers)),
                commands.groups(groups.equals("auto") ? null : groups), check != ClientCheck.OFF, named, sessions,
                response, applications, record);
    }

    private static String text(@Nullable Setting<String> line) {
        return line == null ? "" : line.value();
    }

    private static byte[] ticketKey(Setting<String> line, Link link) throws ConfigException {
        String name = link.paths().underConfig(line.value());
        byte[] bytes = files(link).raw(name, line);
        if (bytes.length != TICKET_KEY && bytes.length != LONG_TICKET_KEY) {
            throw line.error("\"%s\" must be 48 or 80 bytes", name);
        }
        return bytes;
    }

    private static String file(String value, Link link) {
        return TlsConfigFiles.full(value, link.paths());
    }

    private static ConfigException error(String message) {
        return TlsConfigFiles.error(message);
    }

    @Override
    public void checkSockets(List<SocketPlan> sockets, Link link) throws ConfigException {
        boolean any = false;
        for (SocketPlan socket : sockets) {
            for (ListenPlan plan : socket.plans()) {
                if (plan.tls()) {
                    any = true;
                    check(plan);
                }
            }
        }
        String fallback = any ? TlsLibrary.fallback() : null;
        if (fallback != null) {
            link.warn("BoringSSL can't be loaded, TLS is the JDK's, with its limits: " + fallback, null);
        }
    }

    /** nginx: the default server must have a certificate, or refuse; in the latter case each other one must do one of the two. */
    private static void check(ListenPlan plan) throws ConfigException {
        ServerTls usual = plan.defaultServer().attachment(ServerTls.class);
        if (usual != null && usual.hasCertificate()) {
            return;
        }
        ServerPlan without = usual == null || !usual.rejects() ? plan.defaultServer() : null;
        for (ServerPlan server : plan.servers()) {
            ServerTls settings = server.attachment(ServerTls.class);
            if (without == null && (settings == null || !settings.hasCertificate() && !settings.rejects())) {
                without = server;
            }
        }
        if (without != null) {
            throw error("no \"ssl_certificate\" is defined for the \"listen ... ssl\" directive in "
                    + without.at().file() + ":" + without.at().line());
        }
    }
}
