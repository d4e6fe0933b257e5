package io.frontdesk.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogRingTest {
    private static final int RING_BYTES = 256 * 1024;

    private final List<String> written = new ArrayList<>();
    private final LogRing ring = new LogRing(LogWriter.process(), (lines, offset, length) -> written
            .add(new String(lines, offset, length, StandardCharsets.ISO_8859_1)), 64 * 1024, 0);

    private static String line(int number, int length) {
        return (number + " ").repeat(length).substring(0, length - 1) + "\n";
    }

    private void write(String line) {
        Bytes bytes = new Bytes(16);
        bytes.write(line.getBytes(StandardCharsets.ISO_8859_1));
        ring.write(bytes);
    }

    private String all() {
        return String.join("", written);
    }

    @Test
    void waitsForEnoughUnlessForced() {
        write(line(1, 60_000));
        assertThat(ring.drain(false)).isFalse();

        write(line(2, 6_000));
        assertThat(ring.drain(false)).isTrue();
        assertThat(ring.drain(true)).isFalse();
        assertThat(all()).isEqualTo(line(1, 60_000) + line(2, 6_000));
    }

    @Test
    void writesOnlyWholeLinesAtATimeHoweverTheyLieInTheRing() {
        Random random = new Random(1);
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5_000; i++) {
            String line = line(i, 2 + random.nextInt(3_000));
            expected.append(line);
            write(line);
            if (random.nextInt(20) == 0) {
                ring.drain(random.nextBoolean());
            }
        }
        ring.drain(true);

        assertThat(all()).isEqualTo(expected.toString());
        assertThat(written).allMatch(part -> part.endsWith("\n"));
    }

    @Test
    void endsALapWhereTheRingEnds() {
        String quarter = line(1, RING_BYTES / 4);
        for (int i = 0; i < 9; i++) {
            write(quarter);
            if (i % 3 == 2) {
                ring.drain(true);
            }
        }
        ring.drain(true);

        assertThat(all()).isEqualTo(quarter.repeat(9));
    }

    @Test
    void takesLinesThatItHasNoPlaceFor() {
        write(line(1, 100_000));
        // Neither behind the first one nor, with the gap before the end, at the start.
        write(line(2, 200_000));
        write(line(3, RING_BYTES + 1));
        write(line(4, 10));
        ring.drain(true);

        assertThat(all()).isEqualTo(line(1, 100_000) + line(2, 200_000) + line(3, RING_BYTES + 1) + line(4, 10));
    }

    @Test
    void losesNothingWhileAnotherThreadDrains() throws InterruptedException {
        StringBuilder expected = new StringBuilder();
        Thread drains = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                ring.drain(false);
            }
        });
        Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            String line = line(i, 2 + random.nextInt(1_000));
            expected.append(line);
            write(line);
        }
        drains.interrupt();
        drains.join();
        ring.drain(true);

        assertThat(all()).isEqualTo(expected.toString());
        assertThat(written).allMatch(part -> part.endsWith("\n"));
    }
}
