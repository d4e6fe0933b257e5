package io.frontdesk.app.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of a report, and the exit status. */
class ReportTest {
    private static final String ERROR = """
            events {}
            http {
                server {
                    listen 127.0.0.1:9001;
                    location /img { alias /data/img/; }
                }
            }
            """;
    private static final String WARNING = "events {}\nhttp { server { listen 127.0.0.1:9001; server_tokens on; } }\n";
    private static final String IGNORED = "events {}\nhttp {\n# lint:ignore server-tokens-shown \"so\" it is\n"
            + "\tserver_tokens on;\n}\n";

    @TempDir
    private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String config, String... options) throws UsageException, IOException {
        Files.writeString(folder.resolve("nginx.conf"), config, StandardCharsets.ISO_8859_1);
        List<String> words = new ArrayList<>(List.of("-p", folder.toString(), "-c", "nginx.conf"));
        words.addAll(List.of(options));
        return new LintCommand().run(words, new Console(new PrintStream(out), new PrintStream(err), false));
    }

    @Test
    void exitsWithOneWhenThereIsAnError() throws Exception {
        assertThat(run(ERROR)).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nginx.conf:5:31: error: ").endsWith("1 error\n");
    }

    @Test
    void exitsWithZeroWhenThereAreWarningsOnly() throws Exception {
        assertThat(run(WARNING)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("1 warning\n");
    }

    @Test
    void exitsWithZeroWhenAllIsIgnored() throws Exception {
        assertThat(run(IGNORED)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("no findings (1 ignored)\n");
    }

    @Test
    void exitsWithTwoWhenTheConfigurationDoesNotParse() throws Exception {
        assertThat(run("events {}\nhttp { server { lisen 80; } }\n")).isEqualTo(2);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown directive \"lisen\"");
    }

    @Test
    void keepsTabsSoThatTheCaretStandsUnderItsWord() {
        assertThat(Linted.text(folder, "events {}\nhttp {\n\tserver_tokens\ton;\n}\n").shown())
                .contains("    3 | \tserver_tokens\ton;\n      | \t^~~~~~~~~~~~~\n");
    }

    @Test
    void findsAWordInAnIncludedFileOnce() throws IOException {
        Files.writeString(folder.resolve("part.conf"), "server_tokens on;\n");
        Linted linted = Linted.text(folder, "events {}\nhttp {\n"
                + "server { listen 127.0.0.1:1; include part.conf; }\nserver { listen 127.0.0.1:2; include part.conf; } }\n");

        assertThat(linted.findings()).singleElement().satisfies(
                finding -> assertThat(finding.at().file()).endsWith("/part.conf"));
    }

    @Test
    void showsTextAsUnicodeInJsonAndCountsCharacters() {
        Linted linted = Linted.text(folder, new String(
                "events {}\nhttp { add_header X \"\u00fc\"; add_header X-Frame-Options DENY; }\n"
                        .getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1));

        assertThat(linted.json()).contains("\"rule\": \"security-header-not-always\"", "\"column\": 26",
                "\"endColumn\": 36", "\"source\": \"http { add_header X \\\"\u00fc\\\"; ");
    }

    @Test
    void writesIgnoredFindingsAsSuppressedResults() throws Exception {
        String sarif = Linted.text(folder, IGNORED).sarif();

        assertThat(sarif).contains("\"version\": \"2.1.0\"", "\"kind\": \"inSource\"",
                "\"justification\": \"\\\"so\\\" it is\"", "\"startLine\": 4", "\"startColumn\": 2",
                "\"uri\": \"file://");
    }
}
