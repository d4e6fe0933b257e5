package io.frontdesk.net.regex;

import org.jspecify.annotations.Nullable;

/**
 * The two engines, and the choice between them: {@code -Dfrontdesk.regex=pcre2|jdk}, by default PCRE2 where it can be
 * loaded.
 */
public enum RegexEngine {
    /**
     * The library that nginx itself uses, called through java.lang.foreign and compiled to machine code by its own JIT.
     */
    PCRE2 {
        @Override
        public Regex compile(String pattern, boolean caseless) throws RegexException {
            return PcreRegex.compile(pattern, caseless);
        }

        @Override
        public @Nullable String problem() {
            return Pcre2.problem();
        }

        @Override
        public String version() {
            return "PCRE2 " + Pcre2.version();
        }
    },

    /** {@code java.util.regex} behind a translator; refuses recursion, conditions and verbs. */
    JDK {
        @Override
        public Regex compile(String pattern, boolean caseless) throws RegexException {
            return JdkRegex.compile(pattern, caseless);
        }

        @Override
        public @Nullable String problem() {
            return null;
        }

        @Override
        public String version() {
            return "java.util.regex " + Runtime.version().feature();
        }
    };

    /** Name of the system property that chooses the engine. */
    public static final String PROPERTY = "frontdesk.regex";

    /** Compiles with this engine. */
    public abstract Regex compile(String pattern, boolean caseless) throws RegexException;

    /** Why this engine cannot be used; null where it can. */
    public abstract @Nullable String problem();

    /** Name and version, for {@code -V} and logs. */
    public abstract String version();

    /** The engine of this process, chosen once. */
    public static RegexEngine chosen() {
        return Choice.ENGINE;
    }

    /** What the operator should know of the choice, for one warning at start; null where there is nothing to say. */
    public static @Nullable String warning() {
        return Choice.WARNING;
    }

    // A class of its own, so that PCRE2 is loaded only when the first pattern is compiled.
    private static final class Choice {
        static final RegexEngine ENGINE;
        static final @Nullable String WARNING;

        static {
            String wish = System.getProperty(PROPERTY, "");
            String problem = wish.equals("jdk") ? null : PCRE2.problem();
            if (wish.equals("jdk") || problem != null) {
                ENGINE = JDK;
                WARNING = problem == null ? null : problem + "; using java.util.regex, which lacks some of PCRE";
            } else {
                ENGINE = PCRE2;
                WARNING = wish.isEmpty() || wish.equals("pcre2")
                        ? null
                        : "unknown regex engine \"" + wish + "\" in " + PROPERTY + "; using pcre2";
            }
        }
    }
}
