package io.frontdesk.engine.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.regex.Regex;
import io.frontdesk.net.regex.RegexException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of expressions holds for the engine too. */
class RegexFactsTest {
    private static final String[] PIECES = {"/", "a", "B", "\\.", "png", "(a|b)", "[ab]", ".*", "a?", "(?:x|yz)", ".+",
            "\\d",
            "(?!a)", "b*"};
    private static final String ALPHABET = "/aAbBxyz.png1";

    private static RegexFacts facts(String text, boolean caseless) {
        RegexFacts facts = RegexFacts.of(text, caseless);
        assertThat(facts).as(text).isNotNull();
        return facts;
    }

    @ParameterizedTest
    @CsvSource({"^/api/,^/api/v1/,true", "^/api/v1/,^/api/,false", "\\.(png|jpg)$,^/x/.*\\.png$,true",
            "\\.(png|jpg)$,\\.(png|gif)$,false", "^/a$,^/a/b,false", "^/a,^/a$,true", "^/(a|b)/,^/b/c,true",
            "^/a(?!b),^/ab,false", "^/a.*x,^/ab,false", "^/a.*$,^/ab,true"})
    void knowsWhatCoversWhat(String first, String second, boolean covers) {
        assertThat(facts(first, false).covers(facts(second, false))).isEqualTo(covers);
    }

    @Test
    void mindsCase() {
        assertThat(facts("^/api/", true).covers(facts("^/API/v1", false))).isTrue();
        assertThat(facts("^/api/", false).covers(facts("^/api/v1", true))).isFalse();
        assertThat(facts("^/[Aa]", false).covers(facts("^/a", false))).isTrue();
        assertThat(facts("^/a", false).covers(facts("^/[Aa]", false))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a)\\1", "(?R)", "a(?i)b", "[[:alpha:]]", "(*UTF8)a", "\\Qa\\E"})
    void saysNothingOfWhatItDoesNotKnow(String text) {
        assertThat(RegexFacts.of(text, false)).isNull();
    }

    @Test
    void neverCallsAnExpressionCoveredThatIsNot() throws RegexException {
        Random random = new Random(7);
        int covered = 0;
        for (int round = 0; round < 3000; round++) {
            String first = expression(random);
            String second = expression(random);
            RegexFacts earlier = RegexFacts.of(first, random.nextInt(4) == 0);
            RegexFacts later = RegexFacts.of(second, random.nextInt(4) == 0);
            if (earlier == null || later == null || !earlier.covers(later)) {
                continue;
            }
            covered++;
            Regex wide = Regex.compile(first, earlier.caseless());
            Regex narrow = Regex.compile(second, later.caseless());
            for (String text : texts(later, random)) {
                assertThat(!narrow.matches(text) || wide.matches(text)).as("%s, %s, %s", earlier, later, text).isTrue();
            }
        }
        assertThat(covered).isGreaterThan(20);
    }

    private static String expression(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "^/" : "");
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.append(random.nextBoolean() ? "$" : "").toString();
    }

    private static List<String> texts(RegexFacts facts, Random random) {
        List<String> texts = new ArrayList<>();
        String sample = facts.sample() == null ? "/" : facts.sample();
        texts.add(sample);
        texts.add(sample.toUpperCase(Locale.ROOT));
        for (int i = 0; i < 40; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? sample : "/");
            for (int k = random.nextInt(5); k > 0; k--) {
                text.insert(random.nextInt(text.length() + 1), ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @Test
    void findsATextThatExceedsTheLimitOnlyWhereThereIsOne() {
        assertThat(Backtracking.attack("^(a+)+$", false)).isNotNull();
        assertThat(Backtracking.attack("^/(x|xx)*y$", false)).isNotNull();
        assertThat(Backtracking.attack("^(?:[a-z]+/?)+!$", true)).isNotNull();
        assertThat(Backtracking.attack("^([a-z]+/)+$", false)).isNull();
        assertThat(Backtracking.attack("^(a+)++$", false)).isNull();
        assertThat(Backtracking.attack("^/(.*)/(.*)$", false)).isNull();
    }
}
