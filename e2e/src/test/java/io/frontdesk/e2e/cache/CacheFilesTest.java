package io.frontdesk.e2e.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cache has on the disk: how it gets there, what is found there after a start or a crash, and how it leaves again. */
class CacheFilesTest {
    private static final String CONFIG = """
            worker_processes 1;
            http {
                proxy_cache_path {{folder}} levels=1:2 keys_zone=one:{{size}};
                server {
                    listen 127.0.0.1:{{port}};
                    location / {
                        proxy_pass http://{{app}};
                        proxy_cache one;
                        proxy_cache_key $uri;
                        proxy_cache_valid 1m;
                        proxy_cache_purge $arg_purge;
                        add_header X-Cache $upstream_cache_status always;
                    }
                    location /purge/ {
                        proxy_pass http://{{app}};
                        proxy_cache one;
                        proxy_cache_key $arg_key;
                        proxy_cache_purge 1;
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private final AtomicInteger count = new AtomicInteger();

    private Origin counting() {
        return Origin.answering(request -> {
            String body = "answer " + count.incrementAndGet();
            return "HTTP/1.1 200 OK\r\n" + (request.target().startsWith("/vary") ? "Vary: X-Kind\r\n" : "")
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        });
    }

    private Frontdesk start(Origin app, String size) {
        return Frontdesk.with("app", app).with("folder", folder).with("size", size).start(CONFIG);
    }

    private static String get(Frontdesk server, String target, String... fields) {
        Answer answer = server.get(target, fields);
        return answer.field("X-Cache") + " " + answer.body();
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path onlyFile() {
        assertThat(files()).hasSize(1);
        return files().getFirst();
    }

    private static void awaitLoaded(Frontdesk server) {
        await().untilAsserted(() -> assertThat(server.errorLog()).contains("http file cache: "));
    }

    @Test
    void namesFilesByTheHashOfTheirKeyBelowItsLastDigits() {
        try (Origin app = counting(); Frontdesk server = start(app, "1m")) {
            get(server, "/a");
            String path = folder.relativize(onlyFile()).toString();
            assertThat(path).matches("[0-9a-f]/[0-9a-f]{2}/[0-9a-f]{32}");
            String hash = path.substring(5);
            assertThat(path).startsWith(hash.substring(31) + "/" + hash.substring(29, 31) + "/");
        }
    }

    @Test
    void answersAfterAStartByWhatWasKeptBefore() {
        try (Origin app = counting()) {
            try (Frontdesk server = start(app, "1m")) {
                get(server, "/a");
            }
            try (Frontdesk server = start(app, "1m")) {
                assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
                awaitLoaded(server);
                assertThat(get(server, "/a")).isEqualTo("HIT answer 1");
            }
        }
    }

    @Test
    void servesNothingOfAFileThatIsNotWhole() throws IOException {
        try (Origin app = counting()) {
            try (Frontdesk server = start(app, "1m")) {
                get(server, "/a");
            }
            byte[] whole = Files.readAllBytes(onlyFile());
            for (int length : new int[]{0, 3, 20, whole.length / 2, whole.length - 1}) {
                Files.write(onlyFile(), java.util.Arrays.copyOf(whole, length), StandardOpenOption.TRUNCATE_EXISTING);
                int before = count.get();
                try (Frontdesk server = start(app, "1m")) {
                    assertThat(get(server, "/a")).isEqualTo("MISS answer " + (before + 1));
                    // one that is just being removed is not replaced
                    await().until(() -> get(server, "/a").startsWith("HIT"));
                    assertThat(get(server, "/a")).isEqualTo("HIT answer " + count.get());
                }
            }
        }
    }

    @Test
    void servesNothingOfAFileWhoseHeadWasChanged() throws IOException {
        try (Origin app = counting()) {
            try (Frontdesk server = start(app, "1m")) {
                get(server, "/a");
            }
            byte[] changed = Files.readAllBytes(onlyFile());
            changed[40] ^= 1;
            Files.write(onlyFile(), changed);
            try (Frontdesk server = start(app, "1m")) {
                assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
            }
        }
    }

    @Test
    void removesAtTheStartWhatAProcessThatWasKilledLeftBehind() throws IOException {
        Path stray = folder.resolve("0123456789abcdef0123456789abcdef.0000000001");
        Path alien = folder.resolve("README");
        Path broken = folder.resolve("f/de/0123456789abcdef0123456789abcdef");
        Files.createDirectories(broken.getParent());
        for (Path path : List.of(stray, alien, broken)) {
            Files.writeString(path, "FDC2");
            Files.setLastModifiedTime(path, FileTime.fromMillis(1000));
        }
        try (Origin app = counting(); Frontdesk server = start(app, "1m")) {
            awaitLoaded(server);
            assertThat(files()).containsExactly(alien);
        }
    }

    @Test
    void asksAgainWhenSomebodyRemovedTheFile() throws IOException {
        try (Origin app = counting(); Frontdesk server = start(app, "1m")) {
            awaitLoaded(server);
            get(server, "/a");
            Files.delete(onlyFile());
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
            assertThat(get(server, "/a")).isEqualTo("HIT answer 2");
        }
    }

    @Test
    void removesWhatNobodyAsksFor() {
        try (Origin app = counting(); Frontdesk server = start(app, "1m inactive=1s")) {
            get(server, "/a");
            assertThat(files()).hasSize(1);
            await().untilAsserted(() -> assertThat(files()).isEmpty());
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
        }
    }

    @Test
    void removesTheOldestWhenItGetsTooLarge() {
        try (Origin app = counting(); Frontdesk server = start(app, "1m max_size=20k")) {
            for (int i = 0; i < 10; i++) {
                get(server, "/" + i);
            }
            await().untilAsserted(() -> assertThat(files()).hasSizeLessThanOrEqualTo(5));
            assertThat(get(server, "/9")).isEqualTo("HIT answer 10");
            assertThat(get(server, "/0")).startsWith("MISS");
        }
    }

    @Test
    void removesAllWhenTheDiskHasNoRoom() {
        try (Origin app = counting(); Frontdesk server = start(app, "1m min_free=8000000g")) {
            get(server, "/a");
            server.reload(CONFIG);
            await().untilAsserted(() -> assertThat(files()).isEmpty());
        }
    }

    @Test
    void forgetsAKeyThatIsPurged() {
        try (Origin app = counting(); Frontdesk server = start(app, "1m")) {
            get(server, "/a");
            assertThat(server.get("/a?purge=1").status()).isEqualTo(204);
            assertThat(files()).isEmpty();
            assertThat(server.get("/a?purge=1").status()).isEqualTo(404);
            assertThat(get(server, "/a")).isEqualTo("MISS answer 2");
        }
    }

    @Test
    void forgetsTheVariantsOfAKeyThatIsPurged() {
        try (Origin app = counting(); Frontdesk server = start(app, "1m")) {
            get(server, "/vary", "X-Kind: one");
            get(server, "/vary", "X-Kind: two");
            assertThat(get(server, "/vary", "X-Kind: two")).isEqualTo("HIT answer 2");
            assertThat(server.get("/vary?purge=1").status()).isEqualTo(204);
            assertThat(get(server, "/vary", "X-Kind: one")).isEqualTo("MISS answer 3");
            assertThat(get(server, "/vary", "X-Kind: two")).isEqualTo("MISS answer 4");
        }
    }

    @Test
    void forgetsAllKeysWithABeginningThatIsPurged() {
        try (Origin app = counting(); Frontdesk server = start(app, "1m")) {
            get(server, "/a/1");
            get(server, "/a/2");
            get(server, "/b");
            assertThat(server.get("/purge/?key=/a/*").status()).isEqualTo(204);
            await().untilAsserted(() -> assertThat(files()).hasSize(1));
            assertThat(get(server, "/a/1")).isEqualTo("MISS answer 4");
            assertThat(get(server, "/b")).isEqualTo("HIT answer 3");
        }
    }
}
