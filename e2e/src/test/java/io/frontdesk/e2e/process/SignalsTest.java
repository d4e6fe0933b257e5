package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.FrontdeskProcess.Run;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The process and what it is told by signals. */
class SignalsTest {
    private static final String CONFIG = """
            worker_processes 2;
            error_log logs/error.log notice;
            http {
                access_log off;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { return 200 "old"; }
                }
            }
            """;

    @Test
    void writesItsNumberOnceItListens() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG); RawClient client = server.connect()) {
            assertThat(server.read("logs/nginx.pid")).isEqualTo(server.process().pid() + "\n");
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("old");
        }
    }

    @Test
    void finishesTheRunningRequestOnQuit() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG);
                RawClient idle = server.connect();
                RawClient running = server.connect()) {
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            idle.readAnswer();
            // What stands behind the first request is read with it, so that its answer shows that the next head has begun.
            running.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n");
            running.readAnswer();

            server.signal("QUIT");

            assertThat(idle.awaitEnd()).isEmpty();
            running.send("\r\n");
            Answer answer = running.readAnswer();
            assertThat(answer.body()).isEqualTo("old");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(server.awaitExit()).isZero();
            assertThat(server.read("logs/nginx.pid")).isEmpty();
            assertThat(server.errorLog()).contains("signal 3 (SIGQUIT) received from").contains("exit")
                    .doesNotContain("[alert]");
        }
    }

    @Test
    void answersWhoWasAcceptedAndHasNotAskedYetOnQuit() {
        try (FrontdeskProcess server = FrontdeskProcess
                .start(CONFIG.replace("worker_processes 2", "worker_processes 1"));
                RawClient fresh = server.connect();
                RawClient idle = server.connect()) {
            // It was accepted after the other.
            idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            idle.readAnswer();

            server.signal("QUIT");

            assertThat(idle.awaitEnd()).isEmpty();
            fresh.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Answer answer = fresh.readAnswer();
            assertThat(answer.body()).isEqualTo("old");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(fresh.awaitEnd()).isEmpty();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void endsAtOnceOnTerm() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG); RawClient running = server.connect()) {
            running.send("GET / HTTP/1.1\r\nHost: a\r\n");

            server.signal("TERM");

            assertThat(running.awaitEnd()).isEmpty();
            assertThat(server.awaitExit()).isZero();
            assertThat(server.read("logs/nginx.pid")).isEmpty();
        }
    }

    @Test
    void reloadsOnHup() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG)) {
            server.writeConfig(CONFIG.replace("old", "new"));

            server.signal("HUP");

            server.await(() -> server.errorLog().contains("exited with code 0"));
            try (RawClient client = server.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().body()).isEqualTo("new");
            }
        }
    }

    @Test
    void goesOnWithTheOldConfigurationWhenTheNewOneIsBroken() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG)) {
            server.writeConfig(CONFIG.replace("return", "retrun"));

            server.signal("HUP");

            server.await(() -> server.errorLog().contains("[emerg]"));
            assertThat(server.errorLog())
                    .contains("unknown directive \"retrun\" in " + server.prefix() + "/nginx.conf:7");
            try (RawClient client = server.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().body()).isEqualTo("old");
            }
        }
    }

    @Test
    void opensItsLogsAnewOnUsr1() throws IOException {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG)) {
            Files.move(server.prefix().resolve("logs/error.log"), server.prefix().resolve("logs/error.log.1"));

            server.signal("USR1");
            server.await(() -> Files.exists(server.prefix().resolve("logs/error.log")));
            server.signal("HUP");

            server.await(() -> server.errorLog().contains("reconfiguring"));
            assertThat(server.read("logs/error.log.1")).contains("reopening logs");
        }
    }

    @Test
    void isToldByTheCommandLineOfAnotherProcess() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG)) {
            Run reload = server.run("-s", "reload");
            assertThat(reload).isEqualTo(new Run(0, "", ""));
            server.await(() -> server.errorLog().contains("reconfiguring"));

            assertThat(server.run("-s", "quit").status()).isZero();
            assertThat(server.awaitExit()).isZero();
        }
    }

    @Test
    void goesIntoTheBackground() {
        try (FrontdeskProcess server = FrontdeskProcess.prepare(CONFIG)) {
            Run run = server.run("-g", "daemon on;");

            assertThat(run).isEqualTo(new Run(0, "", ""));
            long pid = Long.parseLong(server.read("logs/nginx.pid").strip());
            assertThat(pid).isNotEqualTo(server.process().pid());
            try (RawClient client = server.connect()) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().body()).isEqualTo("old");
            }
            server.signal("QUIT");
            server.await(() -> ProcessHandle.of(pid).isEmpty());
        }
    }

    @Test
    void saysAtTheTerminalWhyTheBackgroundDidNotStart() {
        try (FrontdeskProcess server = FrontdeskProcess
                .prepare(CONFIG.replace("127.0.0.1:{{port}};", "192.0.2.1:{{port}};"))) {
            Run run = server.run("-g", "daemon on;");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).matches(
                    "nginx: \\[emerg] bind\\(\\) to 192\\.0\\.2\\.1:\\d+ failed \\(99: Cannot assign requested address\\)\n");
        }
    }
}
