package io.frontdesk.engine.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.tls.CertificateCacheShape;
import io.frontdesk.engine.tls.ConfCommands;
import io.frontdesk.engine.tls.TlsConfigFiles;
import io.frontdesk.engine.tls.TlsLeases;
import io.frontdesk.engine.tls.TlsProtocol;
import io.frontdesk.engine.tls.VariableCertificates;
import io.frontdesk.engine.tls.VariableCertificates.Cache;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.tls.ChainVerifier;
import io.frontdesk.net.tls.TlsContext;
import io.frontdesk.net.tls.TlsIdentity;
import io.frontdesk.net.tls.TlsSettings;
import io.frontdesk.net.tls.TlsSettingsException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directives about TLS to upstreams that proxy, grpc and uwsgi share but for their prefix. Control plane only. */
public final class UpstreamTlsDirectives extends Module {
    private static final int RECORD_BYTES = 16_384;

    /**
     * That connections have TLS. A value.
     *
     * @param directives   what the lines are read by
     * @param applications the protocols that ALPN names, the best first; none for no ALPN
     */
    public record Use(UpstreamTlsDirectives directives, List<String> applications) {}

    private final String prefix;
    private final String hostVariable;
    private final Directive<Boolean> sessionReuse;
    private final Directive<Set<TlsProtocol>> protocols;
    private final Directive<String> ciphers;
    private final Directive<String> sslName;
    private final Directive<Boolean> serverName;
    private final Directive<Boolean> verify;
    private final Directive<Integer> verifyDepth;
    private final Directive<String> trustedCertificate;
    private final Directive<String> crl;
    private final Directive<String> certificate;
    private final Directive<String> key;
    private final Directive<Cache> certificateCache;
    private final Directive<String> passwordFile;
    private final Directive<List<Word>> confCommand;

    /** Those of a module whose directives begin with {@code prefix}; the host of its target is in the variable of that name. */
    public UpstreamTlsDirectives(String prefix, String hostVariable) {
        super(prefix);
        this.prefix = prefix;
        this.hostVariable = hostVariable;
        sessionReuse = directive(name("session_reuse"), flag()).in(HTTP, SERVER, LOCATION).orElse(true)
                .doc("Whether sessions with a server are taken up again.");
        protocols = directive(name("protocols"), Shapes.flags(TlsProtocol.class, TlsProtocol.names()))
                .in(HTTP, SERVER, LOCATION).joins(Shapes::union)
                .orElse(EnumSet.of(TlsProtocol.TLS1_2, TlsProtocol.TLS1_3))
                .doc("The versions that servers are offered.");
        ciphers = directive(name("ciphers"), text("list")).in(HTTP, SERVER, LOCATION).orElse("DEFAULT")
                .doc("Cipher suites up to TLS 1.2, as OpenSSL writes them.");
        sslName = directive(name("name"), text("name")).in(HTTP, SERVER, LOCATION)
                .doc("The name that the server's certificate must have, and that is sent by SNI. By default the host of the "
                        + "URL.");
        serverName = directive(name("server_name"), flag()).in(HTTP, SERVER, LOCATION).orElse(false)
                .doc("Whether the name is sent by SNI.");
        verify = directive(name("verify"), flag()).in(HTTP, SERVER, LOCATION).orElse(false)
                .doc("Whether the server's certificate must be good, and of that name.");
        verifyDepth = directive(name("verify_depth"), number()).in(HTTP, SERVER, LOCATION).orElse(1)
                .doc("How many certificates may stand between the server's and the root.");
        trustedCertificate = directive(name("trusted_certificate"), text("file")).in(HTTP, SERVER, LOCATION)
                .doc("Authorities for servers' certificates.");
        crl = directive(name("crl"), text("file")).in(HTTP, SERVER, LOCATION)
                .doc("Lists of revoked certificates; each authority must have one then.");
        certificate = directive(name("certificate"), text("file")).in(HTTP, SERVER, LOCATION)
                .doc("The certificate that a server which asks for one is shown; a name with variables, or `data:` and the "
                        + "text itself.");
        key = directive(name("certificate_key"), text("file")).in(HTTP, SERVER, LOCATION).doc("Its private key.");
        certificateCache = directive(name("certificate_cache"), CertificateCacheShape.of())
                .in(HTTP, SERVER, LOCATION).orElse(Cache.OFF)
                .doc("For how long certificates whose names have variables are kept in memory.");
        passwordFile = directive(name("password_file"), text("file")).in(HTTP, SERVER, LOCATION)
                .doc("Passwords for the private key, one a line; each is tried.");
        confCommand = directive(name("conf_command"), words("name value", 2, 2)).in(HTTP, SERVER, LOCATION).list()
                .doc("OpenSSL's own settings, as far as BoringSSL has them.");
    }

    private String name(String rest) {
        return prefix + "_ssl_" + rest;
    }

    /** Reads what a location says. */
    UpstreamTls compile(Scope scope, Link link, List<String> applications) throws ConfigException {
        TlsConfigFiles files = link.shared(TlsConfigFiles.class, () -> new TlsConfigFiles(link.paths()));
        Setting<String> own = scope.find(certificate);
        Setting<String> secret = scope.find(key);
        boolean hasOwn = own != null && !own.value().isEmpty();
        if (own != null && hasOwn && secret == null) {
            throw TlsConfigFiles.error("no \"" + name("certificate_key") + "\" is defined for certificate \""
                    + own.value() + "\"");
        }
        ChainVerifier verifier = null;
        String trust = "";
        if (scope.get(verify)) {
            if (scope.find(trustedCertificate) == null) {
                throw TlsConfigFiles.error("no " + name("trusted_certificate") + " for " + name("verify"));
            }
            TlsConfigFiles.Trust trusted = files.trust(List.of(), scope.find(trustedCertificate), scope.find(crl),
                    scope.get(verifyDepth), ChainVerifier.Purpose.SERVER);
            verifier = trusted.verifier();
            trust = trusted.digest();
        }
        Setting<String> named = scope.find(sslName);
        Template name = named == null
                ? link.variable(hostVariable, scope.statement().at())
                : link.template(named.value(), named.at().at());
        Settings settings = new Settings(scope, ConfCommands.of(scope.all(confCommand), link), trust,
                applications);
        if (own == null || secret == null || !hasOwn) {
            return new UpstreamTls(context(settings.with(null), link), null, name, scope.get(serverName), verifier);
        }
        Template certificateName = link.template(own.value(), own.at().at());
        Template keyName = link.template(secret.value(), secret.at().at());
        List<String> passwords = files.passwords(scope.find(passwordFile));
        if (certificateName.isConstant() && keyName.isConstant()) {
            TlsIdentity identity = files.identity(TlsConfigFiles.full(own.value(), link.paths()),
                    TlsConfigFiles.full(secret.value(), link.paths()), passwords);
            return new UpstreamTls(context(settings.with(identity), link), null, name, scope.get(serverName),
                    verifier);
        }
        VariableCertificates variable = new VariableCertificates(
                List.of(new VariableCertificates.Pair(certificateName, keyName)), passwords, link.paths()::underConfig,
                settings::with, scope.get(certificateCache));
        link.shared(TlsLeases.class, TlsLeases::new).add(variable);
        return new UpstreamTls(null, variable, name, scope.get(serverName), verifier);
    }

    /** All that belongs to a context but the certificate. */
    private final class Settings {
        private final Set<String> versions;
        private final @Nullable String suites;
        private final @Nullable String groups;
        private final TlsSettings.Sessions sessions;
        private final List<String> applications;

        Settings(Scope scope, ConfCommands commands, String trust, List<String> applications) {
            this.applications = applications;
            versions = commands.protocols(TlsProtocol.text(scope.get(protocols)));
            suites = commands.ciphers(scope.get(ciphers));
            groups = commands.groups(null);
            boolean reused = scope.get(sessionReuse);
            // A session is a certificate that was judged: one judged by others is none.
            sessions = new TlsSettings.Sessions(reused, 20_000, 86_400, reused, List.of(), trust);
        }

        TlsSettings with(@Nullable TlsIdentity identity) {
            return new TlsSettings(true, identity, versions, suites, false, groups, false, List.of(), sessions, null,
                    applications, RECORD_BYTES);
        }
    }

    private static TlsContext context(TlsSettings settings, Link link) throws ConfigException {
        try {
            return link.shared(TlsLeases.class, TlsLeases::new).context(settings);
        } catch (TlsSettingsException e) {
            throw TlsConfigFiles.error(String.valueOf(e.getMessage()));
        }
    }
}
