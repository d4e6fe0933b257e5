package io.frontdesk.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that a command looks into. */
class CheckedConfigurationTest {
    @TempDir
    private Path folder;

    @Test
    void aRelativePrefixIsRelativeToTheCurrentFolderOnce() throws Exception {
        Files.writeString(folder.resolve("nginx.conf"), "events {}\nhttp { include part.conf; }\n");
        Files.writeString(folder.resolve("part.conf"), "server { listen 127.0.0.1:1; }\n");
        String prefix = Path.of("").toAbsolutePath().relativize(folder.toRealPath()).toString();

        CheckedConfiguration read = CheckedConfiguration.load(StartPaths.of(prefix, "nginx.conf", null));

        assertThat(read.text().sources()).extracting(source -> source.file())
                .containsExactly(prefix + "/nginx.conf", prefix + "/part.conf");
    }
}
