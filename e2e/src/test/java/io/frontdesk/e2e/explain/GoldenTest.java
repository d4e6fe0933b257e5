package io.frontdesk.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.app.command.Command;
import io.frontdesk.app.command.Console;
import io.frontdesk.app.command.Exit;
import io.frontdesk.app.command.UsageException;
import io.frontdesk.app.effective.EffectiveCommand;
import io.frontdesk.app.explain.ExplainCommand;
import io.frontdesk.net.ControlPlane;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each golden file is a command line, its exit status where that is not 0, and what is printed; {@code -Dfrontdesk.regenerate=true} writes
 * them anew.
 */
@ControlPlane("the thread of a test; reads files")
final class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/explain").toAbsolutePath();
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".golden")).sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void printsWhatTheFileSays(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        String expected = Files.readString(file);
        String line = expected.lines().findFirst().orElseThrow();
        String printed = line + "\n" + run(line.substring(2));
        if (Boolean.getBoolean("frontdesk.regenerate")) {
            Files.writeString(file, printed);
        }
        assertThat(printed).isEqualTo(expected);
    }

    /** A checkout makes files of now: what is told of a page depends on its age. */
    @BeforeAll
    static void pagesAreOfOneAge() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER.resolve("pages"))) {
            for (Path file : all.toList()) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
            }
        }
    }

    @Test
    void placesInsideATextAreRelativeToo() {
        String printed = printed("explain -c site.conf GET http://app.test:8080/api/v1/x", new StringBuilder());

        assertThat(printed).contains("is shadowed by the add_header lines at conf.d/app.conf:21  [site.conf:5]")
                .doesNotContain(FOLDER.toString());
    }

    private static String run(String line) {
        StringBuilder status = new StringBuilder();
        String text = printed(line, status).replace(FOLDER + "/", "");
        return status + text;
    }

    private static String printed(String line, StringBuilder exit) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        Command command = words.getFirst().equals("explain") ? new ExplainCommand() : new EffectiveCommand();
        words.set(0, FOLDER + "/");
        words.add(0, "-p");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out), new PrintStream(out), false);
        int status;
        try {
            status = command.run(words, console);
        } catch (UsageException e) {
            status = Exit.USAGE;
            console.complain(e.reason());
        }
        exit.append(status == 0 ? "" : "[exit " + status + "]\n");
        return out.toString(StandardCharsets.UTF_8);
    }
}
