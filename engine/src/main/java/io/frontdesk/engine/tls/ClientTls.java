package io.frontdesk.engine.tls;

import io.frontdesk.net.tls.ChainVerifier;
import io.frontdesk.net.tls.ClientHello;
import io.frontdesk.net.tls.TlsSession;
import io.frontdesk.net.tls.Verdict;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** What is known of TLS on a client's connection. Owned by the connection; loop only. */
public final class ClientTls {
    private final @Nullable ClientHello hello;
    private @Nullable TlsSession session;
    private @Nullable Verdict verdict;

    /** Of a connection whose client began so; null when that could not be read. */
    public ClientTls(@Nullable ClientHello hello) {
        this.hello = hello;
    }

    /** The handshake is done; {@code verifier} judges the client's certificate. */
    public void established(TlsSession with, ChainVerifier verifier) {
        session = with;
        verdict = with.peer().isEmpty() ? null : verifier.verify(with.peer());
    }

    /** What the client began with. */
    public @Nullable ClientHello hello() {
        return hello;
    }

    /** The name that the client asked for, a byte string; empty for none. */
    public String serverName() {
        return hello == null ? "" : hello.serverName();
    }

    /** What the handshake came to; null before its end. */
    public @Nullable TlsSession session() {
        return session;
    }

    /** The client's certificate, or null. */
    public @Nullable X509Certificate certificate() {
        TlsSession known = session;
        return known == null || known.peer().isEmpty() ? null : known.peer().getFirst();
    }

    /** What there is to say of the client's certificate; null when it showed none. */
    public @Nullable Verdict verdict() {
        return verdict;
    }
}
