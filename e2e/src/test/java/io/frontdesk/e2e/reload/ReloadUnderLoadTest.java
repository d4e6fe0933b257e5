package io.frontdesk.e2e.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Row: reload (HUP) under load. No failed request, no refused connect; {@code -Dfrontdesk.reloads=100} for as many as the row says. */
class ReloadUnderLoadTest {
    private static final int RELOADS = Integer.getInteger("frontdesk.reloads", 30);
    private static final String CONFIG = """
            worker_processes 2;
            error_log logs/error.log error;
            http {
                access_log off;
                server {
                    listen 127.0.0.1:{{port}};
                    keepalive_requests 100000;
                    location / { proxy_pass http://{{origin}}; }
                    location /here { return 200 "here $arg_n"; }
                }
            }
            """;

    @Test
    void losesNoRequest() {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        AtomicLong answered = new AtomicLong();
        try (Origin origin = Origin.telling(request -> "there " + request.target());
                Frontdesk server = Frontdesk.with("origin", origin).start(CONFIG)) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(CompletableFuture.runAsync(() -> keepsAsking(server, goesOn, answered)));
                clients.add(CompletableFuture.runAsync(() -> asksAnew(server, goesOn, answered)));
            }
            for (int i = 0; i < RELOADS; i++) {
                long before = answered.get();
                assertThat(server.reload(CONFIG)).isTrue();
                await().until(() -> answered.get() >= before + 20
                        || clients.stream().anyMatch(CompletableFuture::isDone));
            }
            goesOn.set(false);
            clients.forEach(CompletableFuture::join);
            assertThat(answered.get()).isGreaterThan(20L * RELOADS);
            assertThat(server.errorLog()).isEmpty();
        }
    }

    private static void keepsAsking(Frontdesk server, AtomicBoolean goesOn, AtomicLong answered) {
        try (RawClient client = server.connect()) {
            for (int n = 0; goesOn.get(); n++) {
                client.send("GET /a" + n + " HTTP/1.1\r\nHost: a\r\n\r\n");
                check(client.readAnswer(), "there /a" + n, answered);
            }
        }
    }

    private static void asksAnew(Frontdesk server, AtomicBoolean goesOn, AtomicLong answered) {
        for (int n = 0; goesOn.get(); n++) {
            check(server.get("/here?n=" + n), "here " + n, answered);
        }
    }

    private static void check(Answer answer, String body, AtomicLong answered) {
        if (answer.status() != 200 || !answer.body().equals(body)) {
            throw new AssertionError("instead of \"" + body + "\" came " + answer);
        }
        answered.incrementAndGet();
    }
}
