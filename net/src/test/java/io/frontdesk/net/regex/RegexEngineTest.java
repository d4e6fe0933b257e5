package io.frontdesk.net.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.frontdesk.net.ChildJvm;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RegexEngineTest {
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    @Test
    void takesTheEngineThatTheOperatorNames() throws Exception {
        assertThat(firstLine(NATIVE, "-Dfrontdesk.regex=jdk")).isEqualTo("JDK null");
    }

    @Test
    void prefersPcre() throws Exception {
        assumeTrue(RegexEngine.PCRE2.problem() == null, "no libpcre2-8 here");

        assertThat(firstLine(NATIVE)).isEqualTo("PCRE2 null");
        assertThat(firstLine(NATIVE, "-Dfrontdesk.regex=perl"))
                .isEqualTo("PCRE2 unknown regex engine \"perl\" in frontdesk.regex; using pcre2");
        assertThat(RegexEngine.PCRE2.version()).startsWith("PCRE2 10.");
    }

    @Test
    void fallsBackWhereNativeAccessIsDenied() throws Exception {
        assertThat(firstLine("--illegal-native-access=deny")).startsWith("JDK ")
                .endsWith("; using java.util.regex, which lacks some of PCRE");
    }

    @Test
    void refusesWhatTheJdkCannotDo() {
        for (String pattern : List.of("(?R)", "(a)(?1)", "(?<n>a)(?P>n)", "(?&n)", "(a)?(?(1)b|c)", "(*ANYCRLF)a",
                "a\\Kb",
                "(?|(a)|(b))", "\\X", "(*UTF8)a")) {
            assertThatThrownBy(() -> RegexEngine.JDK.compile(pattern, false)).as(pattern)
                    .isInstanceOf(RegexException.class)
                    .hasMessageContaining("not supported by java.util.regex (PCRE2 is not in use)");
        }
    }

    @Test
    void reportsASubjectThatIsNoUtf8() throws RegexException {
        assumeTrue(RegexEngine.PCRE2.problem() == null, "no libpcre2-8 here");
        Regex regex = RegexEngine.PCRE2.compile("(*UTF8)^.$", false);

        assertThat(regex.matches("\u00c3\u00a9")).isTrue();
        assertThatThrownBy(() -> regex.matches("\u00e9")).isInstanceOf(RegexMatchException.class)
                .isNotInstanceOf(RegexLimitException.class).hasMessageContaining("UTF-8 error");
    }

    @Test
    void agreesWithPcreOnGeneratedPatterns() {
        assumeTrue(RegexEngine.PCRE2.problem() == null, "no libpcre2-8 here");
        String[] items = {"a", "b", "B", "1", "_", "-", ".", "[ab]", "[^a]", "[[:digit:]]", "[a-c\\d]", "[]a]", "\\d",
                "\\W",
                "\\s", "\\h", "\\x41", "\\012", "\\.", "\\Qa.\\E", "\u00e9", "[\u00c9-\u00ff]", "\\pL"};
        String[] others = {"^", "$", "|", "*", "+", "?", "*?", "++", "{2}", "{1,2}", "\\b", "\\B", "\\A", "\\z", "(?i)",
                "(?s)",
                "(?m)", "(?x)", "(?U)", " ", "\n", "\\1", "\\g{-1}"};
        String[] groups = {"(", "(?:", "(?>", "(?=", "(?!", "(?<n>", "(?i:"};
        String[] subjects = {"", "a", "aab", "ABab1", "a1_b", "b\n", "\na", "a\r\nb", "a.b", "\u00e9\u00c9",
                "\u00a0 \t", "ba1ab_-A]"};
        Random random = new Random(20);
        for (int i = 0; i < 4000; i++) {
            StringBuilder pattern = new StringBuilder();
            int open = 0;
            for (int piece = random.nextInt(1, 7); piece > 0; piece--) {
                if (random.nextInt(4) == 0) {
                    pattern.append(groups[random.nextInt(groups.length)]);
                    open++;
                }
                pattern.append(items[random.nextInt(items.length)]);
                if (random.nextBoolean()) {
                    pattern.append(others[random.nextInt(others.length)]);
                }
                if (open > 0 && random.nextBoolean()) {
                    pattern.append(')');
                    open--;
                }
            }
            String text = pattern + ")".repeat(open);
            boolean caseless = random.nextBoolean();
            assertThat(outcome(RegexEngine.JDK, text, caseless, subjects)).as(text)
                    .isEqualTo(outcome(RegexEngine.PCRE2, text, caseless, subjects));
        }
    }

    private static String outcome(RegexEngine engine, String pattern, boolean caseless, String[] subjects) {
        Regex regex;
        try {
            regex = engine.compile(pattern, caseless);
        } catch (RegexException e) {
            return "refused";
        }
        StringBuilder out = new StringBuilder(regex.names().toString());
        Captures captures = new Captures();
        for (String subject : subjects) {
            boolean found = regex.matches(subject, captures);
            out.append(found ? " " + captures.start(0) + "-" + captures.end(0) : " no");
        }
        return out.toString();
    }

    private static String firstLine(String... flags) throws Exception {
        try (ChildJvm child = ChildJvm.start(List.of(), List.of(flags), Choice.class)) {
            return child.line();
        }
    }

    /** Runs in the child. */
    static final class Choice {
        public static void main(String[] arguments) {
            System.out.println(RegexEngine.chosen().name() + " " + RegexEngine.warning());
        }
    }
}
