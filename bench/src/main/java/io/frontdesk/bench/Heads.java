package io.frontdesk.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** The heads that the benchmarks read: a browser's request, an origin's answer. */
final class Heads {
    static final String REQUEST = """
            GET /shop/items/42?sort=price&page=3 HTTP/1.1
            Host: www.example.org
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate, br
            Referer: https://www.example.org/some/page/with/a/path.html
            Cookie: session=0123456789abcdef0123456789abcdef; theme=dark; consent=yes
            Upgrade-Insecure-Requests: 1
            Sec-Fetch-Dest: document
            Sec-Fetch-Mode: navigate
            Sec-Fetch-Site: same-origin
            Cache-Control: max-age=0

            """;
    static final String RESPONSE = """
            HTTP/1.1 200 OK
            Server: nginx/1.31.5
            Date: Tue, 24 Nov 2026 10:48:34 GMT
            Content-Type: text/html; charset=utf-8
            Content-Length: 128
            Connection: keep-alive
            Last-Modified: Tue, 24 Nov 2026 10:48:34 GMT
            ETag: "5f3-abc"
            Cache-Control: max-age=60

            """;

    private Heads() {}

    /** A head as it is on the wire, in direct memory as received bytes are. */
    static ByteBuf wire(String head) {
        byte[] bytes = head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }
}
