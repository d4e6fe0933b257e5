package io.frontdesk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http1.Framing;
import io.frontdesk.codec.http1.ResponseHead;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.codec.http1.ResponseReader;
import io.frontdesk.codec.http1.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Any bytes of an origin: a head is read or refused, however the bytes are cut, and what is read is safe to write again. */
class ResponseReaderFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void readsAnyCutAlike(byte[] bytes) {
        for (boolean toHead : new boolean[]{false, true}) {
            String whole = read(bytes, bytes.length, toHead);
            assertThat(read(bytes, 1, toHead)).isEqualTo(whole);
            assertThat(read(bytes, 5, toHead)).isEqualTo(whole);
        }
    }

    private static String read(byte[] bytes, int step, boolean toHead) {
        ResponseReader reader = new ResponseReader();
        reader.start(ResponseLimits.DEFAULT, toHead);
        ResponseHead head = new ResponseHead();
        StringBuilder seen = new StringBuilder();
        for (int at = 0; at < bytes.length; at += step) {
            ByteBuf part = Unpooled.wrappedBuffer(bytes, at, Math.min(step, bytes.length - at));
            while (part.isReadable()) {
                Result result = reader.read(part, head);
                if (result == Result.REFUSED) {
                    return seen.append("refused").toString();
                }
                if (result == Result.NEED_MORE) {
                    break;
                }
                check(head, toHead);
                seen.append(head.status()).append(' ').append(head.framing()).append(' ').append(head.contentLength())
                        .append(' ').append(head.keepsAlive()).append(' ').append(head.reason()).append(' ')
                        .append(head.fields()).append('\n');
                if (result == Result.HEAD) {
                    return seen.append(at + part.readerIndex()).toString();
                }
            }
        }
        return seen.toString();
    }

    private static void check(ResponseHead head, boolean toHead) {
        assertThat(head.status()).isBetween(100, 999);
        assertThat(head.reason()).doesNotContain("\r", "\n", "\0");
        if (toHead || head.status() == 204 || head.status() == 304) {
            assertThat(head.framing()).isEqualTo(Framing.NONE);
        }
        Fields fields = head.fields();
        for (int i = 0; i < fields.size(); i++) {
            assertThat(fields.nameString(i)).matches("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");
            assertThat(fields.valueString(i)).doesNotContain("\r", "\n", "\0");
        }
    }
}
