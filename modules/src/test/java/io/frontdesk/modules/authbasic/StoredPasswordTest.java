package io.frontdesk.modules.authbasic;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.modules.authbasic.StoredPassword.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPasswordTest {
    @ParameterizedTest
    @ValueSource(strings = {"{PLAIN}secret", "{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=",
            "{SSHA}gVK8WC9YyFT1gMsQHTGCgT3sSv5zYWx0",
            "$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/", "$1$abc$iCQ2D3nhptRYi27fDYv2s1",
            "$6$abc$IdWKNKTJEb8LxY7CGg8YBXlvtfZzFw7Mp/r6niK9YB2mdvgY..TKjv1T..8RadRt2qvUHYRLr/TsVArtr91iR1",
            "$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW", "abNANd1rDfiNc"})
    void knowsThePassword(String text) {
        StoredPassword stored = new StoredPassword(text);
        assertThat(stored.compare("secret")).isEqualTo(Verdict.RIGHT);
        assertThat(stored.compare("Secret")).isEqualTo(Verdict.WRONG);
        assertThat(stored.compare("")).isEqualTo(Verdict.WRONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{SHA}", "{SHA}Zm9v", "{SHA}____", "{SSHA}Zm9v", "{SSHA}!", "$apr1$", "$1$"})
    void isNobodysWhenItIsBroken(String text) {
        assertThat(new StoredPassword(text).compare("foo")).isEqualTo(Verdict.WRONG);
        assertThat(new StoredPassword(text).compare("")).isEqualTo(Verdict.WRONG);
    }

    @Test
    void hashesTheEmptyPassword() {
        assertThat(new StoredPassword("$apr1$ab$S8K6Sgp3W8c9Jb6LxgywZ.").compare("")).isEqualTo(Verdict.RIGHT);
    }

    @Test
    void saysWhenTheWayIsNotKnown() {
        assertThat(new StoredPassword("$nonsense$").compare("x")).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void showsNothingOfItself() {
        assertThat(new StoredPassword("{PLAIN}secret").toString()).doesNotContain("secret");
    }
}
