package io.frontdesk.e2e.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginConnection;
import io.frontdesk.testkit.RawClient;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** least_conn, least_time and random, and what an upstream block says of what does not fit. */
class BalancerTest {
    private static final String CONFIG = """
            worker_processes {{workers}};
            http {
                upstream group {
                    {{method}};
                    server {{one}} {{parameters}};
                    server {{two}};
                }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://group; }
                }
            }
            """;

    /** Of one loop: another could choose before this one knows that the request before is over, whose answer the client has. */
    private static Frontdesk server(String method, String parameters, Origin one, Origin two) {
        return server(1, method, parameters, one, two);
    }

    private static Frontdesk server(int workers, String method, String parameters, Origin one, Origin two) {
        return Frontdesk.with("workers", workers).with("method", method).with("parameters", parameters).with("one", one)
                .with("two", two)
                .start(CONFIG);
    }

    private static Map<String, Integer> bodies(Frontdesk server, int count) {
        Map<String, Integer> bodies = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            bodies.merge(server.get("/").body(), 1, Integer::sum);
        }
        return bodies;
    }

    @ParameterizedTest
    @ValueSource(strings = {"least_conn", "least_time header", "least_time last_byte inflight"})
    void avoidsTheServerThatIsBusy(String method) {
        try (Origin slow = Origin.scripted();
                Origin fast = Origin.answering("fast");
                Frontdesk server = server(method, "", slow, fast);
                RawClient client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            OriginConnection busy = slow.accept();
            busy.readRequest();
            assertThat(bodies(server, 6)).containsExactly(Map.entry("fast", 6));
            busy.answer("slow");
            assertThat(client.readAnswer().body()).isEqualTo("slow");
        }
    }

    @Test
    void spreadsByWeightAmongIdleServers() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Frontdesk server = server("least_conn", "weight=3", one, two)) {
            assertThat(bodies(server, 8)).containsExactly(Map.entry("one", 6), Map.entry("two", 2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "random two", "random two least_conn", "random two least_time=header",
            "random two least_time=last_byte"})
    void givesRequestsToAllServersAtRandom(String method) {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Frontdesk server = server(method, "", one, two)) {
            assertThat(bodies(server, 40).keySet()).containsExactly("one", "two");
        }
    }

    @Test
    void keepsToTheLimitOfAServerAcrossLoops() {
        try (Origin one = Origin.scripted();
                Origin two = Origin.answering("two");
                Frontdesk server = server(2, "ip_hash", "max_conns=1", one, two);
                RawClient first = server.connect()) {
            int asked = 0;
            first.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            await().until(() -> one.hasWaiting() || !two.requests().isEmpty());
            if (!one.hasWaiting()) {
                return; // the hash of this machine's address is that of the other server
            }
            OriginConnection busy = one.accept();
            busy.readRequest();
            for (; asked < 6; asked++) {
                assertThat(server.get("/").body()).isEqualTo("two");
            }
            busy.answer("one");
            assertThat(first.readAnswer().body()).isEqualTo("one");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "hash $uri; server 127.0.0.1:1; server 127.0.0.1:2 backup;|balancing method does not support parameter \"backup\"",
            "ip_hash; server 127.0.0.1:1 slow_start=1s;|balancing method does not support parameter \"slow_start=1s\"",
            "random three; server 127.0.0.1:1;|invalid parameter \"three\"",
            "random two least; server 127.0.0.1:1;|invalid parameter \"least\"",
            "hash $uri ketama; server 127.0.0.1:1;|invalid parameter \"ketama\"",
            "least_time body; server 127.0.0.1:1;|invalid value \"body\"",
            "least_time header; least_time header; server 127.0.0.1:1;|\"least_time\" directive is duplicate",
            "server 127.0.0.1:1; sticky cookie a; sticky cookie b;|\"sticky\" directive is duplicate",
            "server 127.0.0.1:1; sticky glue a;|unknown parameter \"glue\"",
            "server 127.0.0.1:1; sticky route b;|invalid variable name \"b\"",
            "server 127.0.0.1:1; sticky cookie a path=/ path=/;|\"sticky\" directive parameter \"path\" is duplicate",
            "server 127.0.0.1:1; sticky learn zone=a:1m lookup=$uri;|\"sticky\" directive \"create\" parameter is not specified",
            "server 127.0.0.1:1 route=;|route is empty",
            "server a.example service=http;|service upstream \"a.example\" requires \"resolve\" parameter",
            "server a.example:80 service=http resolve;|service upstream \"a.example:80\" may not have port",
            "server a.example resolve;|resolving names at run time requires upstream \"u\" in",
            "zone z 1m; server a.example resolve;|no resolver defined to resolve names at run time in upstream \"u\"",
            "zone z 1k; server 127.0.0.1:1;|zone \"z\" is too small"})
    void refusesWhatDoesNotFit(String block, String reason) {
        assertThat(Frontdesk.refusal("http { upstream u { " + block + " } }")).contains("[emerg] " + reason);
    }

    @Test
    void warnsOfASecondMethodAndTakesIt() {
        try (Origin one = Origin.answering("one");
                Frontdesk server = Frontdesk.with("one", one).start("""
                        http {
                            upstream u { hash $uri; least_conn; server {{one}}; server {{one}} backup; }
                            server {
                                listen 127.0.0.1:{{port}};
                                location / { proxy_pass http://u; }
                            }
                        }
                        """)) {
            assertThat(server.get("/").body()).isEqualTo("one");
        }
    }
}
