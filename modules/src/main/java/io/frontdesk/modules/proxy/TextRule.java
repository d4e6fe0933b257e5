package io.frontdesk.modules.proxy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code proxy_redirect}, {@code proxy_cookie_domain} or {@code proxy_cookie_path}: what it matches, and what takes its place.
 * Immutable, shared by all loops.
 */
final class TextRule {
    /** How a value is compared. */
    enum Kind {
        /** It begins with a text, which is replaced; the rest stays. */
        PREFIX,
        /** A domain equals it in any case, a dot before it left out of account. */
        DOMAIN,
        /** An expression matches; the whole value is replaced. */
        REGEX
    }

    private final Kind kind;
    private final @Nullable Template text;
    private final @Nullable Pattern regex;
    private final Template replacement;

    private TextRule(Kind kind, @Nullable Template text, @Nullable Pattern regex, Template replacement) {
        this.kind = kind;
        this.text = text;
        this.regex = regex;
        this.replacement = replacement;
    }

    static TextRule of(Kind kind, Template text, Template replacement) {
        return new TextRule(kind, text, null, replacement);
    }

    static TextRule of(Pattern regex, Template replacement) {
        return new TextRule(Kind.REGEX, null, regex, replacement);
    }

    /** Appends the value with its replacement; false, and nothing appended, when it does not match. */
    boolean apply(Exchange ex, byte[] array, int offset, int length, Bytes out) {
        Pattern expression = regex;
        if (expression != null) {
            if (!expression.matches(ex, array, offset, length)) {
                return false;
            }
            replacement.append(ex, out);
            return true;
        }
        Template plain = text;
        if (plain == null) {
            return false;
        }
        Bytes value = ex.worker().takeScratch();
        try {
            plain.append(ex, value);
            return kind == Kind.DOMAIN
                    ? domain(ex, value, array, offset, length, out)
                    : prefix(ex, value, array, offset, length, out);
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }

    private boolean prefix(Exchange ex, Bytes value, byte[] array, int offset, int length, Bytes out) {
        int size = value.length();
        if (size > length) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (value.get(i) != array[offset + i]) {
                return false;
            }
        }
        replacement.append(ex, out);
        out.write(array, offset + size, length - size);
        return true;
    }

    private boolean domain(Exchange ex, Bytes value, byte[] array, int offset, int length, Bytes out) {
        int dot = length > 0 && array[offset] == '.' ? 1 : 0;
        if (value.length() != length - dot
                || !Octets.equalsFolded(value.array(), 0, array, offset + dot, length - dot)) {
            return false;
        }
        if (dot > 0) {
            out.write('.');
        }
        replacement.append(ex, out);
        return true;
    }
}
