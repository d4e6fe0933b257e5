package io.frontdesk.e2e.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.hostile.Corpus;
import io.frontdesk.testkit.hostile.HostileCase;
import io.frontdesk.testkit.hostile.Lane;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the judge of the corpus sees what is wrong: the client asks the backend itself, as if the proxy passed all on unread. */
class LaneTest {
    private static List<String> deviationsWithoutProxy(String id) throws InterruptedException {
        HostileCase hostile = Corpus.read().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        try (Lane lane = new Lane(0)) {
            lane.play(hostile, lane.backendPort());
            return lane.judge().get(id);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cl-te-001   | the backend got Content-Length and Transfer-Encoding
            te-obf-001  | a Transfer-Encoding that is not chunked
            chunk-017   | the backend got a broken chunk
            host-001    | the backend got no Host
            line-027    | a name that is no token
            path-003    | reached the backend as
            hop-002     | want X-Real-IP:127.0.0.1
            hop-010     | the backend got Keep-Alive
            resp-hdr-003| the client got a NUL
            resp-cl-024 | the unasked answer reached the client
            resp-line-030| no answer
            """)
    void seesWhatAProxyWouldHavePrevented(String id, String deviation) throws InterruptedException {
        assertThat(deviationsWithoutProxy(id)).anySatisfy(text -> assertThat(text).contains(deviation));
    }

    @Test
    void findsNothingWhereNothingIsHostile() throws InterruptedException {
        assertThat(deviationsWithoutProxy("chunk-001")).isEmpty();
    }
}
