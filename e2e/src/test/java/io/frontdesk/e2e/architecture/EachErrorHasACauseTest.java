package io.frontdesk.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No line about a request that is a warning or worse is logged without a cause from the table: read from the sources. */
@ControlPlane("the thread of a test; reads files")
class EachErrorHasACauseTest {
    /** A call whose first argument is such a severity, or chooses between some, or is one that came from elsewhere. */
    private static final Pattern WITHOUT_CAUSE = Pattern
            .compile(
                    "\\.log\\(\\s*(?:(?:[^,;\"]*\\? ?)?Severity\\.(?:WARN|ERROR|CRIT|ALERT|EMERG)|level|severity)\\b[^;]*;");
    /** What is about sockets, loops and memory as a whole; and the place that all lines pass through. */
    private static final List<String> ABOUT_NO_REQUEST = List.of("engine/server/", "request/ExchangeLog");

    @Test
    void noWarningAboutARequestIsLoggedWithoutACause() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("engine", "modules")) {
            try (Stream<Path> files = Files.walk(Path.of("../" + module + "/src/main/java"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                    if (ABOUT_NO_REQUEST.stream().noneMatch(file.toString()::contains)) {
                        look(file, found);
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static void look(Path file, List<String> found) throws IOException {
        String text = Files.readString(file);
        Matcher call = WITHOUT_CAUSE.matcher(text);
        while (call.find()) {
            if (call.group().contains("LogContext") || call.group().contains("FaultKind")) {
                // a cause that was given already
                continue;
            }
            found.add(file + ":" + (text.substring(0, call.start()).lines().count()) + ": " + call.group().strip());
        }
    }

    @Test
    void seesACallThatHasNone() {
        assertThat(WITHOUT_CAUSE.matcher("ex.log(Severity.ERROR, \"x\");").find()).isTrue();
        assertThat(WITHOUT_CAUSE.matcher("ex.log(bad ? Severity.CRIT : Severity.INFO, \"x\");").find()).isTrue();
        assertThat(WITHOUT_CAUSE.matcher("log.log(\n   Severity.WARN, 0, line);").find()).isTrue();
        assertThat(WITHOUT_CAUSE.matcher("ex.log(level, line);").find()).isTrue();
        assertThat(WITHOUT_CAUSE.matcher("ex.log(Severity.INFO, \"x\");").find()).isFalse();
        assertThat(WITHOUT_CAUSE.matcher("ex.log(FaultKind.BUG, Severity.ERROR, \"x\");").find()).isFalse();
    }
}
