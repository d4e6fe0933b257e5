package io.frontdesk.e2e.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code open_log_file_cache}: log files with variables in their paths, kept open. */
class LogFileCacheTest {
    private static final String CONFIG = """
            http {
                log_format short $arg_n;
                server {
                    listen 127.0.0.1:{{port}};
                    access_log logs/by-$arg_log.log short;
                    open_log_file_cache %s;
                    location / { return 204; }
                }
            }
            """;

    private static void awaitLine(Frontdesk server, String file, String line) {
        await().atMost(Duration.ofSeconds(20)).until(() -> server.read(file).endsWith(line + "\n"));
    }

    @Test
    void keepsAFileOpenUntilLogsAreOpenedAnew() throws IOException {
        try (Frontdesk server = Frontdesk.start(CONFIG.formatted("max=10"))) {
            server.get("/?log=a&n=1");
            awaitLine(server, "logs/by-a.log", "1");
            Files.move(server.prefix().resolve("logs/by-a.log"), server.prefix().resolve("logs/moved.log"));

            server.get("/?log=a&n=2");
            awaitLine(server, "logs/moved.log", "2");

            server.server().reopen();
            server.get("/?log=a&n=3");
            awaitLine(server, "logs/by-a.log", "3");
        }
    }

    @Test
    void opensAFileForEachLineWhereItIsOff() throws IOException {
        try (Frontdesk server = Frontdesk.start(CONFIG.formatted("off"))) {
            server.get("/?log=a&n=1");
            awaitLine(server, "logs/by-a.log", "1");
            Files.delete(server.prefix().resolve("logs/by-a.log"));

            server.get("/?log=a&n=2");
            awaitLine(server, "logs/by-a.log", "2");
        }
    }

    @Test
    void keepsNoMoreFilesThanItsLimit() throws IOException {
        try (Frontdesk server = Frontdesk.start(CONFIG.formatted("max=2"))) {
            for (int i = 0; i < 6; i++) {
                server.get("/?log=" + i + "&n=1");
                awaitLine(server, "logs/by-" + i + ".log", "1");
            }

            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                assertThat(open.filter(fd -> target(fd).startsWith(server.prefix() + "/logs/by-"))).hasSizeBetween(1,
                        3);
            }
        }
    }

    private static String target(Path fd) {
        try {
            return Files.readSymbolicLink(fd).toString();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void refusesWhatNginxRefuses() {
        assertThat(Frontdesk.refusal(CONFIG.formatted("inactive=10s")))
                .contains("\"open_log_file_cache\" must have \"max\" parameter");
        assertThat(Frontdesk.refusal(CONFIG.formatted("max=10 valid=x")))
                .contains("invalid \"open_log_file_cache\" parameter \"valid=x\"");
    }
}
