package io.frontdesk.app;

import io.frontdesk.net.ControlPlane;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT cache that the launcher uses: runs a server that proxies to itself, so that the JVM keeps what starting and proxying load,
 * link and compile. A step of the build; when it fails the program starts more slowly, and that is all.
 *
 * <p>
 * Arguments: the launcher, and the cache to make.
 */
@ControlPlane("the main thread of the build's step")
final class Training {
    private static final int ROUNDS = 300;
    private static final long PATIENCE_SECONDS = 120;
    private static final String CONFIG = """
            daemon off;
            worker_processes 2;
            error_log logs/error.log notice;
            events { worker_connections 256; }
            http {
                include mime.types;
                gzip on;
                access_log logs/access.log;
                upstream origins {
                    server 127.0.0.1:%2$d;
                    keepalive 8;
                }
                server {
                    listen 127.0.0.1:%1$d;
                    server_name localhost *.example.com ~^(?<name>.+)\\.test$;
                    location / {
                        proxy_pass http://origins;
                        proxy_set_header Host $host;
                        proxy_set_header Connection "";
                        proxy_set_header X-Real-IP $remote_addr;
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        add_header X-Origin $upstream_addr;
                    }
                    location ~ \\.txt$ {
                        root html;
                        expires 1h;
                    }
                    location = /direct {
                        proxy_pass http://127.0.0.1:%2$d;
                        proxy_buffering off;
                    }
                    location = /set {
                        set $word yes;
                        if ($word = yes) { return 204; }
                    }
                    location /old {
                        rewrite ^/old/(.*)$ /new/$1 permanent;
                    }
                }
                server {
                    listen 127.0.0.1:%2$d;
                    return 200 "Hello: $request_method $request_uri $http_x_real_ip\\n";
                }
            }
            """;

    private final Path launcher;
    private final Path cache;
    private final Path prefix;

    private Training(Path launcher, Path cache, Path prefix) {
        this.launcher = launcher;
        this.cache = cache;
        this.prefix = prefix;
    }

    /** The step. */
    public static void main(String[] arguments) {
        try {
            Path cache = Path.of(arguments[1]).toAbsolutePath();
            Files.deleteIfExists(cache);
            new Training(Path.of(arguments[0]).toAbsolutePath(), cache, cache.resolveSibling("training")).run();
        } catch (IOException | InterruptedException | IllegalStateException e) {
            System.err.println("no AOT cache was made, the program will start more slowly: " + e);
        }
    }

    private void run() throws IOException, InterruptedException {
        Files.createDirectories(prefix.resolve("logs"));
        Files.createDirectories(prefix.resolve("html"));
        Files.writeString(prefix.resolve("html/a.txt"), "some text\n".repeat(1000));
        Files.writeString(prefix.resolve("mime.types"), "types { text/plain txt; text/html html; }\n");
        int port = freePort();
        Files.writeString(prefix.resolve("nginx.conf"), CONFIG.formatted(port, freePort()));
        Path pid = prefix.resolve("logs/nginx.pid");
        Files.deleteIfExists(pid);
        ProcessBuilder start = new ProcessBuilder(launcher.toString(), "-p", prefix.toString(), "-c", "nginx.conf")
                .redirectErrorStream(true).redirectOutput(prefix.resolve("logs/output").toFile());
        start.environment().put("FRONTDESK_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
        Process server = start.start();
        try {
            awaitFile(pid, server);
            for (int i = 0; i < ROUNDS; i++) {
                converse(port);
            }
            server.destroy();
            if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !Files.exists(cache)) {
                throw new IllegalStateException("the JVM wrote none, see " + prefix.resolve("logs"));
            }
        } finally {
            server.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitFile(Path file, Process server) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(file)) {
            if (!server.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("the server did not start");
            }
            Thread.sleep(10);
        }
    }

    /** One connection with the usual kinds of request. */
    private static void converse(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
            socket.setSoTimeout(20_000);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (int i = 0; i < 4; i++) {
                ask(socket, in, "GET /index?n=" + i + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: training\r\n"
                        + "Accept: */*\r\nAccept-Encoding: gzip\r\nCookie: a=b; c=d\r\n\r\n");
            }
            ask(socket, in, "POST /form HTTP/1.1\r\nHost: www.example.com\r\nContent-Length: 5\r\n\r\nhello");
            ask(socket, in,
                    "POST /form HTTP/1.1\r\nHost: x.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            ask(socket, in, "GET /a.txt HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ask(socket, in, "GET /a.txt HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-99\r\n\r\n");
            ask(socket, in, "GET /none.txt HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ask(socket, in, "GET /direct HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ask(socket, in, "GET /set HTTP/1.1\r\nHost: localhost\r\n\r\n");
            ask(socket, in, "GET /old/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        }
    }

    /** Sends a request, and reads its answer by its length or its chunks. */
    private static void ask(Socket socket, InputStream in, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        int length = 0;
        boolean chunked = false;
        for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
            chunked |= line.equals("Transfer-Encoding: chunked");
        }
        if (!chunked) {
            in.readNBytes(length);
            return;
        }
        for (int size = Integer.parseInt(readLine(in), 16); size > 0; size = Integer.parseInt(readLine(in), 16)) {
            in.readNBytes(size + 2);
        }
        readLine(in);
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the answer ended early");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
