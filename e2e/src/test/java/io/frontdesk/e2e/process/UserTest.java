package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.frontdesk.net.process.NativeProcess;
import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code user}: the loops have no more rights than that user. */
class UserTest {
    private static final String CONFIG = """
            user daemon;
            worker_processes 2;
            error_log logs/error.log notice;
            http {
                access_log off;
                client_body_buffer_size 1k;
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/files;
                    location /upload { proxy_pass http://127.0.0.1:%d; }
                }
            }
            """;

    /** An address of this process, so that another run of this test does not have the port. */
    private static final String OWN = "127.113." + (ProcessHandle.current().pid() >> 8 & 255) + "."
            + (ProcessHandle.current().pid() & 255 | 1);

    @BeforeEach
    void onlyRootCanBecomeSomebodyElse() {
        assumeThat(NativeProcess.userId()).isZero();
    }

    private static Answer ask(FrontdeskProcess server, String request) {
        try (RawClient client = server.connect()) {
            client.send(request);
            return client.readAnswer();
        }
    }

    private static FrontdeskProcess start(String config) throws IOException {
        FrontdeskProcess server = FrontdeskProcess.start(config);
        server.write("files/open.txt", "for all");
        server.write("files/secret.txt", "for root");
        permit(server.prefix(), "rwxr-xr-x");
        permit(server.prefix().resolve("files"), "rwxr-xr-x");
        permit(server.prefix().resolve("files/open.txt"), "rw-r--r--");
        permit(server.prefix().resolve("files/secret.txt"), "rw-------");
        return server;
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void readsWhatThatUserMayReadAndReloadsAsRoot() throws IOException {
        try (Origin origin = Origin.telling(request -> "got " + request.body().length());
                FrontdeskProcess server = start(CONFIG.formatted(origin.port()))) {
            assertThat(ask(server, "GET /open.txt HTTP/1.1\r\nHost: a\r\n\r\n").body()).isEqualTo("for all");
            assertThat(ask(server, "GET /secret.txt HTTP/1.1\r\nHost: a\r\n\r\n").status()).isEqualTo(403);
            assertThat(server.errorLog()).contains("failed (13: Permission denied)");
            assertThat(ask(server,
                    "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(50_000))
                    .body()).isEqualTo("got 50000");

            server.writeConfig(CONFIG.formatted(origin.port()).replace("user daemon;", ""));
            server.signal("HUP");

            server.await(() -> server.errorLog().contains("exited with code 0"));
            assertThat(ask(server, "GET /secret.txt HTTP/1.1\r\nHost: a\r\n\r\n").body()).isEqualTo("for root");
            assertThat(server.errorLog()).doesNotContain("[emerg]").doesNotContain("[alert]");
        }
    }

    @Test
    void opensAnotherPrivilegedPortAtAReload() throws IOException {
        try (FrontdeskProcess server = start(CONFIG.formatted(9))) {
            long pid = server.process().pid();
            assertThat(loopUsers(pid)).hasSize(2).allMatch(line -> !line.matches("Uid:\\s+0\\s+0\\s.*"));

            server.writeConfig(CONFIG.formatted(9).replace("{{port}};", "{{port}}; listen " + OWN + ":81;"));
            server.signal("HUP");

            server.await(() -> server.errorLog().contains("exited with code 0"));
            assertThat(server.errorLog()).doesNotContain("[emerg]");
            assertThat(loopUsers(pid)).allMatch(line -> !line.matches("Uid:\\s+0\\s+0\\s.*"));
        }
    }

    /** What the kernel says of the threads of the loops. */
    private static List<String> loopUsers(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.map(UserTest::status).filter(status -> status.startsWith("Name:\tfrontdesk-loop-"))
                    .map(status -> status.lines().filter(line -> line.startsWith("Uid:")).findFirst().orElseThrow())
                    .toList();
        }
    }

    private static String status(Path thread) {
        try {
            return Files.readString(thread.resolve("status"));
        } catch (IOException e) {
            return "";
        }
    }
}
