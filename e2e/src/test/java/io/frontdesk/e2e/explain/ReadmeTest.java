package io.frontdesk.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.app.command.Command;
import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.effective.EffectiveCommand;
import io.frontdesk.app.explain.ExplainCommand;
import io.frontdesk.app.lint.LintCommand;
import io.frontdesk.net.ControlPlane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says that explain, effective and lint print is what they print. */
@ControlPlane("the thread of a test; reads files")
final class ReadmeTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile(
            "```\n\\$ \\./frontdesk (explain|effective|lint) ([^\n]*)\n(.*?)```",
            Pattern.DOTALL);
    private static final Pattern SOURCE = Pattern.compile("site\\.conf:\\d+:.*\n +(\\d+) \\| (.*)\n");

    @TempDir
    private Path folder;

    @Test
    void showsWhatIsPrinted() throws IOException, UsageException {
        Matcher block = BLOCK.matcher(Files.readString(ROOT.resolve("README.md")));
        List<String> commands = new ArrayList<>();
        while (block.find()) {
            Path base = ROOT;
            if (block.group(2).contains("site.conf")) {
                writeSite(block.group(3));
                base = folder;
            }
            commands.add(block.group(1));
            assertThat(run(block.group(1), block.group(2), base)).isEqualTo(block.group(3));
        }
        assertThat(commands).contains("explain", "effective", "lint");
    }

    /** The lines that are shown, and those around them that nothing is said of. */
    private void writeSite(String printed) throws IOException {
        List<String> lines = new ArrayList<>(
                List.of("events {}", "http {", "    server {", "        listen 127.0.0.1:8080;",
                        "        root /var/www;", "        proxy_set_header Host $host;",
                        "        proxy_connect_timeout 2s; proxy_read_timeout 30s;"));
        Matcher source = SOURCE.matcher(printed);
        while (source.find()) {
            assertThat(Integer.parseInt(source.group(1))).isEqualTo(lines.size() + 1);
            lines.add(source.group(2));
        }
        lines.add("    }");
        lines.add("}");
        Files.write(folder.resolve("site.conf"), lines);
    }

    private static String run(String name, String line, Path base) throws UsageException {
        Command command = switch (name) {
            case "explain" -> new ExplainCommand();
            case "effective" -> new EffectiveCommand();
            default -> new LintCommand();
        };
        List<String> words = new ArrayList<>(List.of("-p", base.toString()));
        for (String word : line.split(" ")) {
            words.add(word.replace("'", ""));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        command.run(words, new Console(new PrintStream(out), new PrintStream(out), false));
        return out.toString(StandardCharsets.UTF_8).replace(base + "/", "");
    }
}
