package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frame;
import io.frontdesk.testkit.FrameClient;
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
    void readsNothingBehindTheLastRequestOnASocketThatIsGone() {
        String logging = CONFIG.replace("http {", "http { access_log logs/access.log;");
        try (Frontdesk server = Frontdesk.start(logging); RawClient client = server.connect()) {
            client.send("POST /first HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("old");

            server.reload(logging.replace("{{port}}", "{{port.other}}"));
            client.send("12345GET /second HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.awaitEnd()).isEmpty();
            // What is logged after it tells that no line of the second is still to come.
            try (RawClient other = server.connect("other")) {
                other.send("GET /third HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
            }
            await().untilAsserted(() -> assertThat(server.read("logs/access.log")).contains("/third"));
            assertThat(server.read("logs/access.log")).contains("/first").doesNotContain("/second");
        }
    }

    @Test
    void takesStreamsOnASocketThatIsGoneUntilTheClientHasHeard() {
        String http2 = CONFIG.replace("http {", "http { http2 on;");
        try (Frontdesk server = Frontdesk.start(http2)) {
            try (FrameClient client = FrameClient.connect(server.port(), Frame.setting(4, 1))) {
                client.get(1, "/");
                assertThat(client.await(Frame.DATA).payload()).isEqualTo("o");

                server.reload(http2.replace("{{port}}", "{{port.other}}"));

                client.await(Frame.GOAWAY);
                Frame ping = client.await(Frame.PING);
                client.send(Frame.WINDOW_UPDATE, 0, 1, Frame.number(2));
                assertThat(client.await(Frame.DATA).payload()).isEqualTo("ld");
                client.get(3, "/");
                assertThat(client.awaitHead()).containsEntry(":status", "200");
                assertThat(server.errorLog()).doesNotContain("exited with code 0");
                client.send(Frame.PING, Frame.END, 0, ping.payload());
                client.await(Frame.GOAWAY);
            }
            await().untilAsserted(() -> assertThat(server.errorLog()).contains("exited with code 0"));
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
