package io.frontdesk.modules.sticky;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import org.junit.jupiter.api.Test;

class SessionZoneTest {
    private static final byte[] ONE = {'1'};
    private static final byte[] TWO = {'2'};

    private static SessionKey key(String name) {
        return SessionKey.of(Bytes.of(name));
    }

    @Test
    void forgetsASessionThatWasNotUsedForItsTime() {
        SessionZone zone = new SessionZone("u", 32 * 1024, 1000);
        zone.put(key("a"), ONE, 0);
        assertThat(zone.find(key("a"), 999)).isEqualTo(ONE);
        zone.renew(key("a"), TWO, 999);
        assertThat(zone.find(key("a"), 1998)).isEqualTo(TWO);
        assertThat(zone.find(key("a"), 1999)).isNull();
        zone.renew(key("a"), ONE, 2500);
        assertThat(zone.find(key("a"), 2500)).isNull();
    }

    @Test
    void holdsNoMoreSessionsThanItsSizeAllows() {
        SessionZone zone = new SessionZone("u", 32 * 1024, 1000);
        for (int i = 0; i < 1000; i++) {
            zone.put(key("s" + i), ONE, i);
        }
        assertThat(zone.size()).isEqualTo(256);
        assertThat(zone.find(key("s999"), 999)).isEqualTo(ONE);
    }

    @Test
    void writesDatesAsNginxDoes() {
        assertThat(StickyCookie.date(0)).isEqualTo("Thu, 01-Jan-70 00:00:00 GMT");
        assertThat(StickyCookie.date(2_200_000_000L)).isEqualTo("Sun, 18-Sep-2039 23:06:40 GMT");
    }
}
