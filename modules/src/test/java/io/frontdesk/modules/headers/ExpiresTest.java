package io.frontdesk.modules.headers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frontdesk.modules.headers.Expires.Fixed;
import io.frontdesk.modules.headers.Expires.Kind;
import org.junit.jupiter.api.Test;

class ExpiresTest {
    @Test
    void readsAllForms() {
        assertThat(Expires.parse("epoch", false)).isEqualTo(new Fixed(Kind.EPOCH, 0));
        assertThat(Expires.parse("max", false)).isEqualTo(new Fixed(Kind.MAX, 0));
        assertThat(Expires.parse("off", false)).isEqualTo(new Fixed(Kind.OFF, 0));
        assertThat(Expires.parse("1h", false)).isEqualTo(new Fixed(Kind.ACCESS, 3600));
        assertThat(Expires.parse("+1h", false)).isEqualTo(new Fixed(Kind.ACCESS, 3600));
        assertThat(Expires.parse("-1", false)).isEqualTo(new Fixed(Kind.ACCESS, -1));
        assertThat(Expires.parse("1y", true)).isEqualTo(new Fixed(Kind.MODIFIED, 31536000));
        assertThat(Expires.parse("@15h30m", false)).isEqualTo(new Fixed(Kind.DAILY, 55800));
    }

    @Test
    void refusesWhatIsNone() {
        assertThatThrownBy(() -> Expires.parse("", false)).hasMessage("invalid value");
        assertThatThrownBy(() -> Expires.parse("soon", false)).hasMessage("invalid value");
        assertThatThrownBy(() -> Expires.parse("epoch", true)).hasMessage("invalid value");
        assertThatThrownBy(() -> Expires.parse("@25h", false))
                .hasMessage("daily time value must be less than 24 hours");
        assertThatThrownBy(() -> Expires.parse("@1h", true))
                .hasMessage("daily time cannot be used with \"modified\" parameter");
    }
}
