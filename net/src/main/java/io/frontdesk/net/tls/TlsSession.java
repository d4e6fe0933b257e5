package io.frontdesk.net.tls;

import io.netty.handler.ssl.CipherSuiteConverter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import io.netty.internal.tcnative.SSL;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake came to, read once when it is done. Owned by its connection; immutable.
 *
 * @param protocol    in nginx's spelling: {@code TLSv1.3}
 * @param cipher      in OpenSSL's spelling
 * @param group       that the keys were exchanged in, in the library's spelling; empty where that is not known
 * @param isReused    whether an earlier session was taken up
 * @param sessionId   the number of the session; empty for none
 * @param application the protocol that both agreed on; empty for none
 * @param peer        the other side's certificates, its own first; empty when it showed none
 */
public record TlsSession(String protocol, String cipher, String group, boolean isReused, byte[] sessionId,
        String application, List<X509Certificate> peer) {

    static TlsSession of(SslHandler handler) {
        SSLEngine engine = handler.engine();
        String application = handler.applicationProtocol();
        String chosen = application == null ? "" : application;
        if (engine instanceof ReferenceCountedOpenSslEngine boring) {
            return of(boring.sslPointer(), chosen);
        }
        SSLSession session = engine.getSession();
        String cipher = CipherSuiteConverter.toOpenSsl(session.getCipherSuite(), false);
        List<X509Certificate> peer = new ArrayList<>();
        try {
            for (var certificate : session.getPeerCertificates()) {
                peer.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException e) {
            // It showed none.
        }
        return new TlsSession(session.getProtocol(), cipher == null ? session.getCipherSuite() : cipher, "", false,
                session.getId(), chosen, List.copyOf(peer));
    }

    private static TlsSession of(long ssl, String application) {
        byte @Nullable [] id = SSL.getSessionId(ssl);
        return new TlsSession(SSL.getVersion(ssl), SSL.getCipherForSSL(ssl), group(ssl), SSL.isSessionReused(ssl),
                id == null ? new byte[0] : id, application, peer(ssl));
    }

    private static String group(long ssl) {
        try {
            String name = SSL.getGroupName(ssl);
            return name == null ? "" : name;
        } catch (Exception e) {
            SSL.clearError();
            return "";
        }
    }

    /** The chain of a server does not hold the client's own certificate. */
    private static List<X509Certificate> peer(long ssl) {
        byte @Nullable [] own = SSL.getPeerCertificate(ssl);
        if (own == null) {
            return List.of();
        }
        List<X509Certificate> found = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            X509Certificate first = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(own));
            found.add(first);
            byte @Nullable [][] chain = SSL.getPeerCertChain(ssl);
            for (byte[] der : chain == null ? new byte[0][] : chain) {
                X509Certificate next = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
                if (!next.equals(first)) {
                    found.add(next);
                }
            }
        } catch (CertificateException e) {
            // What can't be read vouches for nothing: who verifies will say so.
            return List.copyOf(found);
        }
        return List.copyOf(found);
    }
}
