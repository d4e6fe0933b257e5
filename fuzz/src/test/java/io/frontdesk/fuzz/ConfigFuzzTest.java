package io.frontdesk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.frontdesk.config.ConfigReader;
import io.frontdesk.config.ConfigText;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any text as a configuration: a tree or a problem with a place, and every word knows where it stands. */
class ConfigFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void readsAnyText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains("include")) {
            return; // would read files of this machine
        }
        ConfigText read = new ConfigReader().readText("/fuzz/nginx.conf", text);
        int lines = 1 + (int) text.chars().filter(c -> c == '\n').count();
        check(read.statements(), lines);
    }

    private static void check(List<Statement> statements, int lines) {
        for (Statement statement : statements) {
            assertThat(statement.name().at().line()).isBetween(1, lines);
            for (Word word : statement.args()) {
                assertThat(word.at().line()).isBetween(1, lines);
                assertThat(word.at().column()).isPositive();
            }
            List<Statement> children = statement.children();
            if (children != null) {
                check(children, lines);
            }
        }
    }
}
