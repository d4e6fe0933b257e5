package io.frontdesk.e2e.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A request that a random configuration may be asked.
 *
 * @param method the method
 * @param target what the request line says
 * @param port   which port it goes to: the first, the second, or the one of TLS
 * @param plain  whether it goes there in the clear
 * @param sni    the name that the handshake asks for; empty for none
 * @param fields header lines, Host first
 * @param body   bytes of body, all zeros
 */
record RandomRequest(String method, String target, Port port, boolean plain, String sni, List<String> fields,
        int body) {
    /** The ports of a configuration. */
    enum Port {
        A, B, TLS
    }

    private static final List<String> TARGETS = List.of("/", "/a", "/a/", "/a/b", "/a/b/", "/a/b/c", "/ab", "/abc",
            "/img/x.gif",
            "/IMG/y.png", "/x/y", "/x/yz", "/c.php", "/a.html", "/dir", "/dir/", "/dir/index.html", "/a/x.html",
            "/%61/b", "//a//b", "/a/./b", "/a/../x/y", "/a%2fb", "/a/%20b", "/img/../a", "/none", "/e404.html",
            "/v1/x.jpg",
            "/a/b?k=1", "/x/q?k=0&z=%20", "/?", "/a/?k=a/b", "/dir?x", "/%e4%f6", "/a/b.PHP", "/v1/", "/x/%3Fq", "/..",
            "/a+b");
    private static final List<String> HOSTS = List.of("one.test", "a.w1.test", "www.w1.test", "mail.example",
            "dot.test",
            "x.dot.test", "up.re.test", "re2.x", "two.test", "none.test", "S0.TEST", "s1.test:81", "s2.test.",
            "127.0.0.1");

    static RandomRequest of(Random random, int number) {
        List<String> fields = new ArrayList<>();
        fields.add("Host: " + HOSTS.get(random.nextInt(HOSTS.size())));
        fields.add("X-Seq: " + number);
        some(fields, random, 3, "X-A: " + List.of("one", "two", "q.w1.test", "", "a b").get(random.nextInt(5)));
        some(fields, random, 5, "X-Forwarded-For: 10.0.0.1");
        some(fields, random, 5, "Cookie: c=d; e=f");
        some(fields, random, 6, "User-Agent: Mozilla/5.0 (test)");
        some(fields, random, 8, "Connection: X-A");
        some(fields, random, 8, "X-B: client");
        some(fields, random, 4, "Authorization: Basic " + List.of("am9lOnNlY3JldA==", "am9lOndyb25n", "bm9ib2R5Ong=",
                "!!").get(random.nextInt(4)));
        some(fields, random, 6, "X-Real-IP: " + List.of("10.1.1.1", "192.0.2.1", "none").get(random.nextInt(3)));
        some(fields, random, 6, "Referer: " + List.of("http://www.w1.test/x", "http://two.test/", "-")
                .get(random.nextInt(3)));
        some(fields, random, 8, "Accept-Encoding: gzip");
        some(fields, random, 10, "X_U: under");
        some(fields, random, 12, "X.D: dot");
        some(fields, random, 12, "Content-Type: text/x-sent");
        some(fields, random, 12, "Accept-Charset: koi8-r");
        some(fields, random, 15, "Upgrade: websocket");
        some(fields, random, 15, "TE: trailers");
        some(fields, random, 10, "Range: bytes=0-1");
        some(fields, random, 10, "If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT");
        String method = List.of("GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PROPFIND")
                .get(random.nextInt(10));
        int body = 0;
        if (method.startsWith("P") && random.nextBoolean()) {
            body = random.nextInt(100);
            fields.add("Content-Length: " + body);
        }
        Port port = List.of(Port.A, Port.A, Port.B, Port.TLS).get(random.nextInt(4));
        boolean plain = port != Port.TLS || random.nextInt(10) == 0;
        String host = fields.getFirst().substring(6);
        String sni = random.nextInt(4) > 0 ? host : HOSTS.get(random.nextInt(HOSTS.size()));
        return new RandomRequest(method, TARGETS.get(random.nextInt(TARGETS.size())), port, plain,
                plain || sni.contains(":") || sni.endsWith(".") || sni.startsWith("127") ? "" : sni, fields, body);
    }

    private static void some(List<String> fields, Random random, int oneIn, String line) {
        if (random.nextInt(oneIn) == 0) {
            fields.add(line);
        }
    }

    /** As it goes over the wire. */
    String wire() {
        return method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", fields) + "\r\n\r\n" + "0".repeat(body);
    }
}
