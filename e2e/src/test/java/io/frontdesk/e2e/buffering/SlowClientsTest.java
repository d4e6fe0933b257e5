package io.frontdesk.e2e.buffering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.engine.worker.Worker;
import io.frontdesk.testkit.Frontdesk;
import io.frontdesk.testkit.RawClient;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PoolChunkListMetric;
import io.netty.buffer.PoolChunkMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fault table's rows "slow client, huge response" and "never-ending chunked". */
class SlowClientsTest {
    private static final int CLIENTS = 24;
    /** proxy_buffers, proxy_buffer_size, and 64 KiB that wait to be sent; an eighth for how the allocator rounds. */
    private static final long MOST_EACH = (32 + 4 + 64) * 1024 * 9 / 8;
    /** The buffers that a loop reads into, those that its last few clients may keep for a moment, what the allocator has at hand. */
    private static final long MOST_OF_A_LOOP = (64 + 256 + 8 * 256 + 64 * 40) * 1024;

    @Test
    void keepsTheMemoryOfSlowClientsWithinTheirBuffersAndTheRestOnTheDisk() {
        try (EndlessOrigin origin = new EndlessOrigin(); Frontdesk server = Frontdesk.with("origin", origin).start("""
                worker_processes 1;
                http {
                    proxy_temp_path {{prefix}}/temp 1 2;
                    proxy_max_temp_file_size 1m;
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://{{origin}}; }
                    }
                }
                """)) {
            List<RawClient> clients = ask(server);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> fullFiles(server.prefix().resolve("temp")) == CLIENTS);
            assertThat(activeBytes(server)).isLessThan(CLIENTS * MOST_EACH + MOST_OF_A_LOOP);
            clients.forEach(client -> client.awaitText("xxxx"));
            clients.forEach(RawClient::close);
        }
    }

    @Test
    void keepsTheMemoryOfSlowClientsWithinTheirBuffersWithoutAFile() {
        try (EndlessOrigin origin = new EndlessOrigin(); Frontdesk server = Frontdesk.with("origin", origin).start("""
                worker_processes 1;
                http {
                    proxy_max_temp_file_size 0;
                    server {
                        listen 127.0.0.1:{{port}};
                        location / { proxy_pass http://{{origin}}; }
                        location /unbuffered/ { proxy_pass http://{{origin}}; proxy_buffering off; }
                    }
                }
                """)) {
            List<RawClient> clients = ask(server);
            // the origin's own socket fills once nobody reads it any more
            awaitStandstill(origin);
            assertThat(activeBytes(server)).isLessThan(CLIENTS * MOST_EACH + MOST_OF_A_LOOP);
            clients.forEach(client -> client.awaitText("xxxx"));
            clients.forEach(RawClient::close);
        }
    }

    private static List<RawClient> ask(Frontdesk server) {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(server.connect().send("GET " + (i % 2 == 0 ? "/" : "/unbuffered/")
                    + " HTTP/1.1\r\nHost: a\r\n\r\n"));
        }
        return clients;
    }

    private static void awaitStandstill(EndlessOrigin origin) {
        long[] before = {-1};
        await().pollInterval(Duration.ofMillis(300)).atMost(Duration.ofSeconds(60)).until(() -> {
            long now = origin.sent();
            boolean same = now == before[0];
            before[0] = now;
            return same && now > 0;
        });
    }

    private static long fullFiles(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder, 3)) {
            return all.filter(Files::isRegularFile).filter(file -> file.toFile().length() >= 1 << 20).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long activeBytes(Frontdesk server) {
        long used = 0;
        for (Worker worker : server.server().engine().workers()) {
            for (PoolArenaMetric arena : ((PooledByteBufAllocator) worker.allocator()).metric().directArenas()) {
                for (PoolChunkListMetric list : arena.chunkLists()) {
                    for (PoolChunkMetric chunk : list) {
                        used += chunk.chunkSize() - chunk.freeBytes();
                    }
                }
            }
        }
        return used;
    }
}
