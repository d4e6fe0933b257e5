package io.frontdesk.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file in errors/ is a configuration, a line of four dashes, and all that is reported about it. */
class GoldenErrorsTest {

    private static final String LINE = "----\n";

    @TempDir
    private Path folder;

    static Stream<Path> goldenFiles() throws IOException, URISyntaxException {
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(goldenFolder(), "*.txt")) {
            entries.forEach(files::add);
        }
        return files.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("goldenFiles")
    void reportsWhatTheGoldenFileSays(Path golden) throws Exception {
        String text = Files.readString(golden, ISO_8859_1);
        int line = text.indexOf(LINE);
        copyParts();
        Files.writeString(folder.resolve("nginx.conf"), text.substring(0, line), ISO_8859_1);

        assertThat(report().replace(folder + "/", "")).isEqualTo(text.substring(line + LINE.length()));
    }

    private String report() {
        var checker = new ConfigChecker(List.of(new SampleModule()));
        var reported = new ArrayList<Diagnostic>();
        try {
            checker.check(new ConfigReader().read(Path.of("nginx.conf"), folder, List.of()));
        } catch (ConfigException e) {
            reported.add(e.diagnostic());
        }
        reported.addAll(0, checker.warnings());
        var lines = new StringBuilder();
        reported.forEach(diagnostic -> lines.append('[').append(diagnostic.severity().label()).append("] ")
                .append(diagnostic).append('\n'));
        return lines.toString();
    }

    private void copyParts() throws IOException, URISyntaxException {
        Path from = goldenFolder();
        try (var parts = Files.walk(from.resolve("parts"))) {
            parts.forEach(part -> {
                try {
                    Files.copy(part, folder.resolve(from.relativize(part).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static Path goldenFolder() throws URISyntaxException {
        return Path.of(GoldenErrorsTest.class.getResource("/errors").toURI());
    }
}
