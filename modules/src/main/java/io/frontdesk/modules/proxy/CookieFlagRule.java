package io.frontdesk.modules.proxy;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code proxy_cookie_flags}. Immutable, shared by all loops.
 *
 * @param name  the cookie's name, or null for an expression
 * @param regex the expression
 * @param flags each may come out of a variable
 */
record CookieFlagRule(@Nullable Template name, @Nullable Pattern regex, List<Template> flags) {

    boolean matches(Exchange ex, String cookie) {
        if (regex != null) {
            byte[] bytes = cookie.getBytes(StandardCharsets.ISO_8859_1);
            return regex.matches(ex, bytes, 0, bytes.length);
        }
        return name != null && name.value(ex).equalsIgnoreCase(cookie);
    }

    /** The flags for an exchange; what is none of them is left out. */
    Set<CookieFlag> evaluate(Exchange ex) {
        Set<CookieFlag> set = EnumSet.noneOf(CookieFlag.class);
        for (Template template : flags) {
            String text = template.value(ex);
            for (CookieFlag flag : CookieFlag.values()) {
                if (flag.text().equalsIgnoreCase(text)) {
                    set.add(flag);
                }
            }
        }
        return set;
    }
}
