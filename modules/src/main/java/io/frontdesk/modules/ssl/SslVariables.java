package io.frontdesk.modules.ssl;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.tls.ClientTls;
import io.frontdesk.engine.variable.Variables;
import io.frontdesk.net.tls.CertificateText;
import io.frontdesk.net.tls.ClientHello;
import io.frontdesk.net.tls.TlsNames;
import io.frontdesk.net.tls.TlsSession;
import io.frontdesk.net.tls.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code $ssl_…}: what is known of a client's TLS. */
final class SslVariables {
    private SslVariables() {}

    static void declare(Variables v) {
        session(v, "ssl_protocol", "The version of TLS, such as TLSv1.3.", TlsSession::protocol);
        session(v, "ssl_cipher", "The cipher suite.", TlsSession::cipher);
        session(v, "ssl_curve", "The group that keys were exchanged in.", s -> TlsNames.group(s.group()));
        session(v, "ssl_session_id", "The number of the session, in hex.",
                s -> HexFormat.of().formatHex(s.sessionId()));
        session(v, "ssl_session_reused", "r when an earlier session was taken up, otherwise a dot.",
                s -> s.isReused() ? "r" : ".");
        session(v, "ssl_alpn_protocol", "The protocol that ALPN agreed on.", TlsSession::application);
        session(v, "ssl_early_data", "1 while a request came as early data: never here.", s -> "");
        hello(v, "ssl_server_name", "The name that the client asked for by SNI.", ClientHello::serverName);
        hello(v, "ssl_ciphers", "The cipher suites that the client offers.", h -> TlsNames.suites(h.ciphers()));
        hello(v, "ssl_curves", "The groups that the client offers.", h -> TlsNames.groups(h.groups()));
        hello(v, "ssl_sigalgs", "The signature schemes that the client offers.",
                h -> TlsNames.signatures(h.signatures()));
        hello(v, "ssl_sigalg", "The signature scheme of the handshake: not known here.", h -> "");
        hello(v, "ssl_client_sigalg", "The signature scheme of the client's certificate: not known here.", h -> "");
        certificate(v, "ssl_client_raw_cert", "The client's certificate in PEM form.", CertificateText::pem);
        // nginx ends each line by a newline and a tab, which RFC 9112 §5.2 forbids in a field, and has recipients replace by a blank.
        certificate(v, "ssl_client_cert", "The same with a blank in place of each newline, as it can stand in a field.",
                c -> CertificateText.pem(c).strip().replace('\n', ' '));
        certificate(v, "ssl_client_escaped_cert", "The same as $ssl_client_raw_cert, URL-encoded.",
                c -> escaped(CertificateText.pem(c)));
        certificate(v, "ssl_client_s_dn", "The subject of the client's certificate (RFC 2253).",
                c -> CertificateText.name(c.getSubjectX500Principal()));
        certificate(v, "ssl_client_i_dn", "The issuer of the client's certificate (RFC 2253).",
                c -> CertificateText.name(c.getIssuerX500Principal()));
        certificate(v, "ssl_client_s_dn_legacy", "The subject in OpenSSL's old form, with slashes.",
                c -> CertificateText.oldName(c.getSubjectX500Principal()));
        certificate(v, "ssl_client_i_dn_legacy", "The issuer in OpenSSL's old form, with slashes.",
                c -> CertificateText.oldName(c.getIssuerX500Principal()));
        certificate(v, "ssl_client_serial", "The serial number of the client's certificate.", CertificateText::serial);
        certificate(v, "ssl_client_fingerprint", "The SHA-1 fingerprint of the client's certificate.",
                CertificateText::fingerprint);
        certificate(v, "ssl_client_v_start", "The day from which the client's certificate is good.",
                c -> CertificateText.time(c.getNotBefore()));
        certificate(v, "ssl_client_v_end", "The day up to which the client's certificate is good.",
                c -> CertificateText.time(c.getNotAfter()));
        certificate(v, "ssl_client_v_remain", "How many days are left of that.",
                c -> Long.toString(CertificateText.daysLeft(c)));
        v.declare("ssl_client_verify",
                "SUCCESS, FAILED with the reason, or NONE when the client showed no certificate.",
                SslVariables::verify);
    }

    private static void session(Variables v, String name, String doc, Function<TlsSession, String> value) {
        v.declare(name, doc, (ex, out) -> {
            ClientTls tls = ex.connection().tls();
            TlsSession session = tls == null ? null : tls.session();
            return session != null && write(value.apply(session), out);
        });
    }

    private static void hello(Variables v, String name, String doc, Function<ClientHello, String> value) {
        v.declare(name, doc, (ex, out) -> {
            ClientTls tls = ex.connection().tls();
            ClientHello hello = tls == null ? null : tls.hello();
            return hello != null && write(value.apply(hello), out);
        });
    }

    private static void certificate(Variables v, String name, String doc, Function<X509Certificate, String> value) {
        v.declare(name, doc, (ex, out) -> {
            ClientTls tls = ex.connection().tls();
            X509Certificate certificate = tls == null ? null : tls.certificate();
            return certificate != null && write(value.apply(certificate), out);
        });
    }

    private static boolean verify(Exchange ex, Bytes out) {
        ClientTls tls = ex.connection().tls();
        if (tls == null) {
            return false;
        }
        @Nullable
        Verdict verdict = tls.verdict();
        if (verdict == null) {
            out.write("NONE");
        } else if (verdict == Verdict.OK) {
            out.write("SUCCESS");
        } else {
            out.write("FAILED:");
            out.write(verdict.text());
        }
        return true;
    }

    /** nginx: an empty value is none. */
    private static boolean write(String value, Bytes out) {
        out.write(value);
        return !value.isEmpty();
    }

    private static String escaped(String pem) {
        byte[] bytes = pem.getBytes(StandardCharsets.ISO_8859_1);
        Bytes out = new Bytes(bytes.length * 2);
        UriEscape.COMPONENT.escape(bytes, 0, bytes.length, out);
        return out.toString();
    }
}
