package io.frontdesk.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            *,            a.conf,  true
            *,            .conf,   false
            .*,           .conf,   true
            \\.*,         .conf,   true
            ?conf,        .conf,   false
            [.]conf,      .conf,   false
            *.conf,       a.conf,  true
            *.conf,       a.confx, false
            *a*b*,        xaxxbx,  true
            *a*b*,        xbxxax,  false
            a?c,          abc,     true
            a?c,          ac,      false
            a**c,         ac,      true
            [a-c]x,       bx,      true
            [a-c]x,       dx,      false
            [!a-c]x,      dx,      true
            [^a-c]x,      ax,      false
            []x]y,        ]y,      true
            [a-]y,        -y,      true
            [[:digit:]]y, 7y,      true
            [[:upper:]a], a,       true
            [[:nope:]],   a,       false
            [a,           [a,      true
            [\\]]x,       ]x,      true
            \\*x,         *x,      true
            \\*x,         ax,      false
            '',           '',      true
            *,            '',      true
            """)
    void matchesAsGlobDoes(String pattern, String name, boolean matches) {
        assertThat(new GlobPattern(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void takesNoExponentialTime() {
        // a matcher that tries every split would not come back
        assertThat(new GlobPattern("*a".repeat(60) + "b").matches("a".repeat(2000))).isFalse();
    }
}
