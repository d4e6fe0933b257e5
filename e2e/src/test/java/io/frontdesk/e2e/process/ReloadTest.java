package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** Going over to another configuration. */
class ReloadTest {
    private static final String CONFIG = """
            http {
                server { listen 127.0.0.1:{{port}}; return 200 "old"; }
            }
            """;

    @Test
    void answersByTheNewConfiguration() {
        try (Frontdesk server = Frontdesk.start(CONFIG)) {
            assertThat(server.get("/").body()).isEqualTo("old");

            assertThat(server.reload(CONFIG.replace("old", "new"))).isTrue();

            assertThat(server.get("/").body()).isEqualTo("new");
        }
    }

    @Test
    void keepsAnIdleConnectionAndAnswersItByTheNewConfiguration() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("old");

            server.reload(CONFIG.replace("old", "new"));

            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("new");
        }
    }

    @Test
    void closesIdleConnectionsOfASocketThatIsGone() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            client.readAnswer();

            server.reload(CONFIG.replace("{{port}}", "{{port.other}}"));

            assertThat(client.awaitEnd()).isEmpty();
        }
    }

    @Test
    void answersOnceWhoWasAcceptedByASocketThatIsGone() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            server.get("/");

            server.reload(CONFIG.replace("{{port}}", "{{port.other}}").replace("old", "new"));

            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Answer answer = client.readAnswer();
            assertThat(answer.body()).isEqualTo("old");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(client.awaitEnd()).isEmpty();
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("exited with code 0"));
        }
    }

    @Test
    void answersAHeadThatHasBegunOnASocketThatIsGone() {
        String reading = CONFIG.replace("\"old\"", "\"old $connections_reading\"");
        try (Frontdesk server = Frontdesk.start(reading); RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
            client.send("GET /");
            await().untilAsserted(() -> assertThat(server.get("/").body()).isEqualTo("old 1"));

            server.reload(CONFIG.replace("{{port}}", "{{port.other}}"));

            Answer answer = client.send(" HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
            assertThat(answer.body()).isEqualTo("old 0");
            assertThat(answer.field("Connection")).isEqualTo("close");
            assertThat(client.awaitEnd()).isEmpty();
        }
    }

    @Test
    void servesByTheNewestWhoWaitedWhileTheSocketWasGone() {
        try (Frontdesk server = Frontdesk.start(CONFIG); RawClient client = server.connect()) {
            server.get("/");
            server.reload(CONFIG.replace("{{port}}", "{{port.other}}"));

            server.reload(CONFIG.replace("old", "newest"));

            Answer answer = client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
            assertThat(answer.body()).isEqualTo("newest");
            assertThat(answer.field("Connection")).isEqualTo("keep-alive");
            await().untilAsserted(() -> assertThat(server.errorLog().split("exited with code 0", -1)).hasSize(3));
        }
    }

    @Test
    void changesNothingWhenTheNewConfigurationIsBroken() {
        try (Frontdesk server = Frontdesk.start(CONFIG)) {
            server.expects("unknown directive \"retrun\"");

            assertThat(server.reload(CONFIG.replace("return", "retrun"))).isFalse();

            assertThat(server.get("/").body()).isEqualTo("old");
            assertThat(server.errorLog()).contains("[emerg]")
                    .contains("unknown directive \"retrun\" in " + server.prefix()
                            + "/nginx.conf:2");
        }
    }

    @Test
    void saysWhenTheOldConfigurationHasDrained() {
        try (Frontdesk server = Frontdesk.start(CONFIG)) {
            server.reload(CONFIG);

            await().untilAsserted(() -> assertThat(server.errorLog()).contains("exited with code 0"));
        }
    }
}
