package io.frontdesk.modules.ssl;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.MAIN;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.seconds;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.tls.CertificateCacheShape;
import io.frontdesk.engine.tls.ClientCheck;
import io.frontdesk.engine.tls.TlsProtocol;
import io.frontdesk.engine.tls.VariableCertificates.Cache;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The directives of the ssl module. */
abstract class SslDirectives extends HttpModule {
    final Directive<String> certificate = directive("ssl_certificate", text("file")).in(HTTP, SERVER).list()
            .doc("The server's certificate in PEM form, with those that lead up to the root behind it; `data:` and the text "
                    + "itself, or a name with variables. Several lines are for keys of several kinds.");
    final Directive<String> key = directive("ssl_certificate_key", text("file")).in(HTTP, SERVER).list()
            .doc("The private key of the certificate in the line of the same number.");
    final Directive<Cache> certificateCache = directive("ssl_certificate_cache",
            CertificateCacheShape.of()).in(HTTP, SERVER).orElse(Cache.OFF)
            .doc("For how long certificates whose names have variables are kept in memory.");
    final Directive<String> passwordFile = directive("ssl_password_file", text("file")).in(HTTP, SERVER)
            .doc("Passwords for private keys, one a line; each is tried.");
    final Directive<Set<TlsProtocol>> protocols = directive("ssl_protocols",
            Shapes.flags(TlsProtocol.class, TlsProtocol.names())).in(HTTP, SERVER).joins(Shapes::union)
            .orElse(EnumSet.of(TlsProtocol.TLS1_2, TlsProtocol.TLS1_3))
            .doc("The versions that are spoken. They are those of the server that the client names, as its certificate is.");
    final Directive<String> ciphers = directive("ssl_ciphers", text("list")).in(HTTP, SERVER).orElse("HIGH:!aNULL:!MD5")
            .doc("Cipher suites up to TLS 1.2, as OpenSSL writes them. Those of TLS 1.3 are fixed.");
    final Directive<Boolean> preferServerCiphers = directive("ssl_prefer_server_ciphers", flag()).in(HTTP, SERVER)
            .orElse(false).doc("Whether our order of suites decides, not the client's.");
    final Directive<String> curve = directive("ssl_ecdh_curve", text("list")).in(HTTP, SERVER).orElse("auto")
            .doc("Groups for the exchange of keys, separated by colons; `auto` leaves them to the library.");
    final Directive<String> dhparam = directive("ssl_dhparam", text("file")).in(HTTP, SERVER)
            .doc("Accepted and checked; suites with DHE are not offered.");
    final Directive<SessionCache> sessionCache = directive("ssl_session_cache",
            of("off | none | [builtin[:size]] [shared:name:size]", 1, 2, SessionCache::parse)).in(HTTP, SERVER)
            .orElse(SessionCache.NONE)
            .doc("Whether sessions up to TLS 1.2 are kept, and how many. All loops share them; "
                    + "each server has its own.");
    final Directive<Long> sessionTimeout = directive("ssl_session_timeout", seconds()).in(HTTP, SERVER).orElse(300L)
            .doc("For how long a session may be taken up again.");
    final Directive<Boolean> sessionTickets = directive("ssl_session_tickets", flag()).in(HTTP, SERVER).orElse(true)
            .doc("Whether clients get tickets to take sessions up with. Their keys belong to one server and last as long as "
                    + "the process, unless there are key files.");
    final Directive<String> ticketKey = directive("ssl_session_ticket_key", text("file")).in(HTTP, SERVER).list()
            .doc("A file of 48 or 80 random bytes with the key of tickets; the first is used, the others are known too.");
    final Directive<ClientCheck> verifyClient = directive("ssl_verify_client", choice(ClientCheck.class))
            .in(HTTP, SERVER).orElse(ClientCheck.OFF).doc("Whether clients must show a certificate.");
    final Directive<Integer> verifyDepth = directive("ssl_verify_depth", number()).in(HTTP, SERVER).orElse(1)
            .doc("How many certificates may stand between a client's and the root.");
    final Directive<String> clientCertificate = directive("ssl_client_certificate", text("file")).in(HTTP, SERVER)
            .doc("Authorities for clients' certificates, whose names clients are told.");
    final Directive<String> trustedCertificate = directive("ssl_trusted_certificate", text("file")).in(HTTP, SERVER)
            .doc("More authorities, whose names clients are not told.");
    final Directive<String> crl = directive("ssl_crl", text("file")).in(HTTP, SERVER)
            .doc("Lists of revoked certificates; each authority must have one then.");
    final Directive<Boolean> stapling = directive("ssl_stapling", flag()).in(HTTP, SERVER).orElse(false)
            .doc("Whether an OCSP response goes out with the certificate: that of `ssl_stapling_file`; none is fetched yet.");
    final Directive<String> staplingFile = directive("ssl_stapling_file", text("file")).in(HTTP, SERVER)
            .doc("The OCSP response in DER form.");
    final Directive<String> staplingResponder = directive("ssl_stapling_responder", text("URL")).in(HTTP, SERVER)
            .doc("Accepted; responses are not fetched yet.");
    final Directive<Boolean> staplingVerify = directive("ssl_stapling_verify", flag()).in(HTTP, SERVER).orElse(false)
            .doc("Accepted; responses are not fetched yet.");
    final Directive<Boolean> rejectHandshake = directive("ssl_reject_handshake", flag()).in(HTTP, SERVER).orElse(false)
            .doc("Whether every handshake with the server is refused.");
    final Directive<Boolean> earlyData = directive("ssl_early_data", flag()).in(HTTP, SERVER).orElse(false)
            .doc("Accepted; the library takes no early data, so that clients send it again after the handshake.");
    final Directive<Boolean> certificateCompression = directive("ssl_certificate_compression", flag())
            .in(HTTP, SERVER).orElse(false).doc("Accepted; certificates go out as they are.");
    final Directive<Long> bufferSize = directive("ssl_buffer_size", size()).in(HTTP, SERVER).orElse(16_384L)
            .doc("How much goes into one record.");
    final Directive<List<Word>> confCommand = directive("ssl_conf_command", words("name value", 2, 2))
            .in(HTTP, SERVER).list()
            .doc("OpenSSL's own settings, as far as BoringSSL has them: `CipherString`, `Curves`, "
                    + "`Groups`, `Protocol`, `MinProtocol`, `MaxProtocol`, and of `Options` `SessionTicket` and "
                    + "`ServerPreference`.");
    final Directive<OcspCheck> ocsp = directive("ssl_ocsp", choice(OcspCheck.class)).in(HTTP, SERVER)
            .orElse(OcspCheck.OFF).doc("There is no check by OCSP yet: only `off` is accepted.");
    final Directive<String> ocspResponder = directive("ssl_ocsp_responder", text("URL")).in(HTTP, SERVER)
            .doc("Accepted; there is no check by OCSP yet.");
    final Directive<String> ocspCache = directive("ssl_ocsp_cache", text("off | shared:name:size")).in(HTTP, SERVER)
            .doc("Accepted; there is no check by OCSP yet.");

    final Directive<Boolean> objectCacheInheritable = directive("ssl_object_cache_inheritable", flag()).in(MAIN)
            .orElse(false)
            .doc("Accepted: a reload reads files anew, and goes on with what it has where they say the same.");

    SslDirectives() {
        super("ssl");
    }

    /** {@code ssl_ocsp}. */
    enum OcspCheck {
        /** No. */
        OFF,
        /** All certificates of the chain. */
        ON,
        /** The client's own. */
        LEAF
    }
}
