package io.frontdesk.app.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.app.Modules;
import io.frontdesk.config.Finding;
import io.frontdesk.config.LintRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule has a golden file of its name: a configuration in parts (what must be found, what must not, what is ignored), and the report on
 * that rule. With {@code -Dfrontdesk.regenerate=true} the reports are written anew, to be read before they are committed.
 */
class RulesTest {
    private static final Path GOLDEN = Path.of("../app/src/test/resources/lint");
    private static final String EXPECTED = "expected";

    @TempDir
    private Path folder;

    static List<String> rules() {
        return Linter.rules(new Modules()).stream().map(LintRule::name).sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void findsWhatTheGoldenFileSays(String rule) throws IOException {
        Path golden = GOLDEN.resolve(rule + ".txt");
        Map<String, String> parts = parts(Files.readString(golden, StandardCharsets.ISO_8859_1));
        StringBuilder main = new StringBuilder("events {}\nhttp {\n");
        for (Map.Entry<String, String> part : parts.entrySet()) {
            if (!part.getKey().equals(EXPECTED)) {
                Files.writeString(folder.resolve(part.getKey()), part.getValue(), StandardCharsets.ISO_8859_1);
            }
        }
        List.of("found.conf", "good.conf", "ignored.conf").forEach(part -> main.append("include ").append(part)
                .append(";\n"));
        Linted linted = Linted.text(folder, main.append("}\n").toString());
        String shown = linted.shown(linted.only(rule)).replace(folder + "/", "");
        if (Boolean.getBoolean("frontdesk.regenerate")) {
            parts.put(EXPECTED, shown);
            StringBuilder text = new StringBuilder();
            parts.forEach((name, content) -> text.append("--- ").append(name).append('\n').append(content));
            Files.writeString(golden, text.toString(), StandardCharsets.ISO_8859_1);
        }

        assertThat(shown).isEqualTo(parts.get(EXPECTED));
        assertThat(linted.only(rule).findings()).isNotEmpty().extracting(RulesTest::file).containsOnly("found.conf");
        if (!rule.startsWith("ignore-")) {
            assertThat(linted.only(rule).ignored()).isNotEmpty()
                    .extracting(ignored -> file(ignored.finding())).containsOnly("ignored.conf");
        }
    }

    private static String file(Finding finding) {
        return finding.at().file().substring(finding.at().file().lastIndexOf('/') + 1);
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : text.split("(?m)^--- ")) {
            int line = part.indexOf('\n');
            if (line > 0) {
                parts.put(part.substring(0, line), part.substring(line + 1));
            }
        }
        return parts;
    }
}
