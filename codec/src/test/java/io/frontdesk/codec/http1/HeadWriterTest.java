package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadWriterTest {
    private final Bytes out = new Bytes();

    private boolean target(String target) {
        byte[] bytes = Cuts.bytes(target);
        return HeadWriter.requestLine(out, Method.GET, bytes, 0, bytes.length, HttpVersion.HTTP_1_1);
    }

    @Test
    void writesARequestHead() {
        assertThat(target("/a?b")).isTrue();
        assertThat(HeadWriter.field(out, FieldName.HOST, "a")).isTrue();
        assertThat(HeadWriter.field(out, FieldKey.of("X-Y"), Cuts.bytes("zzz"), 1, 1)).isTrue();
        HeadWriter.field(out, FieldName.CONTENT_LENGTH, 12L);
        HeadWriter.end(out);
        assertThat(out).hasToString("GET /a?b HTTP/1.1\r\nHost: a\r\nX-Y: z\r\nContent-Length: 12\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a b", "/a\r\nX: y", "/a\n", "/\0", "/\t", "/\u007f", "/a#b"})
    void refusesTargetsThatBreakTheLine(String target) {
        assertThat(target(target)).isFalse();
        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void refusesMethodsThatBreakTheLine() {
        byte[] method = Cuts.bytes("GET /x HTTP/1.1\r\nA:");
        assertThat(HeadWriter.requestLine(out, method, 0, method.length, Cuts.bytes("/"), 0, 1, HttpVersion.HTTP_1_1))
                .isFalse();
        assertThat(HeadWriter.requestLine(out, Method.OTHER, Cuts.bytes("/"), 0, 1, HttpVersion.HTTP_1_1)).isFalse();
        assertThat(out.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\rb", "\0", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"})
    void refusesValuesThatBreakTheLine(String value) {
        byte[] bytes = Cuts.bytes(value);
        assertThat(HeadWriter.field(out, FieldName.LOCATION, value)).isFalse();
        assertThat(HeadWriter.field(out, FieldName.LOCATION, bytes, 0, bytes.length)).isFalse();
        byte[] name = FieldName.wire(FieldName.LOCATION);
        int start = HeadWriter.beginField(out, name);
        out.write(value);
        assertThat(HeadWriter.endField(out, start, name)).isFalse();
        assertThat(out.isEmpty()).isTrue();
    }

    @Test
    void writesFieldsThatStandBehindEachOtherAsOneByOne() {
        RequestHead head = new RequestHead();
        new RequestReader(RequestLimits.DEFAULT).read(Unpooled.copiedBuffer("""
                GET / HTTP/1.1
                Host: a
                A: 1
                B:2
                C:  3
                D: 4
                E: 5\s\s
                F:\t6
                G:\s
                H:
                I: 9
                odd_name: dropped
                J: 10
                K: 11

                """.replace("\n", "\r\n").replace("D: 4\r", "D: 4"), StandardCharsets.ISO_8859_1), head);
        Fields fields = head.fields();
        fields.add("L", "12");
        fields.add("M", "13");
        assertThat(fields.size()).isEqualTo(14);
        for (int from = 0; from <= fields.size(); from++) {
            for (int to = from; to <= fields.size(); to++) {
                Bytes oneByOne = new Bytes();
                for (int i = from; i < to; i++) {
                    HeadWriter.field(oneByOne, fields, i);
                }
                out.clear();
                HeadWriter.fields(out, fields, from, to);
                assertThat(out).hasToString(oneByOne.toString());
            }
        }
    }

    @Test
    void writesResponseHeadsAndChunks() {
        HeadWriter.statusLine(out, 302);
        assertThat(HeadWriter.statusLine(out, 299, Cuts.bytes("Odd one"), 0, 7)).isTrue();
        assertThat(HeadWriter.statusLine(out, 299, Cuts.bytes("a\nb"), 0, 3)).isFalse();
        assertThat(HeadWriter.statusLine(out, 99, Cuts.bytes("a"), 0, 1)).isFalse();
        HeadWriter.chunkHeader(out, 0x1f0);
        Fields trailers = new Fields();
        trailers.add("A", "1");
        trailers.add("B", "2");
        trailers.remove(0);
        HeadWriter.lastChunk(out, trailers);
        HeadWriter.lastChunk(out);
        assertThat(out).hasToString(
                "HTTP/1.1 302 Moved Temporarily\r\nHTTP/1.1 299 Odd one\r\n1f0\r\n0\r\nB: 2\r\n\r\n0\r\n\r\n");
    }
}
