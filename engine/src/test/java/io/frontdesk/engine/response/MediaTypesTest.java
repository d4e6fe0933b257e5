package io.frontdesk.engine.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import org.junit.jupiter.api.Test;

class MediaTypesTest {
    private final MediaTypes types = MediaTypes.of("text/html", "text/xml");

    @Test
    void comparesWithoutRegardToCaseAndParameters() {
        assertThat(types.contains(Bytes.of("Text/HTML"))).isTrue();
        assertThat(types.contains(Bytes.of("text/xml ; version=1"))).isTrue();
        assertThat(types.contains(Bytes.of("text/htm"))).isFalse();
        assertThat(types.contains(Bytes.of("text/html5"))).isFalse();
        assertThat(types.contains(Bytes.of(""))).isFalse();
    }
}
