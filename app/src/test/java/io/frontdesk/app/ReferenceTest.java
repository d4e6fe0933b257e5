package io.frontdesk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generated pages of the manual are those of the declarations. */
class ReferenceTest {
    private static final Path PAGES = Path.of("../docs/reference");
    private static final String COMMAND = "mvn -q -Pquick -pl app -am test -Dsurefire.failIfNoSpecifiedTests=false "
            + "-Dtest=ReferenceTest -Dfrontdesk.regenerate=true";

    @Test
    void directivesPageIsUpToDate() throws IOException {
        compare("directives.md", new Reference().directives());
    }

    @Test
    void variablesPageIsUpToDate() throws IOException {
        compare("variables.md", new Reference().variables());
    }

    @Test
    void lintPageIsUpToDate() throws IOException {
        compare("lint.md", new Reference().lint());
    }

    @Test
    void errorsPageIsUpToDate() throws IOException {
        compare("errors.md", new Reference().errors());
    }

    private static void compare(String name, String page) throws IOException {
        Path file = PAGES.resolve(name);
        if (Boolean.getBoolean("frontdesk.regenerate")) {
            Files.writeString(file, page);
        }
        assertThat(file).as("docs/reference/%s is stale, make it anew by: %s", name, COMMAND).content().isEqualTo(page);
    }
}
