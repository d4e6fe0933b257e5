package io.frontdesk.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.FrontdeskProcess;
import io.frontdesk.testkit.RawClient;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** "binary upgrade": another program takes over on the same sockets, by nginx's signals. */
class UpgradeTest {
    private static final String CONFIG = """
            worker_processes 2;
            error_log logs/error.log notice;
            http {
                access_log off;
                server {
                    listen 127.0.0.1:{{port}};
                    listen unix:{{prefix}}/sock;
                    location / { return 200 "old"; }
                }
            }
            """;
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static String pid(FrontdeskProcess server) {
        return server.read("logs/nginx.pid").strip();
    }

    private static String oldPid(FrontdeskProcess server) {
        return server.read("logs/nginx.pid.oldbin").strip();
    }

    private static String ask(FrontdeskProcess server) {
        try (RawClient client = server.connect()) {
            return client.send(GET).readAnswer().body();
        }
    }

    private static String askByFile(Path file) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(file))) {
            client.write(ByteBuffer.wrap(GET.getBytes(StandardCharsets.ISO_8859_1)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            int got = 0;
            while (got >= 0) {
                got = client.read(answer);
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Only one of the two answers. */
    private static boolean allAnswer(FrontdeskProcess server, String body) {
        for (int i = 0; i < 40; i++) {
            if (!ask(server).equals(body)) {
                return false;
            }
        }
        return true;
    }

    /** Starts the other program, and waits until it serves beside this one; the number of this one. */
    private static String upgrade(FrontdeskProcess server) {
        String old = pid(server);
        server.signal("USR2");
        server.await(() -> oldPid(server).equals(old) && !pid(server).isEmpty());
        return old;
    }

    /** Clients that ask all the time, each request on a connection of its own. */
    private static final class Load implements AutoCloseable {
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicLong answers = new AtomicLong();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final Thread[] threads = new Thread[3];

        Load(FrontdeskProcess server) {
            for (int i = 0; i < threads.length; i++) {
                threads[i] = Thread.ofPlatform().start(() -> {
                    while (!over.get()) {
                        try {
                            String body = ask(server);
                            if (!body.equals("old") && !body.equals("new")) {
                                failures.add("answered " + body);
                            }
                            answers.incrementAndGet();
                        } catch (RuntimeException | AssertionError e) {
                            failures.add(e.toString());
                        }
                    }
                });
            }
        }

        @Override
        public void close() {
            over.set(true);
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void handsItsSocketsOverUnderLoad() throws IOException {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG)) {
            server.writeConfig(CONFIG.replace("old", "new"));
            Load load = new Load(server);
            try (load) {
                String old = upgrade(server);
                server.await(() -> ask(server).equals("new"));

                server.signal("WINCH", old);
                server.await(() -> allAnswer(server, "new"));
                assertThat(server.process().isAlive()).isTrue();

                server.signal("HUP", old);
                server.await(() -> ask(server).equals("old"));

                server.signal("WINCH", old);
                server.await(() -> allAnswer(server, "new"));
                server.signal("QUIT", old);
                assertThat(server.awaitExit()).isZero();
                assertThat(oldPid(server)).isEmpty();
                assertThat(pid(server)).isNotEmpty().isNotEqualTo(old);
                assertThat(allAnswer(server, "new")).isTrue();
            }
            assertThat(load.failures).isEmpty();
            assertThat(load.answers.get()).isPositive();
            assertThat(askByFile(server.prefix().resolve("sock"))).endsWith("new");
            assertThat(server.errorLog()).contains("using inherited sockets from", "changing binary")
                    .doesNotContain("[emerg]").doesNotContain("[alert]");

            String now = pid(server);
            server.signal("QUIT");
            server.await(() -> ProcessHandle.of(Long.parseLong(now)).isEmpty());
            assertThat(server.prefix().resolve("sock")).doesNotExist();
        }
    }

    @Test
    void goesBackToTheOldProgram() throws IOException {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG)) {
            server.writeConfig(CONFIG.replace("old", "new"));
            String old = upgrade(server);
            server.signal("WINCH", old);
            server.await(() -> allAnswer(server, "new"));

            server.signal("TERM");

            server.await(() -> pid(server).equals(old) && allAnswer(server, "old"));
            assertThat(oldPid(server)).isEmpty();
            assertThat(askByFile(server.prefix().resolve("sock"))).endsWith("old");
        }
    }

    @Test
    void goesOnWhenTheNewProgramCannotStart() {
        try (FrontdeskProcess server = FrontdeskProcess.start(CONFIG)) {
            String old = pid(server);
            server.writeConfig(CONFIG.replace("return", "retrun"));

            server.signal("USR2");

            server.await(() -> server.errorLog().contains("exited with code 1"));
            server.await(() -> pid(server).equals(old));
            assertThat(ask(server)).isEqualTo("old");
        }
    }
}
