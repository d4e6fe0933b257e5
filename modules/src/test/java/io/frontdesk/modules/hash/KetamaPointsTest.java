package io.frontdesk.modules.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KetamaPointsTest {
    @ParameterizedTest
    @CsvSource({"127.0.0.1:80, 127.0.0.1|80", "a.example, a.example|", "a.example:, a.example|",
            "a.example:8x, a.example:8x|",
            "unix:/run/s.sock, /run/s.sock|", "[::1]:8080, [::1]|8080", "10, 10|"})
    void takesAServerApartAsNginxDoes(String server, String parts) {
        assertThat(KetamaPoints.hostAndPort(server).replace('\0', '|')).isEqualTo(parts);
    }

    @Test
    void goesOnWithACrcFromAnyStep() {
        byte[] text = "hello world".getBytes(StandardCharsets.US_ASCII);
        CRC32 whole = new CRC32();
        whole.update(text);
        int half = Crc32.update(Crc32.START, text, 0, 5);
        assertThat(Crc32.finish(Crc32.update(half, text, 5, text.length - 5))).isEqualTo((int) whole.getValue());
    }

    @Test
    void hashesWithTheNumberOfTheTurnBeforeTheKey() {
        CRC32 crc = new CRC32();
        crc.update("12key".getBytes(StandardCharsets.US_ASCII));
        assertThat(HashBalancer.part(Bytes.of("key"), 12)).isEqualTo((int) (crc.getValue() >>> 16 & 0x7fff));
    }
}
