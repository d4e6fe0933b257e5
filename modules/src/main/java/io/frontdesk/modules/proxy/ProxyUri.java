package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.worker.Worker;

/**
 * nginx's path rules: with no URI part and no rewrite, the target goes on as the client spelt it; otherwise the URI part takes the place
 * of what the location matched, before the normalised path, which is encoded again where it may have been. Stateless.
 */
final class ProxyUri {
    private ProxyUri() {}

    static void append(Exchange ex, ProxyPlan plan, ProxyTarget target, Bytes out) {
        byte[] part = target.uri();
        if (plan.variableTarget != null && part.length > 0) {
            if (part[0] == '?') {
                out.write('/');
            }
            out.write(part);
            return;
        }
        RequestUri uri = ex.uri();
        if (part.length == 0 && uri.hasRawForm()) {
            if (ex.request().hasEmptyPath()) {
                out.write('/');
            }
            out.write(ex.request().bytes().array(), ex.request().rawTargetOffset(), ex.request().rawTargetLength());
            return;
        }
        int skipped = 0;
        if (ex.locationFits() && part.length > 0) {
            out.write(part);
            skipped = Math.min(plan.locationLength, uri.pathLength());
        }
        int from = uri.pathOffset() + skipped;
        int length = uri.pathLength() - skipped;
        if (ex.request().isPathEncoded() || ex.isInternal()) {
            UriEscape.URI.escape(uri.pathBytes(), from, length, out);
        } else {
            out.write(uri.pathBytes(), from, length);
        }
        if (uri.argsLength() > 0) {
            out.write('?');
            uri.appendArgs(out);
        }
    }

    /** Encodes what can't stand in a request line, such as decoded text out of a variable. */
    static void repair(Worker worker, Bytes out, int from) {
        Bytes wrong = worker.takeScratch();
        try {
            wrong.write(out.array(), from, out.length() - from);
            out.truncate(from);
            for (int i = 0; i < wrong.length(); i++) {
                int octet = wrong.get(i);
                if (octet >= 0 && octet <= ' ' || octet == 0x7f || octet == '#') {
                    out.write('%');
                    out.writeHexPair(octet);
                } else {
                    out.write(octet);
                }
            }
        } finally {
            worker.giveBackScratch(wrong);
        }
    }
}
