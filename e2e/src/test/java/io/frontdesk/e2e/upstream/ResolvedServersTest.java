package io.frontdesk.e2e.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.DnsAnswer;
import io.frontdesk.testkit.DnsAsked;
import io.frontdesk.testkit.DnsServer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Servers with resolve and service=: groups that follow the names of their servers. */
class ResolvedServersTest {
    private static final String CONFIG = """
            http {
                resolver {{dns}} valid=1s ipv6=off;
                resolver_timeout 1s;
                upstream group { zone group 64k; server {{server}} resolve {{parameters}}; }
                server {
                    listen 127.0.0.1:{{port}};
                    location / { proxy_pass http://group; proxy_connect_timeout 1s; }
                    location /states { return 200 "$upstream_states_group"; }
                }
            }
            """;

    private static Frontdesk server(DnsServer dns, String name, String parameters) {
        return Frontdesk.with("dns", dns).with("server", name).with("parameters", parameters).start(CONFIG);
    }

    private static String states(Frontdesk server) {
        return server.get("/states").body();
    }

    @Test
    void followsTheAddressesOfAName() {
        AtomicReference<Function<DnsAsked, DnsAnswer>> script = new AtomicReference<>(
                q -> DnsAnswer.of().address(60, "127.0.0.1"));
        try (DnsServer dns = DnsServer.answering(q -> script.get().apply(q));
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, "a.example:" + origin.port(), "")) {
            String port = ":" + origin.port();
            await().until(() -> states(server).equals("127.0.0.1" + port + " up"));
            assertThat(server.get("/").body()).isEqualTo("hello");
            script.set(q -> DnsAnswer.of().address(60, "127.0.0.3").address(60, "127.0.0.1"));
            await().until(() -> states(server).equals("127.0.0.1" + port + " up, 127.0.0.3" + port + " up"));
            // no answer is no reason to change anything
            script.set(q -> DnsAnswer.code(2));
            await().until(() -> server.errorLog().contains("a.example could not be resolved (2: Server failure)"));
            assertThat(states(server)).isEqualTo("127.0.0.1" + port + " up, 127.0.0.3" + port + " up");
            // that there is no such name is
            script.set(q -> DnsAnswer.code(3));
            await().until(() -> states(server).isEmpty());
            assertThat(server.get("/").status()).isEqualTo(502);
        }
    }

    @Test
    void takesPortWeightAndPriorityFromServiceRecords() {
        try (Origin one = Origin.answering("one");
                Origin two = Origin.answering("two");
                Origin spare = Origin.answering("spare");
                DnsServer dns = DnsServer.answering(q -> q.type().equals("SRV")
                        ? DnsAnswer.of().service(60, 1, 3, one.port(), "x.example")
                                .service(60, 1, 1, two.port(), "y.example")
                                .service(60, 2, 1, spare.port(), "z.example")
                        : DnsAnswer.of().address(60, "127.0.0.1"));
                Frontdesk server = server(dns, "a.example", "service=http")) {
            await().until(() -> states(server)
                    .equals(one + " up, " + two + " up : " + spare + " up"));
            assertThat(dns.count("_http._tcp.a.example", "SRV")).isPositive();
            int ones = 0;
            for (int i = 0; i < 8; i++) {
                ones += server.get("/").body().equals("one") ? 1 : 0;
            }
            assertThat(ones).isEqualTo(6);
        }
    }

    @Test
    void beginsAfterAReloadWithTheAddressesThatAreKnown() {
        AtomicReference<Function<DnsAsked, DnsAnswer>> script = new AtomicReference<>(
                q -> DnsAnswer.of().address(60, "127.0.0.1"));
        try (DnsServer dns = DnsServer.answering(q -> script.get().apply(q));
                Origin origin = Origin.answering("hello");
                Frontdesk server = server(dns, "a.example:" + origin.port(), "")) {
            await().until(() -> server.get("/").status() == 200);
            script.set(q -> DnsAnswer.code(2));
            assertThat(server.reload(CONFIG.replace("64k", "128k"))).isTrue();
            assertThat(server.get("/").body()).isEqualTo("hello");
        }
    }
}
