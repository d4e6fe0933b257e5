package io.frontdesk.e2e.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Frontdesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code disable_symlinks}. */
class SymlinkTest {
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    location /on/ { disable_symlinks on from=$document_root; }
                    location /try/ { disable_symlinks on from=$document_root; try_files $uri /page.html; }
                    location /cached/ { open_file_cache max=10; }
                    location /cached/on/ { disable_symlinks on from=$document_root; }
                }
            }
            """;

    private static Frontdesk server() throws IOException {
        Frontdesk server = Frontdesk.file("html/page.html", "page").file("html/on/file", "file").file("html/try/x", "")
                .file("html/cached/on/file", "file").start(CONFIG);
        for (String folder : new String[]{"", "on/", "try/", "cached/on/"}) {
            Path link = server.prefix().resolve("html/" + folder + "link");
            Files.createSymbolicLink(link, server.prefix().resolve("html/page.html"));
        }
        return server;
    }

    @Test
    void followsLinksUnlessToldNotTo() throws IOException {
        try (Frontdesk server = server()) {
            assertThat(server.get("/link").body()).isEqualTo("page");
            assertThat(server.get("/on/link").status()).isEqualTo(403);
            assertThat(server.get("/on/file").body()).isEqualTo("file");
            assertThat(server.errorLog()).contains("openat() \"" + server.prefix()
                    + "/html/on/link\" failed (40: Too many levels of symbolic links)");
        }
    }

    @Test
    void looksForTheNextOfTryFiles() throws IOException {
        try (Frontdesk server = server()) {
            server.expects("Too many levels of symbolic links");
            assertThat(server.get("/try/link").body()).isEqualTo("page");
        }
    }

    @Test
    void keepsTheRuleApartInTheCache() throws IOException {
        try (Frontdesk server = server()) {
            assertThat(server.get("/cached/on/link").status()).isEqualTo(403);
            assertThat(server.get("/cached/on/file").body()).isEqualTo("file");
            assertThat(server.get("/cached/on/file").body()).isEqualTo("file");
        }
    }

    @Test
    void refusesWrongArgumentsAtLoad() {
        assertThat(Frontdesk.refusal("http { disable_symlinks from=/; }"))
                .contains("\"disable_symlinks\" must have \"off\", \"on\" or \"if_not_owner\" parameter");
        assertThat(Frontdesk.refusal("http { disable_symlinks off from=/; }"))
                .contains("\"from=\" cannot be used with \"off\" parameter");
        assertThat(Frontdesk.refusal("http { disable_symlinks maybe; }")).contains("invalid parameter \"maybe\"");
        assertThat(Frontdesk.refusal("http { open_file_cache inactive=1s; }"))
                .contains("\"open_file_cache\" must have the \"max\" parameter");
        assertThat(Frontdesk.refusal("http { open_file_cache max=0; }"))
                .contains("invalid \"open_file_cache\" parameter \"max=0\"");
    }
}
