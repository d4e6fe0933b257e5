package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoopClockTest {

    private final FixedTime time = new FixedTime();
    private final LoopClock clock = new LoopClock(time, ZoneOffset.UTC);

    @Test
    void rendersTheTextsOfLogsAndHeads() {
        assertThat(text(clock.httpDate())).isEqualTo("Tue, 24 Nov 2026 10:48:34 GMT").hasSize(29);
        assertThat(text(clock.logTime())).isEqualTo("24/Nov/2026:10:48:34 +0000");
        assertThat(text(clock.isoTime())).isEqualTo("2026-11-24T10:48:34+00:00");
        assertThat(text(clock.errorTime())).isEqualTo("2026/11/24 10:48:34");
    }

    @Test
    void rendersTheZoneInLogsAndNotInHeads() {
        var newfoundland = new LoopClock(time, ZoneId.of("America/St_Johns"));
        assertThat(text(newfoundland.logTime())).isEqualTo("24/Nov/2026:07:18:34 -0330");
        assertThat(text(newfoundland.isoTime())).isEqualTo("2026-11-24T07:18:34-03:30");
        assertThat(text(newfoundland.httpDate())).isEqualTo("Tue, 24 Nov 2026 10:48:34 GMT");
    }

    @Test
    void writesMsecWithAllThreeDigits() {
        byte[] out = new byte[20];
        assertThat(new String(out, 2, clock.writeMsec(out, 2) - 2, StandardCharsets.US_ASCII))
                .isEqualTo("1795517314.007");
    }

    @Test
    void keepsItsTimeForATurn() {
        long before = clock.nanos();
        time.nanos += 5;
        time.wallMillis += 5;
        assertThat(clock.nanos()).isEqualTo(before);
        clock.turn();
        assertThat(clock.nanos()).isEqualTo(before + 5);
        assertThat(clock.wallMillis()).isEqualTo(time.wallMillis);
    }

    @Test
    void rendersOnceASecond() {
        byte[] first = clock.logTime();
        clock.turn();
        time.wallMillis += 992;
        assertThat(clock.logTime()).isSameAs(first);
        clock.turn();
        time.wallMillis += 1;
        assertThat(text(clock.logTime())).isEqualTo("24/Nov/2026:10:48:35 +0000");
        assertThat(text(first)).isEqualTo("24/Nov/2026:10:48:34 +0000");
    }

    @Test
    void followsACalendarClockThatIsSetBack() {
        assertThat(text(clock.errorTime())).isEqualTo("2026/11/24 10:48:34");
        clock.turn();
        time.wallMillis -= 86_400_000;
        assertThat(text(clock.errorTime())).isEqualTo("2026/11/23 10:48:34");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static final class FixedTime implements LoopClock.Source {

        private long nanos = Long.MAX_VALUE - 2;
        private long wallMillis = Instant.parse("2026-11-24T10:48:34.007Z").toEpochMilli();

        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public long wallMillis() {
            return wallMillis;
        }
    }
}
