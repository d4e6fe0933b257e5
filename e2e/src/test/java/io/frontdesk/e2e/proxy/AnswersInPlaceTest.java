package io.frontdesk.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers that are read together for several clients, and may go out from where they were read (where the kernel has io_uring, nearly all
 * of "/", "/two/" and "/large" do): each client gets its own.
 */
class AnswersInPlaceTest {
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 60;
    /** Twice this is more than there is room for in front of what is read. */
    private static final String LONG = "long-".repeat(700);

    private static final String ORIGIN = """
            worker_processes 1;
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    http2 on;
                    set $few "${arg_n};${arg_n};${arg_n};${arg_n};${arg_n};${arg_n};${arg_n};${arg_n};${arg_n};${arg_n};";
                    set $more "$few$few$few$few$few$few$few$few$few$few";
                    location / { return 200 "$more$more$more$more$more$more$more$more"; }
                    set $much "$more$more$more$more$more$more$more$more";
                    location = /small { return 200 "$few"; }
                    location = /large { return 200 "$much$much$much$much"; }
                }
            }
            """;

    private static final String SERVER = """
            worker_processes 1;
            http {
                upstream pool { server {{origin}}; keepalive 16; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://pool; }
                    location /two/ { proxy_pass http://pool/; proxy_http_version 2; }
                    location /long/ { proxy_pass http://pool/; add_header X-Long "{{long}}"; add_header X-Longer "{{long}}"; }
                    location /chunks/ { proxy_pass http://pool/; sub_filter never ever; sub_filter_types *; }
                }
            }
            """;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/small", "/large", "/two/", "/two/small", "/two/large", "/long/", "/long/small",
            "/long/large", "/chunks/", "/chunks/large"})
    void areEachTheirOwn(String path) {
        try (Frontdesk origin = Frontdesk.start(ORIGIN);
                Frontdesk server = Frontdesk.with("origin", "127.0.0.1:" + origin.port()).with("long", LONG)
                        .start(SERVER);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int first = (i + 1) * 10_000;
                all.add(CompletableFuture.runAsync(() -> ask(server, path, first), threads));
            }
            all.forEach(CompletableFuture::join);
            assertThat(server.errorLog()).doesNotContain("[alert]", "[error]");
        }
    }

    private static void ask(Frontdesk server, String path, int first) {
        try (RawClient client = server.connect()) {
            for (int i = 0; i < ROUNDS; i++) {
                int number = first + i;
                client.send("GET " + path + "?n=" + number + " HTTP/1.1\r\nHost: a\r\n\r\n");
                Answer answer = client.readAnswer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo(
                        (number + ";").repeat(path.endsWith("small") ? 10 : path.endsWith("large") ? 3_200 : 800));
                assertThat(answer.field("X-Long")).isEqualTo(path.startsWith("/long") ? LONG : "");
            }
        }
    }
}
