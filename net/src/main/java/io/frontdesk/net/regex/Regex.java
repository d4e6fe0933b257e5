package io.frontdesk.net.regex;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A compiled regular expression: PCRE's dialect, one char one byte, no UTF unless the pattern asks for it. "Matches"
 * means: somewhere
 * in the subject. Immutable and shared by all threads; native parts are freed when it is garbage. Matching allocates
 * nothing with
 * {@link RegexEngine#PCRE2}, and has a limit on its steps with both engines: a pattern that backtracks without end
 * costs
 * milliseconds, and then a {@link RegexLimitException} (which the caller answers with 500 and logs).
 */
public sealed interface Regex permits PcreRegex, JdkRegex {
    /** Compiles with the engine of this process: {@link RegexEngine#chosen}. */
    static Regex compile(String pattern, boolean caseless) throws RegexException {
        return RegexEngine.chosen().compile(pattern, caseless);
    }

    /**
     * Searches a range of an array; on success fills {@code out} with offsets that count from {@code offset}, otherwise
     * leaves it.
     *
     * @throws RegexMatchException
     *             where it cannot be said whether the subject matches
     */
    boolean matches(byte[] subject, int offset, int length, @Nullable Captures out);

    /** As {@link #matches(byte[], int, int, Captures)}, for a byte string. */
    boolean matches(String subject, @Nullable Captures out);

    /** As {@link #matches(String, Captures)}, without asking where. */
    default boolean matches(String subject) {
        return matches(subject, null);
    }

    /** Number of capturing groups, without the whole match. */
    int groupCount();

    /** Names of groups with their numbers, in the order of the numbers. */
    Map<String, Integer> names();

    /** The text that was compiled. */
    String pattern();

    /** Whether letters match in both cases. */
    boolean isCaseless();
}
