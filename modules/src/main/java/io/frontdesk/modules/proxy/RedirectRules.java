package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.engine.core.Redirects;
import io.frontdesk.engine.request.Exchange;
import java.util.List;

/** {@code proxy_redirect}: what becomes of Location and Refresh. Immutable, shared by all loops. */
final class RedirectRules {
    /** {@code off}. */
    static final RedirectRules NONE = new RedirectRules(List.of());

    private final TextRule[] rules;

    RedirectRules(List<TextRule> rules) {
        this.rules = rules.toArray(new TextRule[0]);
    }

    /** Rewrites a Location; a path becomes a URL as in redirects of our own. */
    boolean rewrite(Exchange ex, byte[] array, int offset, int length, Bytes out) {
        for (TextRule rule : rules) {
            if (rule.apply(ex, array, offset, length, out)) {
                Redirects.complete(ex, out);
                return true;
            }
        }
        return false;
    }

    /** Rewrites the URL of a Refresh: {@code 5; url=http://host/}. */
    boolean rewriteRefresh(Exchange ex, byte[] array, int offset, int length, Bytes out) {
        if (rules.length == 0) {
            return false;
        }
        int from = -1;
        for (int i = offset; i + 4 <= offset + length; i++) {
            if (Octets.equalsFolded(array, i, 4, "url=")) {
                from = i + 4;
                break;
            }
        }
        if (from < 0) {
            return false;
        }
        out.write(array, offset, from - offset);
        for (TextRule rule : rules) {
            if (rule.apply(ex, array, from, offset + length - from, out)) {
                return true;
            }
        }
        return false;
    }
}
