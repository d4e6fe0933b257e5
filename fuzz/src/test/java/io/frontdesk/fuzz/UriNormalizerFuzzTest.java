package io.frontdesk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.codec.uri.UriNormalizer;

/** Any path: what is normalised has no dot segments, and is the same when it is escaped and normalised again. */
class UriNormalizerFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void leavesNoDotSegments(byte[] bytes) {
        for (boolean merge : new boolean[]{true, false}) {
            byte[] path = new byte[bytes.length + 1];
            path[0] = '/';
            System.arraycopy(bytes, 0, path, 1, bytes.length);
            for (byte b : bytes) {
                if (b == 0 || b == '?' || b == '#') {
                    return; // never part of a path: the reader of the head saw to that
                }
            }
            Bytes out = new Bytes();
            if (!UriNormalizer.normalize(path, 0, path.length, merge, out)) {
                return;
            }
            String normal = out.toString();
            assertThat(normal).startsWith("/").doesNotContain("/../", "/./");
            assertThat(normal).doesNotEndWith("/..").doesNotEndWith("/.");
            if (merge) {
                assertThat(normal).doesNotContain("//");
            }
            assertThat(normal.length()).isLessThanOrEqualTo(path.length);
            byte[] again = UriEscape.URI.escape(normal).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
            Bytes twice = new Bytes();
            assertThat(UriNormalizer.normalize(again, 0, again.length, merge, twice)).isTrue();
            assertThat(twice.toString()).isEqualTo(normal);
        }
    }
}
