package io.frontdesk.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.effective.EffectiveCommand;
import io.frontdesk.net.ControlPlane;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What golden files can't hold for long: the defaults, which become more with each feature. */
@ControlPlane("the thread of a test; reads files")
final class EffectiveTest {
    private static final Path FOLDER = Path.of("src/test/resources/explain").toAbsolutePath();

    private static String run(String... words) throws UsageException {
        List<String> all = new ArrayList<>(List.of("-p", FOLDER.toString(), "-c", "site.conf"));
        all.addAll(List.of(words));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(new EffectiveCommand().run(all, new Console(new PrintStream(out), System.err, false))).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void defaultsComeLastAndWithoutAPlace() throws UsageException {
        String text = run("app.test", "/api/x");

        assertThat(text.substring(text.indexOf("\nDefaults\n"))).contains("\n  proxy_read_timeout 60s;\n",
                "\n  client_max_body_size 1m;\n").doesNotContain("server_tokens", "limit_req_status");
    }

    @Test
    void aDefaultComesFromNoBlock() throws UsageException {
        List<JsonValue> directives = JsonValue.parse(run("--json", "app.test", "/api/x")).get("blocks").elements()
                .getFirst()
                .get("directives").elements();

        assertThat(directives).extracting(directive -> directive.get("origin").text()).contains("here", "inherited",
                "default");
        assertThat(directives).filteredOn(directive -> directive.get("name").text().equals("proxy_read_timeout"))
                .singleElement().satisfies(directive -> {
                    assertThat(directive.get("value").text()).isEqualTo("60s");
                    assertThat(directive.get("origin").text()).isEqualTo("default");
                    assertThat(directive.get("at").isNull()).isTrue();
                    assertThat(directive.get("from").isNull()).isTrue();
                });
    }

    @Test
    void withoutANameAllServersAreShown() throws UsageException {
        assertThat(JsonValue.parse(run("--json", "--no-defaults")).get("blocks").elements())
                .extracting(block -> block.get("server").get("name").text())
                .containsExactly("app.test", "~^(?<user>[a-z]+)\\.home\\.test$", "secure.test");
    }
}
