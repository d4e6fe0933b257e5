package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.RawClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Row: QUIT / TERM. Signals under load; QUIT breaks no answer, TERM ends at once. */
class StopUnderLoadTest {
    private static final String CONFIG = """
            worker_processes 2;
            error_log logs/error.log notice;
            http {
                access_log off;
                server {
                    listen 127.0.0.1:{{port}};
                    keepalive_requests 1000000;
                    location / { proxy_pass http://127.0.0.1:%d; }
                }
            }
            """;
    private static final String BODY = "0123456789abcdef".repeat(2048);

    /** A client that asks on one connection until that is closed: between two requests, never within an answer. */
    private static final class Asking {
        private final AtomicInteger answers = new AtomicInteger();
        private final Thread thread;
        private volatile String failure = "";

        Asking(FrontdeskProcess server) {
            thread = Thread.ofPlatform().start(() -> {
                try (RawClient client = server.connect()) {
                    boolean goesOn = true;
                    while (goesOn) {
                        goesOn = getsAnAnswer(client) && readsIt(client);
                    }
                } catch (RuntimeException | AssertionError e) {
                    failure = e.toString();
                }
            });
        }

        /** A request that meets a connection which was idle at that moment may find it closed, as long as no byte of an answer came. */
        private boolean getsAnAnswer(RawClient client) {
            try {
                return client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").awaitsMore();
            } catch (UncheckedIOException closed) {
                return false;
            }
        }

        private boolean readsIt(RawClient client) {
            Answer answer = client.readAnswer();
            if (answer.status() != 200 || !answer.body().equals(BODY)) {
                throw new AssertionError("answered " + answer.status() + " with " + answer.body().length());
            }
            answers.incrementAndGet();
            return !"close".equals(answer.field("Connection"));
        }

        void join() throws InterruptedException {
            thread.join();
        }
    }

    private static List<Asking> load(FrontdeskProcess server) {
        List<Asking> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            clients.add(new Asking(server));
        }
        server.await(() -> clients.stream().allMatch(client -> client.answers.get() > 20));
        return clients;
    }

    @Test
    void quitBreaksNoAnswer() throws InterruptedException {
        try (Origin origin = Origin.answering(BODY);
                FrontdeskProcess server = FrontdeskProcess.start(CONFIG.formatted(origin.port()))) {
            List<Asking> clients = load(server);

            server.signal("QUIT");

            for (Asking client : clients) {
                client.join();
            }
            assertThat(server.awaitExit()).isZero();
            assertThat(clients.stream().map(client -> client.failure)).containsOnly("");
            assertThat(server.errorLog()).doesNotContain("[alert]").doesNotContain("[error]");
        }
    }

    @Test
    void termEndsAtOnce() throws InterruptedException {
        try (Origin origin = Origin.answering(BODY);
                FrontdeskProcess server = FrontdeskProcess.start(CONFIG.formatted(origin.port()))) {
            List<Asking> clients = load(server);

            server.signal("TERM");

            assertThat(server.awaitExit()).isZero();
            for (Asking client : clients) {
                client.join();
            }
            assertThat(server.read("logs/nginx.pid")).isEmpty();
            assertThat(server.errorLog()).doesNotContain("[alert]");
        }
    }
}
