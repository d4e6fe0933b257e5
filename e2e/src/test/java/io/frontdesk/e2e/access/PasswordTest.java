package io.frontdesk.e2e.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** auth_basic: names and passwords. */
class PasswordTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    auth_basic "the $host site";
                    auth_basic_user_file passwords;
                    location / { root {{prefix}}/html; }
                    location /off/ { auth_basic off; root {{prefix}}/html; }
                    location /any/ { satisfy any; allow 127.0.0.1; deny all; root {{prefix}}/html; }
                    location /other/ { auth_basic_user_file $arg_file; root {{prefix}}/html; }
                    location /slow/ { auth_delay 200ms; root {{prefix}}/html; }
                }
            }
            """;
    private static final String PASSWORDS = """
            # names
            #joe:{PLAIN}comment

            joe:{PLAIN}secret:a comment
            ann:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/\r
            bad:$nonsense$
            %s
            last:{PLAIN}a:b""".formatted("x".repeat(40_000) + ":{PLAIN}x");

    private static Frontdesk server() {
        return Frontdesk.file("passwords", PASSWORDS).file("html/f", "text").file("html/off/f", "off")
                .file("html/any/f", "any").file("html/other/f", "other").file("html/slow/f", "slow").start(CONFIG);
    }

    private static String credentials(String pair) {
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void asksWhoBringsNone() {
        try (Frontdesk server = server()) {
            Answer answer = server.get("/f");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.field("WWW-Authenticate")).isEqualTo("Basic realm=\"the localhost site\"");
            assertThat(server.get("/f", "Authorization: Basic").status()).isEqualTo(401);
            assertThat(server.get("/f", "Authorization: Bearer x").status()).isEqualTo(401);
            assertThat(server.get("/f", credentials(":x")).status()).isEqualTo(401);
            assertThat(server.get("/f", credentials("joe")).status()).isEqualTo(401);
            assertThat(server.errorLog()).contains("no user/password was provided for basic authentication");
        }
    }

    @Test
    void letsInWhoKnowsThePassword() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/f", credentials("joe:secret")).body()).isEqualTo("text");
            assertThat(server.get("/f", credentials("ann:secret")).body()).isEqualTo("text");
            assertThat(server.get("/f", credentials("ann:secret")).body()).isEqualTo("text");
        }
    }

    @Test
    void refusesOthers() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/f", credentials("joe:comment")).status()).isEqualTo(401);
            assertThat(server.get("/f", credentials("ann:wrong")).status()).isEqualTo(401);
            assertThat(server.get("/f", credentials("jo:secret")).status()).isEqualTo(401);
            assertThat(server.get("/f", credentials("#joe:comment")).status()).isEqualTo(401);
            assertThat(server.get("/f", credentials("bad:x")).status()).isEqualTo(500);
            assertThat(server.errorLog()).contains("user \"joe\": password mismatch")
                    .contains("user \"jo\" was not found in").doesNotContain("secret");
        }
    }

    @Test
    void asksNobodyWhereItIsOffOrTheAddressIsEnough() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/off/f").body()).isEqualTo("off");
            Answer answer = server.get("/any/f");
            assertThat(answer.body()).isEqualTo("any");
            assertThat(answer.field("WWW-Authenticate")).isEmpty();
        }
    }

    @Test
    void readsTheFileThatTheRequestLeadsTo() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/other/f?file=passwords", credentials("joe:secret")).body()).isEqualTo("other");
            assertThat(server.get("/other/f?file=none", credentials("joe:secret")).status()).isEqualTo(403);
        }
    }

    @Test
    void readsTheFileAnew() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/f", credentials("new:x")).status()).isEqualTo(401);
            server.write("passwords", "new:{PLAIN}x");
            assertThat(server.get("/f", credentials("new:x")).body()).isEqualTo("text");
        }
    }

    @Test
    void holdsRefusalsBackWhereItIsToldTo() {
        try (Frontdesk server = server()) {
            assertThat(server.get("/slow/f", credentials("joe:wrong")).status()).isEqualTo(401);
            assertThat(server.get("/slow/f", credentials("joe:secret")).body()).isEqualTo("slow");
            assertThat(server.errorLog()).contains("delaying unauthorized request");
        }
    }
}
