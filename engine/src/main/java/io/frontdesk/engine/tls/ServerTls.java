package io.frontdesk.engine.tls;

import io.frontdesk.net.tls.ChainVerifier;
import io.frontdesk.net.tls.ClientHello;
import io.frontdesk.net.tls.TlsContext;
import io.frontdesk.net.tls.TlsIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about TLS, compiled. Immutable, shared by all loops.
 *
 * @param contexts  one for each of its certificates, which may be of different kinds; none when they are named by variables, or there is none
 * @param variable  finds certificates whose names have variables, or null
 * @param rejects   {@code ssl_reject_handshake}
 * @param check     {@code ssl_verify_client}
 * @param verifier  judges a client's certificate
 * @param checkedBy what tells the verifier from others: a digest
 * @param applications the protocols that it speaks, by their names in the handshake, the best first
 */
public record ServerTls(List<TlsContext> contexts, @Nullable VariableCertificates variable, boolean rejects,
        ClientCheck check, ChainVerifier verifier, String checkedBy, List<String> applications) {

    /** Whether it has anything to show. */
    public boolean hasCertificate() {
        return variable != null || !contexts.isEmpty();
    }

    /** The context for this client; none of those that variables name. */
    public TlsContext context(@Nullable ClientHello hello) {
        if (hello == null || contexts.size() == 1) {
            return contexts.getFirst();
        }
        List<TlsIdentity> identities = contexts.stream().map(context -> context.settings().identity())
                .map(java.util.Objects::requireNonNull).toList();
        return contexts.get(TlsIdentity.choose(identities, hello));
    }

    /** Whether a connection that was set up by these settings may go on under those of another configuration. */
    public boolean isSameAs(@Nullable ServerTls other) {
        return other != null && contexts.equals(other.contexts) && rejects == other.rejects && check == other.check
                && checkedBy.equals(other.checkedBy) && (variable == null) == (other.variable == null)
                && applications.equals(other.applications);
    }
}
