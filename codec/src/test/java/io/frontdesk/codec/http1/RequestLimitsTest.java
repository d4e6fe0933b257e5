package io.frontdesk.codec.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each limit at the limit and one past it, with nginx's rules for its buffers. */
class RequestLimitsTest {
    private static final String TOO_LONG = "414 client sent too long URI while reading client request line";

    private static RequestLimits buffers(int first, int count, int size) {
        return new RequestLimits(first, count, size, 1000, true, false, true, false, false);
    }

    /** A request line of so many bytes, its end counted. */
    private static String line(int length) {
        return "GET /" + "a".repeat(length - 16) + " HTTP/1.1\r\n";
    }

    /** A field line of so many bytes, its end counted. */
    private static String field(int length) {
        return "X: " + "b".repeat(length - 5) + "\r\n";
    }

    @Test
    void boundsTheRequestLineByALargeBuffer() {
        RequestLimits limits = buffers(100, 4, 200);
        assertThat(line(200)).hasSize(200);
        assertThat(RequestReading.read(line(200) + "Host: a\r\n\r\n", limits)).startsWith("GET /a");
        assertThat(RequestReading.read(line(201) + "Host: a\r\n\r\n", limits)).isEqualTo(TOO_LONG);
    }

    @Test
    void letsALineFillAFirstBufferThatIsLarger() {
        RequestLimits limits = buffers(300, 4, 200);
        assertThat(RequestReading.read(line(300) + "Host: a\r\n\r\n", limits)).startsWith("GET /a");
        assertThat(RequestReading.read(line(301) + "Host: a\r\n\r\n", limits)).isEqualTo(TOO_LONG);
    }

    @Test
    void boundsTheRequestLineWhereThereIsNoLargeBuffer() {
        assertThat(RequestReading.read(line(101) + "Host: a\r\n\r\n", buffers(100, 0, 200))).isEqualTo(TOO_LONG);
    }

    @Test
    void boundsAFieldLineByALargeBuffer() {
        RequestLimits limits = buffers(64, 4, 200);
        String start = "GET / HTTP/1.1\r\nHost: a\r\n";
        assertThat(RequestReading.read(start + field(200) + "\r\n", limits)).startsWith("GET / ");
        assertThat(RequestReading.read(start + field(201) + "\r\n", limits))
                .isEqualTo("494 client sent too long header line: \"" + field(201).substring(0, 200)
                        + "...\" while reading client request headers");
    }

    @Test
    void boundsTheNumberOfLargeBuffers() {
        RequestLimits limits = buffers(25, 3, 100);
        String start = "GET / HTTP/1.1\r\nHost: a\r\n";
        assertThat(start).hasSize(25);
        // the first buffer is full; two lines of 50 fill a large one
        String five = field(50).repeat(5);
        assertThat(RequestReading.read(start + five + field(48) + "\r\n", limits)).startsWith("GET / ");
        assertThat(RequestReading.read(start + five + field(49) + "\r\n", limits))
                .startsWith("494 client sent too long header line");
        // of lines that leave a part of each buffer empty, fewer fit
        assertThat(RequestReading.read(start + field(60).repeat(3) + "\r\n", limits)).startsWith("GET / ");
        assertThat(RequestReading.read(start + field(60).repeat(4) + "\r\n", limits))
                .startsWith("494 client sent too long");
    }

    @Test
    void boundsTheNumberOfFields() {
        RequestLimits limits = new RequestLimits(1024, 4, 8192, 5, true, false, true, false, false);
        String start = "GET / HTTP/1.1\r\nHost: a\r\n";
        assertThat(RequestReading.read(start + "X: y\r\n".repeat(4) + "\r\n", limits)).startsWith("GET / ");
        assertThat(RequestReading.read(start + "X: y\r\n".repeat(5) + "\r\n", limits))
                .isEqualTo("494 client sent too many header lines while reading client request headers");
    }

    @Test
    void readsALargeHeadWithinTheDefaults() {
        String raw = "GET / HTTP/1.1\r\nHost: a\r\n" + field(8000) + field(8000) + field(8000) + "\r\n";
        assertThat(RequestReading.read(raw)).startsWith("GET / ");
        assertThat(RequestReading.read("GET /" + "a".repeat(100_000))).isEqualTo(TOO_LONG);
        assertThat(RequestReading.read("A".repeat(10_000))).isEqualTo(TOO_LONG);
    }
}
