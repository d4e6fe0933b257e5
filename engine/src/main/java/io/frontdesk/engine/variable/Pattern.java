package io.frontdesk.engine.variable;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.net.regex.Regex;
import io.frontdesk.net.regex.RegexException;
import io.frontdesk.net.regex.RegexLimitException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the configuration. A match fills the exchange's groups ({@code $1} …) and the variables of its named groups.
 * Immutable, shared by all loops.
 */
public final class Pattern {
    private final Regex regex;
    private final SlotVariable[] named;
    private final int[] namedGroups;

    private Pattern(Regex regex, SlotVariable[] named, int[] namedGroups) {
        this.regex = regex;
        this.named = named;
        this.namedGroups = namedGroups;
    }

    static Pattern of(Regex regex, Variables variables) {
        Map<String, Integer> names = regex.names();
        SlotVariable[] named = new SlotVariable[names.size()];
        int[] groups = new int[names.size()];
        int i = 0;
        for (Map.Entry<String, Integer> e : names.entrySet()) {
            named[i] = variables.slot(e.getKey());
            groups[i++] = e.getValue();
        }
        return new Pattern(regex, named, groups);
    }

    /**
     * Compiles a pattern.
     *
     * @throws ConfigException with nginx's wording
     */
    public static Pattern compile(String text, boolean caseless, @Nullable Position at, Variables variables)
            throws ConfigException {
        try {
            return of(Regex.compile(text, caseless), variables);
        } catch (RegexException e) {
            throw new ConfigException(new Diagnostic(Severity.EMERG, problem(e, text), at));
        }
    }

    /** nginx's wording of what is wrong with an expression. */
    public static String problem(RegexException problem, String text) {
        int at = problem.offset();
        String rest = at >= text.length() ? "" : " at \"" + text.substring(at) + "\"";
        return "pcre2_compile() failed: " + problem.reason() + " in \"" + text + "\"" + rest;
    }

    /** The pattern as it stood in the configuration. */
    public String text() {
        return regex.pattern();
    }

    /** Groups in number, the whole match not counted. */
    public int groupCount() {
        return regex.groupCount();
    }

    /**
     * Matches, and fills groups and variables when it does.
     *
     * @throws RegexLimitException when the match takes too many steps: the request ends with 500
     */
    public boolean matches(Exchange exchange, byte[] bytes, int offset, int length) {
        if (!regex.matches(bytes, offset, length, exchange.captures().captures())) {
            return false;
        }
        exchange.captures().matched(bytes, offset, length, regex.groupCount() + 1);
        for (int i = 0; i < named.length; i++) {
            named[i].set(exchange, exchange.captures().text(namedGroups[i]));
        }
        return true;
    }

    /** Matches a byte string. */
    public boolean matches(Exchange exchange, String subject) {
        byte[] bytes = subject.getBytes(StandardCharsets.ISO_8859_1);
        return matches(exchange, bytes, 0, bytes.length);
    }

    /** Matches what a buffer holds. */
    public boolean matches(Exchange exchange, Bytes subject) {
        return matches(exchange, subject.array(), 0, subject.length());
    }
}
