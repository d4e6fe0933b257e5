package io.frontdesk.modules.ssi;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.net.regex.RegexException;
import io.frontdesk.net.regex.RegexMatchException;
import org.jspecify.annotations.Nullable;

/** The expression of {@code if} and {@code elif}: a text, or two that are compared. Stateless. */
final class SsiCondition {
    private SsiCondition() {}

    /** Whether it holds; null when it is no expression, which was logged. */
    static @Nullable Boolean holds(Exchange ex, SsiContext context, String expression) {
        int i = 0;
        while (i < expression.length() && isOperandChar(expression.charAt(i))) {
            i++;
        }
        // nginx: the left side is in small letters, whatever it is
        String left = SsiText.evaluate(ex, context, lower(expression.substring(0, i)));
        if (left == null) {
            return null;
        }
        i = skipSpaces(expression, i);
        if (i == expression.length()) {
            return !left.isEmpty();
        }
        boolean equal = expression.charAt(i) == '=';
        if (!equal && !expression.startsWith("!=", i)) {
            return invalid(ex, expression);
        }
        i = skipSpaces(expression, i + (equal ? 1 : 2));
        String right = expression.substring(i);
        if (right.length() > 1 && right.startsWith("/")) {
            if (!right.endsWith("/")) {
                return invalid(ex, expression);
            }
            Boolean matches = matches(ex, context, left, right.substring(1, right.length() - 1));
            return matches == null ? null : matches == equal;
        }
        String value = SsiText.evaluate(ex, context, right.startsWith("\\/") ? right.substring(1) : right);
        return value == null ? null : left.equals(value) == equal;
    }

    private static @Nullable Boolean invalid(Exchange ex, String expression) {
        ex.log(FaultKind.SSI_COMMAND, Severity.ERROR, "invalid expression in \"" + expression + "\"");
        return null;
    }

    private static @Nullable Boolean matches(Exchange ex, SsiContext context, String left, String text) {
        String pattern = SsiText.evaluate(ex, context, text);
        if (pattern == null) {
            return null;
        }
        try {
            return context.matches(ex.worker().own(SsiPatterns.class, SsiPatterns::new).compile(pattern), left);
        } catch (RegexException e) {
            ex.log(FaultKind.SSI_COMMAND, Severity.ERROR, Pattern.problem(e, pattern));
            return null;
        } catch (RegexMatchException e) {
            ex.log(FaultKind.REGEX_LIMIT, Severity.ALERT,
                    "pcre2_match() failed: " + e.getMessage() + " on \"" + left + "\" using \"" + pattern + "\"");
            return null;
        }
    }

    private static int skipSpaces(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    private static boolean isOperandChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "${}_\"'".indexOf(c) >= 0;
    }

    private static String lower(String text) {
        StringBuilder out = new StringBuilder(text);
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                out.setCharAt(i, (char) (c | 0x20));
            }
        }
        return out.toString();
    }
}
