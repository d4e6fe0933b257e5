package io.frontdesk.net.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One table for both engines: what a pattern of nginx's dialect does to a byte string. */
class RegexTest {
    private static final String NO = "(no match)";

    /** A pattern, a subject, and the groups of the match with {@code |} between them, {@code -} for one that is not set. */
    record Case(String pattern, String subject, String groups) {}

    static final List<Case> CASES = List.of(
            // what configurations are made of
            new Case("\\.php$", "/index.php", ".php"),
            new Case("\\.php$", "/index.php5", NO),
            new Case("^/download/(.*)/media/(.*)\\..*$", "/download/a/media/b.mp3",
                    "/download/a/media/b.mp3|a|b"),
            new Case("^(www\\.)?(?<domain>.+)$", "example.org", "example.org|-|example.org"),
            new Case("^(?P<user_id>\\d+)$", "42", "42|42"),
            new Case("^(?<a_1>a)(?'b_2'b)$", "ab", "ab|a|b"),
            new Case("bot|crawl", "Googlebot/2.1", "bot"),
            new Case("", "anything", ""),
            new Case("^$", "", ""),
            // names and references
            new Case("(?P<q>['\"]).*?(?P=q)", "a 'b' c", "'b'|'"),
            new Case("(a)(b)\\2\\1", "abba", "abba|a|b"),
            new Case("(?<x>.)\\k<x>\\k{x}\\k'x'\\g{x}", "zaaaaa", "aaaaa|a"),
            new Case("(.)\\g1\\g{1}\\g{-1}", "bbbb", "bbbb|b"),
            new Case("(a)\\10", "aa0", NO),
            new Case("(a)\\010", "a\b", "a\b|a"),
            new Case("(a)\\1{2}0", "aaa0", "aaa0|a"),
            new Case("(?:(a)|b)\\1", "ab", NO),
            // classes
            new Case("^[[:digit:]]+$", "0123", "0123"),
            new Case("[[:^alpha:][:space:]]+", "ab1 2c", "1 2"),
            new Case("[[:xdigit:]]{4}", "xyz12aF", "12aF"),
            new Case("[]a]+", "b]a]", "]a]"),
            new Case("[^]a]+", "b]a]", "b"),
            new Case("[a\\]b-]+", "x-]a", "-]a"),
            new Case("[\\w.-]+", "~a.b-c_1~", "a.b-c_1"),
            new Case("[a&&b]+", "x&&y", "&&"),
            new Case("[[a]+", "x[a[", "[a["),
            new Case("[\\Q^]\\E]+", "a^]", "^]"),
            new Case("[\\b]", "a\bb", "\b"),
            new Case("[\\x41-\\103\\n]+", "ABC\nD", "ABC\n"),
            new Case("[+--]+", "+,-.", "+,-"),
            // escapes
            new Case("\\h+\\H", "a \t\u00a0b", " \t\u00a0b"),
            new Case("a\\R+b", "a\r\n\n\u0085b", "a\r\n\n\u0085b"),
            new Case("\\N+", "\nab\n", "ab"),
            new Case("\\x{e9}\\xe9\\351\\o{351}", "\u00e9\u00e9\u00e9\u00e9", "\u00e9\u00e9\u00e9\u00e9"),
            new Case("\\e\\a\\cA\\t", "\u001b\u0007\u0001\t", "\u001b\u0007\u0001\t"),
            new Case("\\Qa.b*\\E+", "a.b**", "a.b**"),
            new Case("\\-\\_\\/\\@\\#", "-_/@#", "-_/@#"),
            new Case("\\p{Lu}+\\P{L}", "abCD1", "CD1"),
            new Case("\\s\\x0b", "\u000b\u000b", "\u000b\u000b"),
            // bytes, not characters
            new Case("^.$", "\u00e9", "\u00e9"),
            new Case("^.$", "\u00c3\u00a9", NO),
            new Case("\\w", "\u00e9", NO),
            new Case("[^a]", "\u00ff", "\u00ff"),
            // anchors and lines
            new Case("a$", "a\n", "a"),
            new Case("a$", "a\n\n", NO),
            new Case("a\\Z", "a\n", "a"),
            new Case("a\\z", "a\n", NO),
            new Case("(?m)^b$", "a\nb\nc", "b"),
            new Case("^b", "a\nb", NO),
            new Case("a$", "a\r", NO),
            new Case("a.b", "a\nb", NO),
            new Case("a.b", "a\rb", "a\rb"),
            new Case("(?s)a.b", "a\nb", "a\nb"),
            new Case("\\bfoo\\b", "a foo_ foo", "foo"),
            // options
            new Case("(?i)straSSe", "STRASSE", "STRASSE"),
            new Case("a(?i)b|c", "C", "C"),
            new Case("a(?i:b)c", "aBc", "aBc"),
            new Case("a(?i:b)c", "aBC", NO),
            new Case("(?i)(a)\\1", "aA", "aA|a"),
            new Case("(?x) a b # comment\n c [ ]", "abc ", "abc "),
            new Case("(?U)a+", "aaa", "a"),
            new Case("(?U)a+?", "aaa", "aaa"),
            new Case("(?n)(a)(?<n>b)", "ab", "ab|b"),
            new Case("a(?#comment)+", "aaa", "aaa"),
            // repeats
            new Case("a{2}b{1,2}c{1,}", "aabbcc", "aabbcc"),
            new Case("a{b}{,x}", "a{b}{,x}", "a{b}{,x}"),
            new Case("a++a", "aaa", NO),
            new Case("(?>a+)a", "aaa", NO),
            new Case("a*?b", "aab", "aab"),
            new Case("<.+?>", "<a><b>", "<a>"),
            // looking around
            new Case("foo(?=bar)", "foobar", "foo"),
            new Case("foo(?!bar)", "foobar foo", "foo"),
            new Case("(?<=/)[^/]+$", "/a/b", "b"),
            new Case("(?<!a)b", "abb", "b"));

    static Stream<Arguments> casesWithEngines() {
        return Stream.of(RegexEngine.values()).filter(engine -> engine.problem() == null)
                .flatMap(engine -> CASES.stream().map(each -> Arguments.of(engine, each)));
    }

    static final List<RegexEngine> ENGINES = Stream.of(RegexEngine.values()).filter(engine -> engine.problem() == null)
            .toList();

    @ParameterizedTest
    @MethodSource("casesWithEngines")
    void matchesAsPcreDoes(RegexEngine engine, Case each) throws RegexException {
        Regex regex = engine.compile(each.pattern(), false);
        Captures captures = new Captures();
        byte[] subject = ("<<" + each.subject() + ">>").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(groups(each.subject(), regex.matches(each.subject(), captures), captures)).isEqualTo(each.groups());
        captures.clear();
        boolean found = regex.matches(subject, 2, subject.length - 4, captures);
        assertThat(groups(each.subject(), found, captures)).isEqualTo(each.groups());
        assertThat(regex.matches(each.subject())).isEqualTo(!each.groups().equals(NO));
    }

    static final List<Case> ERRORS = List.of(
            new Case("foo(", "missing closing parenthesis", ""),
            new Case("foo)bar", "unmatched closing parenthesis", ")bar"),
            new Case("[a-", "missing terminating ] for character class", ""),
            new Case("a|*", "quantifier does not follow a repeatable item", "*"),
            new Case("a\\", "\\ at end of pattern", ""),
            new Case("[z-a]x", "range out of order in character class", "a]x"),
            new Case("[[:foo:]]", "unknown POSIX class name", "foo:]]"),
            new Case("(?<1a>b)", "subpattern name must start with a non-digit", "1a>b)"),
            new Case("(a)\\2", "reference to non-existent subpattern", null),
            new Case("(?<a>b)(?<a>c)", "two named subpatterns have the same name (PCRE2_DUPNAMES not set)", null),
            new Case("a{2,1}", "numbers out of order in {} quantifier", null),
            new Case("\\y", "unrecognized character follows \\", null));

    static Stream<Arguments> errorsWithEngines() {
        return ENGINES.stream().flatMap(engine -> ERRORS.stream().map(each -> Arguments.of(engine, each)));
    }

    @ParameterizedTest
    @MethodSource("errorsWithEngines")
    void wordsErrorsAsNginxDoes(RegexEngine engine, Case each) {
        String pattern = each.pattern();
        RegexException error = catchThrowableOfType(RegexException.class, () -> engine.compile(pattern, false));

        assertThat(error.reason()).isEqualTo(each.subject());
        if (each.groups() != null) {
            String place = each.groups().isEmpty() ? "" : " at \"" + each.groups() + "\"";
            assertThat(error).hasMessage(
                    "pcre2_compile() failed: " + each.subject() + " in \"" + pattern + "\"" + place);
            assertThat(error.offset()).isEqualTo(pattern.length() - each.groups().length());
        }
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void tellsGroupsAndNamesInOrder(RegexEngine engine) throws RegexException {
        Regex regex = engine.compile("(?<zeta>a)(b)(?P<alpha_1>c)", true);

        assertThat(regex.groupCount()).isEqualTo(3);
        assertThat(regex.names().toString()).isEqualTo("{zeta=1, alpha_1=3}");
        assertThat(regex.pattern()).isEqualTo("(?<zeta>a)(b)(?P<alpha_1>c)");
        assertThat(regex.isCaseless()).isTrue();
        assertThat(regex).hasToString("~* (?<zeta>a)(b)(?P<alpha_1>c)");
        assertThat(engine.compile("a", false).names()).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void ignoresTheCaseOfAsciiLettersOnly(RegexEngine engine) throws RegexException {
        assertThat(engine.compile("^stra[s]e[[:upper:]]$", true).matches("STRASEx")).isTrue();
        assertThat(engine.compile("^[a-c]+$", true).matches("aBC")).isTrue();
        assertThat(engine.compile("^[^a-c]+$", true).matches("B")).isFalse();
        assertThat(engine.compile("^\u00e9$", true).matches("\u00c9")).isFalse();
        assertThat(engine.compile("^(?-i:a)b$", true).matches("aB")).isTrue();
        assertThat(engine.compile("^(?-i:a)b$", true).matches("Ab")).isFalse();
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void endsAMatchThatWouldBacktrackWithoutEnd(RegexEngine engine) throws RegexException {
        String hostile = "a".repeat(30_000) + "!";
        for (String pattern : List.of("(a+)+$", "^(a+)+$", "(.*)(.*)(.*)[xyz]", "^(\\w+\\s?)*$")) {
            Regex regex = engine.compile(pattern, false);

            assertThatThrownBy(() -> regex.matches(hostile)).isInstanceOf(RegexLimitException.class)
                    .hasMessageStartingWith("pcre2_match() failed: -")
                    .hasMessageEndingWith(" using \"" + pattern + "\"");
        }
        assertThat(engine.compile("(a+)+$", false).matches("xaaa")).isTrue();
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void findsMatchesAnywhereInLongSubjects(RegexEngine engine) throws RegexException {
        Captures captures = new Captures();
        for (int length : new int[]{0, 62, 63, 64, 65, 255, 256, 257, 320, 5000, 100_000}) {
            String subject = "x".repeat(length) + "needle42";

            assertThat(engine.compile("(?<=x|^)n(\\w+)\\d$", false).matches(subject, captures)).isTrue();

            assertThat(captures.start(0)).isEqualTo(length);
            assertThat(captures.text(subject, 1)).isEqualTo("eedle4");
            assertThat(engine.compile("^needle", false).matches(subject)).isEqualTo(length == 0);
            assertThat(engine.compile("$", false).matches(subject, captures)).isTrue();
            assertThat(captures.start(0)).isEqualTo(subject.length());
        }
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void hasRoomForManyGroups(RegexEngine engine) throws RegexException {
        Captures captures = new Captures();
        Regex regex = engine.compile("(.)".repeat(99) + "(x)?", false);

        assertThat(regex.matches("ab".repeat(50), captures)).isTrue();

        assertThat(captures.count()).isEqualTo(101);
        assertThat(captures.start(99)).isEqualTo(98);
        assertThat(captures.isSet(100)).isFalse();
        assertThat(captures.end(100)).isEqualTo(-1);
        assertThat(captures.start(101)).isEqualTo(-1);
        assertThat(engine.compile("b", false).matches("ab", captures)).isTrue();
        assertThat(captures.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void leavesCapturesWhereNothingMatches(RegexEngine engine) throws RegexException {
        Captures captures = new Captures();
        engine.compile("b(c)", false).matches("abc", captures);

        assertThat(engine.compile("x", false).matches("abc", captures)).isFalse();

        assertThat(captures.start(1)).isEqualTo(2);
        Captures copy = new Captures();
        copy.copyFrom(captures);
        assertThat(copy.count()).isEqualTo(2);
        assertThat(copy.end(1)).isEqualTo(3);
    }

    @ParameterizedTest
    @FieldSource("ENGINES")
    void matchesOnManyThreadsAtOnce(RegexEngine engine) throws Exception {
        Regex regex = engine.compile("^/(\\d+)/(\\w+)$", false);
        boolean[] failed = new boolean[4];
        Thread[] running = new Thread[failed.length];
        for (int t = 0; t < running.length; t++) {
            int number = t;
            running[t] = Thread.ofPlatform().start(() -> {
                Captures captures = new Captures();
                for (int i = 0; i < 2000; i++) {
                    String subject = "/" + i + "/name" + number;
                    failed[number] |= !regex.matches(subject, captures)
                            || !String.valueOf(i).equals(captures.text(subject, 1));
                }
            });
        }
        for (Thread thread : running) {
            thread.join();
        }

        assertThat(failed).containsOnly(false);
    }

    private static String groups(String subject, boolean found, Captures captures) {
        if (!found) {
            return NO;
        }
        StringBuilder out = new StringBuilder();
        for (int group = 0; group < captures.count(); group++) {
            String text = captures.text(subject, group);
            out.append(group == 0 ? "" : "|").append(text == null ? "-" : text);
        }
        return out.toString();
    }
}
