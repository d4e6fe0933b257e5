package io.frontdesk.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import org.junit.jupiter.api.Test;

class MethodTest {
    @Test
    void findsEachMethodAndNoOther() {
        for (Method method : Method.values()) {
            String name = method.name();
            assertThat(Method.of(name)).isEqualTo(method);
            assertThat(Method.of(name + "X")).isEqualTo(Method.OTHER);
            assertThat(Method.of(name.toLowerCase(java.util.Locale.ROOT))).isEqualTo(Method.OTHER);
            assertThat(Method.of(name.substring(1))).isEqualTo(Method.OTHER);
        }
        assertThat(Method.of("")).isEqualTo(Method.OTHER);
        assertThat(Method.of("PROPPATCI")).isEqualTo(Method.OTHER);
    }

    @Test
    void wordsStatusesAsNginx() {
        assertThat(Status.reason(302)).isEqualTo("Moved Temporarily");
        assertThat(Status.reason(504)).isEqualTo("Gateway Time-out");
        assertThat(Status.reason(418)).isEmpty();
        assertThat(Status.reason(1)).isEmpty();
        Bytes out = new Bytes();
        Status.writeLine(413, out);
        Status.writeLine(418, out);
        assertThat(out).hasToString("HTTP/1.1 413 Request Entity Too Large\r\nHTTP/1.1 418 \r\n");
    }
}
