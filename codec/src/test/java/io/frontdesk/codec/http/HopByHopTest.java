package io.frontdesk.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HopByHopTest {
    @Test
    void removesNamedAndWellKnownFields() {
        Fields fields = new Fields();
        fields.add("Host", "a");
        fields.add("X-Secret", "1");
        fields.add("Content-Length", "5");
        fields.add("Keep-Alive", "timeout=5");
        fields.add("Proxy-Connection", "x");
        fields.add("TE", "trailers");
        fields.add("x-secret", "2");
        fields.add("Via", "v");
        fields.add("Upgrade", "h2c");
        fields.add("Trailer", "t");
        fields.add("Connection", "host, X-SECRET,content-length");
        fields.add("Connection", "via, close");
        fields.add("X-Other", "o");
        HopByHop.removeAll(fields);
        assertThat(fields).hasToString("Host: a\nContent-Length: 5\nX-Other: o\n");
    }
}
