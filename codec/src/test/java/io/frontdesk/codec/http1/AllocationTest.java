package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.HopByHop;
import io.frontdesk.codec.http.HttpVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** A reader and a writer in their steady state allocate nothing. */
class AllocationTest {
    static final String REQUEST = """
            GET /assets/app.js?v=3%20x HTTP/1.1
            Host: www.example.org
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-US,en;q=0.5
            Accept-Encoding: gzip, deflate, br, zstd
            Referer: https://www.example.org/some/page/with/a/path.html
            Cookie: session=0123456789abcdef0123456789abcdef; theme=dark; consent=yes
            Connection: keep-alive
            Upgrade-Insecure-Requests: 1
            Sec-Fetch-Dest: document
            Sec-Fetch-Mode: navigate
            If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT

            """.replace("\n", "\r\n");
    static final String RESPONSE = """
            HTTP/1.1 200 OK
            Server: origin/1.0
            Date: Sun, 06 Nov 1994 08:49:37 GMT
            Content-Type: text/html; charset=utf-8
            Transfer-Encoding: chunked
            Last-Modified: Sun, 06 Nov 1994 08:49:37 GMT
            ETag: "5f3-abc"
            Cache-Control: max-age=60

            5;x=y
            hello
            0
            X-T: v

            """.replace("\n", "\r\n");

    private static long perRound(Runnable round) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 2000; i++) {
            round.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 2000; i++) {
            round.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / 2000;
    }

    @Test
    void readsAndForwardsRequestsWithoutAllocation() {
        RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
        RequestHead head = new RequestHead();
        Bytes out = new Bytes(2048);
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes(REQUEST));
        assertThat(perRound(() -> {
            in.readerIndex(0);
            if (reader.read(in, head) != Result.HEAD) {
                throw new AssertionError();
            }
            HopByHop.removeAll(head.fields());
            out.clear();
            HeadWriter.requestLine(out, head.method(), head.bytes().array(), head.rawTargetOffset(),
                    head.rawTargetLength(),
                    HttpVersion.HTTP_1_1);
            HeadWriter.field(out, FieldName.HOST, head.host().array(), 0, head.host().length());
            HeadWriter.fields(out, head.fields());
            HeadWriter.end(out);
        })).isZero();
        assertThat(out.toString()).startsWith("GET /assets/app.js?v=3%20x HTTP/1.1\r\nHost: www.example.org\r\n");
    }

    @Test
    void readsResponsesWithoutAllocation() {
        ResponseReader reader = new ResponseReader();
        ResponseHead head = new ResponseHead();
        ContentReader content = new ContentReader(Side.UPSTREAM, 4096, 100);
        Bytes out = new Bytes(2048);
        ByteBuf in = Unpooled.wrappedBuffer(Cuts.bytes(RESPONSE));
        assertThat(perRound(() -> {
            in.readerIndex(0);
            reader.start(ResponseLimits.DEFAULT, false);
            if (reader.read(in, head) != Result.HEAD) {
                throw new AssertionError();
            }
            content.start(head.framing(), head.contentLength(), 0);
            while (content.read(in) == ContentEvent.DATA) {
                // passed on
            }
            out.clear();
            HeadWriter.statusLine(out, head.status());
            HeadWriter.fields(out, head.fields());
            HeadWriter.end(out);
        })).isZero();
        assertThat(content.isEnded()).isTrue();
    }
}
