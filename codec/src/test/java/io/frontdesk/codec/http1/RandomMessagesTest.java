package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.HttpVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages spoilt at random: nothing throws, and what is accepted reads the same after we wrote it. */
class RandomMessagesTest {
    private static final String OCTETS = "\r\n\t \0:;,/.%#?\"\\_-0159aAzZ\u0001\u007f\u0080\u00ff";
    private static final String STRICT_HEAD = "(?s)[A-Z_-]+ [!-~\u0080-\u00ff]+ HTTP/1\\.1\r\n"
            + "([!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\r\n\0]*\r\n)*\r\n";

    private static byte[] spoil(String message, Random random) {
        StringBuilder text = new StringBuilder(message);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(text.length());
            char octet = OCTETS.charAt(random.nextInt(OCTETS.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, octet);
                case 1 -> text.insert(at, octet);
                case 2 -> text.delete(at, Math.min(text.length() - 1, at + 1 + random.nextInt(3)));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(30))));
            }
        }
        return Cuts.bytes(text.toString());
    }

    private static String request(byte[] raw, int step, RequestReader reader, RequestHead head) {
        reader.reset();
        for (int from = 0; from < raw.length; from += step) {
            ByteBuf in = Unpooled.wrappedBuffer(raw, from, Math.min(step, raw.length - from));
            Result result = reader.read(in, head);
            if (result == Result.REFUSED) {
                return reader.refusal().toString();
            }
            if (result == Result.HEAD) {
                return RequestReading.render(head) + (raw.length - from - in.readerIndex());
            }
        }
        return "more";
    }

    @Test
    void readsSpoiltRequestsTheSameHoweverCut() {
        Random random = new Random(17);
        RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
        RequestHead head = new RequestHead();
        int accepted = 0;
        for (int round = 0; round < 15_000; round++) {
            byte[] raw = spoil(AllocationTest.REQUEST, random);
            String cut = request(raw, 1 + random.nextInt(200), reader, head);
            String whole = request(raw, raw.length, reader, head);
            assertThat(cut).isEqualTo(whole);
            if (whole.equals("more") || whole.startsWith("Refusal")) {
                continue;
            }
            accepted++;
            String fields = head.fields().toString();
            Bytes out = new Bytes();
            assertThat(HeadWriter.requestLine(out, head.bytes().array(), head.methodOffset(), head.methodLength(),
                    head.bytes().array(), head.rawTargetOffset(), head.rawTargetLength(), HttpVersion.HTTP_1_1))
                    .isTrue();
            HeadWriter.fields(out, head.fields());
            HeadWriter.end(out);
            assertThat(out.toString()).matches(STRICT_HEAD);
            assertThat(request(out.toArray(), out.length(), reader, head)).doesNotStartWith("Refusal");
            assertThat(head.fields()).hasToString(fields);
        }
        assertThat(accepted).isGreaterThan(2000);
    }

    @Test
    void readsSpoiltResponsesTheSameHoweverCut() {
        Random random = new Random(19);
        for (int round = 0; round < 15_000; round++) {
            byte[] raw = spoil(AllocationTest.RESPONSE, random);
            assertThat(response(raw, raw.length)).isEqualTo(response(raw, 1 + random.nextInt(40)));
        }
    }

    private static String response(byte[] raw, int step) {
        ResponseReader reader = new ResponseReader();
        reader.start(ResponseLimits.DEFAULT, false);
        ResponseHead head = new ResponseHead();
        ContentReader content = new ContentReader(Side.UPSTREAM, 1000, 10);
        StringBuilder seen = new StringBuilder();
        boolean inContent = false;
        for (int from = 0; from < raw.length; from += step) {
            ByteBuf in = Unpooled.wrappedBuffer(raw, from, Math.min(step, raw.length - from));
            if (!inContent) {
                Result result = reader.read(in, head);
                if (result == Result.REFUSED) {
                    return reader.refusal().toString();
                }
                if (result != Result.HEAD) {
                    continue;
                }
                inContent = true;
                content.start(head.framing(), head.contentLength(), 0);
                seen.append(head.status()).append(head.fields());
            }
            ContentEvent event;
            while ((event = content.read(in)) == ContentEvent.DATA) {
                seen.append(in.toString(content.dataOffset(), content.dataLength(), StandardCharsets.ISO_8859_1));
            }
            if (event == ContentEvent.REFUSED) {
                return content.refusal().toString();
            }
            if (event == ContentEvent.END) {
                return seen.append(content.trailers()).append(raw.length - from - in.readerIndex()).toString();
            }
        }
        return seen.append("more").toString();
    }
}
