package io.frontdesk.modules.ssi;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Variable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The value of a text in a command: variables in the places of their names, backslashes before quotes and dollars gone. Stateless. */
final class SsiText {
    private SsiText() {}

    /** The value, or null when there is an error in it, which was logged. */
    static @Nullable String evaluate(Exchange ex, SsiContext context, String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) != '$') {
                i = literal(text, i, out);
                continue;
            }
            boolean braced = i + 1 < text.length() && text.charAt(i + 1) == '{';
            int from = braced ? i + 2 : i + 1;
            int to = from;
            while (to < text.length() && isNameChar(text.charAt(to))) {
                to++;
            }
            if (braced && from < text.length() && (to == text.length() || text.charAt(to) != '}')) {
                ex.log(FaultKind.SSI_COMMAND, Severity.ERROR,
                        "the closing bracket in \"" + text.substring(from, to) + "\" variable is missing");
                return null;
            }
            if (to == from) {
                ex.log(FaultKind.SSI_COMMAND, Severity.ERROR, "invalid variable name in \"" + text + "\"");
                return null;
            }
            String value = variable(ex, context, text.substring(from, to));
            out.append(value == null ? "" : value);
            i = braced ? to + 1 : to;
        }
        return out.toString();
    }

    /** Appends what stands before the next dollar; gives where that is. A backslash stays unless it hides something. */
    private static int literal(String text, int from, StringBuilder out) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '$') {
            char c = text.charAt(i++);
            if (c != '\\') {
                out.append(c);
            } else if (i < text.length()) {
                char hidden = text.charAt(i++);
                if (hidden != '\\' && hidden != '\'' && hidden != '"' && hidden != '$') {
                    out.append('\\');
                }
                out.append(hidden);
            }
        }
        return i;
    }

    private static boolean isNameChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    /** The value of a name: of the pages, or else of the request; null for none. */
    static @Nullable String variable(Exchange ex, SsiContext context, String name) {
        String own = context.find(name);
        if (own != null) {
            return own;
        }
        Variable variable = ex.snapshot().variables().lookup(name.toLowerCase(Locale.ROOT));
        return variable == null ? null : variable.value(ex);
    }
}
