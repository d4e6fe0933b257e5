package io.frontdesk.e2e.subrequests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import org.junit.jupiter.api.Test;

/** mirror: copies that nobody waits for. */
class MirrorTest {
    private static final String CONFIG = """
            http {
                log_format uri "$uri $status";
                access_log logs/access.log uri;
                server {
                    listen 127.0.0.1:{{port}};
                    location / { mirror /copy; return 200 "answer"; }
                    location /pass/ { mirror /copy; proxy_pass http://{{main}}; }
                    location /many/ { mirror /copy; mirror /copy/two; proxy_pass http://{{main}}; }
                    location /bare/ { mirror /copy; mirror_request_body off; proxy_pass http://{{main}}; }
                    location /pass/off/ { mirror off; proxy_pass http://{{main}}; }
                    location /told/ {
                        set $who main;
                        mirror /told;
                        proxy_set_header X-Who $who;
                        proxy_pass http://{{main}};
                    }
                    location = /told { set $who copy; proxy_set_header X-Who $who; proxy_pass http://{{copy}}; }
                    location /copy { internal; proxy_pass http://{{copy}}; }
                }
            }
            """;

    private static Frontdesk start(Origin main, Origin copy) {
        return Frontdesk.with("main", main.authority()).with("copy", copy.authority()).start(CONFIG);
    }

    @Test
    void copiesTheMethodTheArgumentsAndTheBody() {
        try (Origin main = Origin.answering("main");
                Origin copy = Origin.answering("copy");
                Frontdesk server = start(main, copy);
                RawClient client = server.connect()) {
            client.send("PUT /pass/x?a=b HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n").send("text");
            assertThat(client.readAnswer().body()).isEqualTo("main");
            await().until(() -> copy.requests().size() == 1);
            assertThat(copy.lastRequest().line()).isEqualTo("PUT /copy?a=b HTTP/1.1");
            assertThat(copy.lastRequest().body()).isEqualTo("text");
            assertThat(main.lastRequest().body()).isEqualTo("text");
        }
    }

    @Test
    void whatTheCopySetsIsTooLateForTheRequest() {
        try (Origin main = Origin.answering("main");
                Origin copy = Origin.answering("copy");
                Frontdesk server = start(main, copy)) {
            server.get("/told/");
            await().until(() -> copy.requests().size() == 1);
            assertThat(copy.lastRequest().field("X-Who")).isEqualTo("copy");
            assertThat(main.lastRequest().field("X-Who")).isEqualTo("main");
        }
    }

    @Test
    void leavesTheBodyOutWhereItIsToldTo() {
        try (Origin main = Origin.answering("main");
                Origin copy = Origin.answering("copy");
                Frontdesk server = start(main, copy);
                RawClient client = server.connect()) {
            client.send("POST /bare/ HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n").send("text");
            assertThat(client.readAnswer().body()).isEqualTo("main");
            await().until(() -> copy.requests().size() == 1);
            assertThat(copy.lastRequest().body()).isEmpty();
            assertThat(main.lastRequest().body()).isEqualTo("text");
        }
    }

    @Test
    void makesAsManyCopiesAsThereAreLines() {
        try (Origin main = Origin.answering("main");
                Origin copy = Origin.answering("copy");
                Frontdesk server = start(main, copy)) {
            server.get("/pass/off/");
            server.get("/many/");
            await().until(() -> copy.requests().size() == 2);
            assertThat(copy.requests()).extracting(request -> request.target()).containsExactlyInAnyOrder("/copy",
                    "/copy/two");
        }
    }

    @Test
    void answersWithoutTheCopyAndTakesTheNextRequestAfterIt() {
        try (Origin main = Origin.answering("main");
                Origin copy = Origin.scripted();
                Frontdesk server = start(main, copy);
                RawClient client = server.connect()) {
            client.send("GET /pass/ HTTP/1.1\r\nHost: a\r\n\r\nGET /pass/off/ HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().body()).isEqualTo("main");
            OriginConnection slow = copy.accept();
            slow.readRequest();
            assertThat(main.requests()).hasSize(1);
            assertThat(server.read("logs/access.log")).isEmpty();
            slow.answer("copy");
            assertThat(client.readAnswer().body()).isEqualTo("main");
            await().until(() -> server.read("logs/access.log").contains("/pass/off/ 200"));
            assertThat(server.read("logs/access.log")).isEqualTo("/pass/ 200\n/pass/off/ 200\n");
        }
    }

    @Test
    void finishesTheCopyThoughTheClientIsGoneByThen() {
        try (Origin main = Origin.answering("main");
                Origin copy = Origin.scripted();
                Frontdesk server = start(main, copy)) {
            OriginConnection slow;
            try (RawClient client = server.connect()) {
                client.send("GET /pass/ HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().body()).isEqualTo("main");
                slow = copy.accept();
                slow.readRequest();
            }
            slow.answer("copy");
            await().until(() -> server.read("logs/access.log").equals("/pass/ 200\n"));
        }
    }

    @Test
    void mindsNoCopyThatFails() {
        try (Origin main = Origin.answering("main");
                Origin copy = Origin.answering(request -> "nonsense\r\n\r\n");
                Frontdesk server = start(main, copy)) {
            assertThat(server.get("/pass/").body()).isEqualTo("main");
            await().until(() -> server.errorLog().contains("subrequest: \"/copy\""));
        }
    }
}
