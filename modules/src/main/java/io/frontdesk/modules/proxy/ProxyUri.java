package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.worker.Worker;
import java.nio.charset.StandardCharsets;

/**
 * nginx's path rules: with no URI part and no rewrite, the target goes on as the client spelt it; otherwise the URI part takes the place
 * of what the location matched, before the normalised path, which is encoded again where it may have been. Stateless.
 */
final class ProxyUri {
    private static final byte[] NONE = new byte[0];

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
        appendPath(ex.uri().locationFits() ? part : NONE, plan.locationLength, uri.pathBytes(), uri.pathOffset(),
                uri.pathLength(), ex.request().isPathEncoded() || ex.isInternal(), out);
        if (uri.argsLength() > 0) {
            out.write('?');
            uri.appendArgs(out);
        }
    }

    /** The path with the URI part, if there is one, in the place of its first bytes. */
    private static void appendPath(byte[] part, int replaced, byte[] path, int offset, int length, boolean escapes,
            Bytes out) {
        int skipped = 0;
        if (part.length > 0) {
            out.write(part);
            skipped = Math.min(replaced, length);
        }
        if (escapes) {
            UriEscape.URI.escape(path, offset + skipped, length - skipped, out);
        } else {
            out.write(path, offset + skipped, length - skipped);
        }
    }

    /** The path that a request of this path goes on with, where the location matched {@code locationLength} bytes; for people. */
    static String sample(ProxyTarget target, int locationLength, String path) {
        Bytes out = new Bytes();
        byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
        appendPath(target.uri(), locationLength, bytes, 0, bytes.length, false, out);
        return out.toString();
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
