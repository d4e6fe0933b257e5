package io.frontdesk.engine.upstream;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.tls.VariableCertificates;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.tls.ChainVerifier;
import io.frontdesk.net.tls.HostMatch;
import io.frontdesk.net.tls.TlsContext;
import io.frontdesk.net.tls.TlsSession;
import io.frontdesk.net.tls.Verdict;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a location says about TLS to its upstream, compiled by {@link UpstreamTlsDirectives}. Immutable, shared by all loops.
 *
 * @param context   null when the certificate's name has variables
 * @param variable  finds the context then
 * @param name      {@code proxy_ssl_name}: who is asked for, and whose certificate it must be
 * @param sendsName {@code proxy_ssl_server_name}
 * @param verifier  judges the upstream's certificate; null for nobody
 */
record UpstreamTls(@Nullable TlsContext context, @Nullable VariableCertificates variable, Template name,
        boolean sendsName, @Nullable ChainVerifier verifier) {

    /** The name for this request, without a port; empty when nobody wants to know. */
    String nameFor(Exchange ex) {
        if (!sendsName && verifier == null) {
            return "";
        }
        String value = name.value(ex);
        // nginx: the name may have a port, as that of $proxy_host may.
        int colon = value.startsWith("[") ? value.indexOf(']') + 1 : value.indexOf(':');
        return colon <= 0 ? value : value.substring(0, colon);
    }

    /** The name to send; null for an address (RFC 6066 §3), or when none is to be sent. */
    @Nullable
    String sent(String resolved) {
        boolean isAddress = resolved.isEmpty() || resolved.startsWith("[") || NetUtil.isValidIpV4Address(resolved);
        return sendsName && !isAddress ? resolved : null;
    }

    /** What is wrong with the other side's certificate, as nginx logs it; null when nothing is. */
    @Nullable
    String complaint(TlsSession session, String resolved) {
        ChainVerifier by = verifier;
        if (by == null) {
            return null;
        }
        Verdict verdict = session.peer().isEmpty() ? Verdict.NO_LOCAL_ISSUER : by.verify(session.peer());
        if (verdict != Verdict.OK) {
            return "upstream SSL certificate verify error: " + verdict;
        }
        return HostMatch.matches(session.peer().getFirst(), resolved)
                ? null
                : "upstream SSL certificate does not match \"" + resolved + "\"";
    }

    /** What tells connections apart that must not serve for each other: whose settings, for which name. */
    record Key(UpstreamTls tls, String name) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key key && key.tls == tls && key.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
