package io.frontdesk.e2e.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The keys of the JSON forms are promised: those that golden files show are those that the reference lists. */
@ControlPlane("the thread of a test; reads files")
final class KeysTest {
    private static final Path GOLDEN = Path.of("src/test/resources/explain");
    private static final Path REFERENCE = Path.of("../docs/reference/explain.md");
    private static final Pattern CODE = Pattern.compile("`([a-z.\\[\\]]+)`");

    @Test
    void theReferenceListsAllKeysThatAreShown() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Path file : golden()) {
            String text = Files.readString(file);
            collect(JsonValue.parse(text.substring(text.indexOf('\n'))), shown);
        }
        Set<String> listed = new TreeSet<>();
        Files.readString(REFERENCE).lines().filter(line -> line.startsWith("|")).forEach(line -> {
            Matcher code = CODE.matcher(line.split("\\|")[1]);
            while (code.find()) {
                listed.addAll(List.of(code.group(1).replace("[]", "").split("\\.")));
            }
        });
        listed.remove("");

        assertThat(shown).isEqualTo(listed);
    }

    private static List<Path> golden() throws IOException {
        try (Stream<Path> all = Files.list(GOLDEN)) {
            return all.filter(file -> file.toString().endsWith("json.golden")).toList();
        }
    }

    private static void collect(JsonValue value, Set<String> into) {
        if (value.isObject()) {
            value.members().forEach((key, member) -> {
                into.add(key);
                collect(member, into);
            });
        } else if (value.isArray()) {
            value.elements().forEach(element -> collect(element, into));
        }
    }
}
