package io.frontdesk.modules.proxystatus;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.upstream.UpstreamExchange;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Adds Proxy-Status to answers that are errors. Stateless. */
final class ProxyStatusFilter extends Filter {
    static final ProxyStatusFilter INSTANCE = new ProxyStatusFilter();

    private static final byte[] NAME = "Proxy-Status".getBytes(StandardCharsets.US_ASCII);

    private ProxyStatusFilter() {}

    @Override
    public boolean head(Exchange ex, int index) {
        FaultKind kind = ex.blame().kind();
        if (kind != null) {
            Bytes value = ex.worker().takeScratch();
            try {
                append(kind, ex.upstream(), value);
                ex.response().fields().add(NAME, 0, NAME.length, value.array(), 0, value.length());
            } finally {
                ex.worker().giveBackScratch(value);
            }
        }
        return false;
    }

    /** RFC 9209 §2: an item of a structured field; its name, then what is known. */
    private static void append(FaultKind kind, @Nullable UpstreamExchange upstream, Bytes out) {
        out.write("frontdesk");
        if (!kind.proxyError().isEmpty()) {
            out.write("; error=");
            out.write(kind.proxyError());
        }
        if (upstream != null && kind.side() == FaultKind.Side.UPSTREAM) {
            upstream.attempts().appendLastPeer("; next-hop=\"", "\"", out);
            if (kind == FaultKind.UPSTREAM_STATUS) {
                upstream.attempts().appendLastStatus("; received-status=", out);
            }
        }
        out.write("; details=\"");
        out.write(kind.cause());
        out.write('"');
    }
}
