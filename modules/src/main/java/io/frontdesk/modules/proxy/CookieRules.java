package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxy_cookie_domain}, {@code proxy_cookie_path} and {@code proxy_cookie_flags}. Immutable, shared by all loops.
 *
 * @param domains the first that matches is applied
 * @param paths   likewise
 * @param flags   likewise
 */
record CookieRules(List<TextRule> domains, List<TextRule> paths, List<CookieFlagRule> flags) {
    /** Cookies pass as they are. */
    static final CookieRules NONE = new CookieRules(List.of(), List.of(), List.of());

    boolean rewrite(Exchange ex, byte[] array, int offset, int length, Bytes out) {
        if (domains.isEmpty() && paths.isEmpty() && flags.isEmpty()) {
            return false;
        }
        SetCookie cookie = new SetCookie(new String(array, offset, length, StandardCharsets.ISO_8859_1));
        if (!cookie.isValid()) {
            return false;
        }
        boolean changed = false;
        for (int i = 1; i < cookie.size(); i++) {
            changed |= attribute(ex, cookie, i, cookie.attribute(i, "domain"), domains);
            changed |= attribute(ex, cookie, i, cookie.attribute(i, "path"), paths);
        }
        for (CookieFlagRule rule : flags) {
            if (rule.matches(ex, cookie.name())) {
                changed |= cookie.apply(rule.evaluate(ex));
                break;
            }
        }
        if (changed) {
            cookie.append(out);
        }
        return changed;
    }

    private static boolean attribute(Exchange ex, SetCookie cookie, int index, @Nullable String value,
            List<TextRule> rules) {
        if (value == null) {
            return false;
        }
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        Bytes out = ex.worker().takeScratch();
        try {
            for (TextRule rule : rules) {
                if (rule.apply(ex, bytes, 0, bytes.length, out)) {
                    cookie.value(index, out.toString());
                    return true;
                }
            }
            return false;
        } finally {
            ex.worker().giveBackScratch(out);
        }
    }
}
