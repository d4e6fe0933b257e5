package io.frontdesk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.codec.http1.RequestReader;
import io.frontdesk.codec.http1.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any bytes of a client: a head is read or refused, however the bytes are cut, and what is read is safe to write again. */
class RequestReaderFuzzTest {
    private record Outcome(Result result, int consumed, String head) {}

    @FuzzTest(maxDuration = "5m")
    void readsAnyCutAlike(byte[] bytes) {
        Outcome whole = read(bytes, bytes.length);
        assertThat(read(bytes, 1)).isEqualTo(whole);
        assertThat(read(bytes, 7)).isEqualTo(whole);
    }

    private static Outcome read(byte[] bytes, int step) {
        RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
        RequestHead head = new RequestHead();
        Result result = Result.NEED_MORE;
        int consumed = 0;
        for (int at = 0; at < bytes.length && result == Result.NEED_MORE; at += step) {
            ByteBuf part = Unpooled.wrappedBuffer(bytes, at, Math.min(step, bytes.length - at));
            result = reader.read(part, head);
            consumed = at + part.readerIndex();
        }
        if (result == Result.HEAD) {
            check(head);
            return new Outcome(result, consumed, describe(head));
        }
        return new Outcome(result, result == Result.REFUSED ? 0 : consumed,
                result == Result.REFUSED ? reader.refusal().status() + "" : "");
    }

    private static String describe(RequestHead head) {
        return head.methodString() + ' ' + head.rawTarget() + ' ' + head.path() + ' ' + head.query() + ' '
                + head.version()
                + ' ' + head.host() + ' ' + head.port() + ' ' + head.framing() + ' ' + head.contentLength() + ' '
                + head.keepsAlive() + ' ' + head.fields();
    }

    private static void check(RequestHead head) {
        assertThat(head.contentLength() >= 0 && head.isChunked()).as("two framings").isFalse();
        Fields fields = head.fields();
        for (int i = 0; i < fields.size(); i++) {
            assertThat(fields.nameString(i)).matches("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
            assertThat(fields.valueString(i)).doesNotContain("\r", "\n", "\0");
        }
        assertThat(head.host().toString()).doesNotContain("\r", "\n", "\0", " ", "/", "@");
        assertThat(head.rawTarget()).doesNotContain("\r", "\n", "\0", " ");
    }
}
