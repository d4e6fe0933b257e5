package io.frontdesk.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.lint.LintCommand;
import io.frontdesk.net.ControlPlane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint --sarif} has what the schema of SARIF 2.1.0 demands, and what code hosts make annotations of. */
@ControlPlane("the thread of a test; reads files")
final class SarifTest {
    private static final String CONFIG = """
            events {}
            http {
                server {
                    listen 127.0.0.1:9001;
                    server_tokens on; # lint:ignore server-tokens-shown nobody can see it
                    root /data;
                    location /img { alias /data/img/; }
                    location /api { proxy_pass http://127.0.0.1:3000/; }
                }
            }
            """;

    @TempDir
    private Path folder;

    private JsonValue run(String config) throws IOException, UsageException {
        // a name that a URI has to encode
        Files.writeString(folder.resolve("the site.conf"), config);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LintCommand().run(List.of("-p", folder.toString(), "-c", "the site.conf", "--sarif"),
                new Console(new PrintStream(out), System.err, false));
        return JsonValue.parse(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void hasWhatTheSchemaDemands() throws Exception {
        JsonValue log = run(CONFIG);

        // sarifLog: version, runs
        assertThat(log.get("version").text()).isEqualTo("2.1.0");
        assertThat(log.get("runs").elements()).hasSize(1);
        JsonValue run = log.get("runs").elements().getFirst();
        // run: tool; tool: driver; toolComponent: name
        JsonValue driver = run.get("tool").get("driver");
        assertThat(driver.get("name").text()).isNotEmpty();
        assertThat(run.get("columnKind").text()).isIn("utf16CodeUnits", "unicodeCodePoints");
        List<JsonValue> rules = driver.get("rules").elements();
        // reportingDescriptor: id, each once
        assertThat(rules).extracting(rule -> rule.get("id").text()).isNotEmpty().doesNotHaveDuplicates();
        for (JsonValue rule : rules) {
            assertThat(rule.get("fullDescription").get("text").text()).isNotEmpty();
            assertThat(rule.get("help").get("text").text()).isNotEmpty();
            assertThat(rule.get("defaultConfiguration").get("level").text()).isIn("none", "note", "warning", "error");
        }
        List<JsonValue> results = run.get("results").elements();
        assertThat(results).extracting(result -> result.get("ruleId").text()).contains("alias-traversal",
                "proxy-uri-slash", "server-tokens-shown");
        for (JsonValue result : results) {
            isResult(result, rules);
        }
    }

    private static void isResult(JsonValue result, List<JsonValue> rules) {
        // result: message, which has a text
        assertThat(result.get("message").get("text").text()).isNotEmpty();
        assertThat(result.get("level").text()).isIn("none", "note", "warning", "error");
        assertThat(rules.get(Integer.parseInt(result.get("ruleIndex").text())).get("id").text())
                .isEqualTo(result.get("ruleId").text());
        assertThat(result.get("locations").elements()).hasSize(1);
        JsonValue place = result.get("locations").elements().getFirst().get("physicalLocation");
        URI uri = URI.create(place.get("artifactLocation").get("uri").text());
        assertThat(uri.getPath()).endsWith("/the site.conf");
        JsonValue region = place.get("region");
        assertThat(Integer.parseInt(region.get("startLine").text())).isPositive();
        int start = Integer.parseInt(region.get("startColumn").text());
        assertThat(start).isPositive();
        assertThat(Integer.parseInt(region.get("endColumn").text())).isGreaterThan(start);
        assertThat(region.get("snippet").get("text").text()).isNotEmpty();
        boolean ignored = result.get("ruleId").text().equals("server-tokens-shown");
        // suppression: kind
        assertThat(result.get("suppressions").elements()).hasSize(ignored ? 1 : 0)
                .allSatisfy(one -> assertThat(one.get("kind").text()).isEqualTo("inSource"))
                .allSatisfy(one -> assertThat(one.get("justification").text()).isEqualTo("nobody can see it"));
    }

    @Test
    void aRunThatFindsNothingHasAnEmptyList() throws Exception {
        JsonValue run = run("events {}\nhttp { server { listen 127.0.0.1:9001; } }\n").get("runs").elements()
                .getFirst();

        assertThat(run.members()).containsKey("results");
        assertThat(run.get("results").elements()).isEmpty();
    }
}
