package io.frontdesk.engine.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceLookupTest {
    @ParameterizedTest
    @CsvSource({"http, _http._tcp.a.example", "_http._tcp, _http._tcp.a.example", "s1.backend, s1.backend.a.example"})
    void namesAServiceAsNginxDoes(String service, String name) {
        assertThat(ServiceLookup.name(service, "a.example")).isEqualTo(name);
    }
}
