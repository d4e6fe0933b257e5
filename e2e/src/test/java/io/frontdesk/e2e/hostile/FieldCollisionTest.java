package io.frontdesk.e2e.hostile;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import io.frontdesk.testkit.OriginRequest;
import io.frontdesk.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Row: hash collision on header names, args, cookies. Names that all have one {@code String.hashCode} are names as any other: no table
 * that is filled from a request knows that hash.
 */
class FieldCollisionTest {
    private static final int NAMES = 1000;

    /** Names of one hash, in lower case as the tables see them: each pair of letters is as good as the other. */
    private static List<String> collidingNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < NAMES; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 10; bit++) {
                name.append((i >> bit & 1) == 0 ? "c0" : "an");
            }
            names.add(name.toString());
        }
        return names;
    }

    @Test
    void allNamesHaveOneHash() {
        assertThat(collidingNames().stream().map(String::hashCode).distinct()).hasSize(1);
        assertThat(collidingNames().stream().distinct()).hasSize(NAMES);
    }

    @Test
    void passesThemAllAndFindsEachAmongFieldsArgumentsAndCookies() {
        List<String> names = collidingNames();
        StringBuilder fields = new StringBuilder();
        StringBuilder args = new StringBuilder();
        StringBuilder cookies = new StringBuilder();
        for (String name : names) {
            fields.append(name).append(": field-").append(name).append("\r\n");
            args.append(args.isEmpty() ? "?" : "&").append(name).append("=arg-").append(name);
            cookies.append(cookies.isEmpty() ? "" : "; ").append(name).append("=cookie-").append(name);
        }
        String last = names.getLast();
        try (Origin app = Origin.telling(OriginRequest::target);
                Frontdesk server = Frontdesk.with("app", app).with("name", last).start("""
                        http {
                            server {
                                listen 127.0.0.1:{{port}};
                                max_headers 2000;
                                large_client_header_buffers 64 64k;
                                location / {
                                    proxy_pass http://{{app}};
                                    add_header X-Arg $arg_{{name}};
                                    add_header X-Field $http_{{name}};
                                    add_header X-Cookie $cookie_{{name}};
                                }
                            }
                        }
                        """);
                RawClient client = server.connect()) {
            client.send("GET /" + args + " HTTP/1.1\r\nHost: a\r\n" + fields + "Cookie: " + cookies + "\r\n\r\n");
            var answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.field("X-Arg")).isEqualTo("arg-" + last);
            assertThat(answer.field("X-Field")).isEqualTo("field-" + last);
            assertThat(answer.field("X-Cookie")).isEqualTo("cookie-" + last);
            for (String name : names) {
                assertThat(app.lastRequest().field(name)).isEqualTo("field-" + name);
            }
        }
    }

    @Test
    void refusesMoreFieldsThanAllowedHoweverSmall() {
        try (Frontdesk server = Frontdesk.start("""
                http { server { listen 127.0.0.1:{{port}}; max_headers 100; return 200 "fine"; } }
                """)) {
            for (int count : new int[]{98, 99, 100, 1000}) {
                try (RawClient client = server.connect()) {
                    client.send("GET / HTTP/1.1\r\nHost: a\r\n" + "X:\r\n".repeat(count) + "\r\n");
                    assertThat(client.readAnswer().status()).as("%d and Host", count)
                            .isEqualTo(count < 100 ? 200 : 400);
                }
            }
            assertThat(server.errorLog()).contains("client sent too many header lines");
        }
    }

    @Test
    void noTableThatIsFilledFromAMessageUsesThatHash() {
        noClasses().that().resideInAnyPackage("io.frontdesk.codec.http", "io.frontdesk.codec.http1",
                "io.frontdesk.codec.http2").should().accessClassesThat().areAssignableTo(java.util.Map.class)
                .orShould().accessClassesThat().areAssignableTo(java.util.Set.class)
                .check(new ClassFileImporter().importPackages("io.frontdesk.codec.http", "io.frontdesk.codec.http1",
                        "io.frontdesk.codec.http2"));
    }
}
