package io.frontdesk.net.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.listen.ListenOptions.KeepAlive;
import io.frontdesk.net.listen.ListenOptions.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenOptionsTest {
    @Test
    void readsEachParameterOfTheSocket() {
        ListenOptions options = ListenOptions.DEFAULT;
        for (String word : new String[]{"backlog=1024", "rcvbuf=8k", "sndbuf=1M", "reuseport", "deferred",
                "fastopen=16",
                "ipv6only=off", "so_keepalive=30m::10"}) {
            options = taken(options.with(word));
        }
        assertThat(options)
                .isEqualTo(new ListenOptions(1024, 8192, 1 << 20, true, new KeepAlive(true, 1800, 0, 10), true,
                        16, false, 1));
    }

    @ParameterizedTest
    @CsvSource({"on, true, 0, 0, 0", "off, false, 0, 0, 0", "60, true, 60, 0, 0", "1h30m:5:, true, 5400, 5, 0",
            "::3, true, 0, 0, 3", "0:1s:0, true, 0, 1, 0", "1w2d3h4m5, true, 788645, 0, 0"})
    void readsSoKeepalive(String value, boolean on, int idle, int interval, int count) {
        assertThat(taken(ListenOptions.DEFAULT.with("so_keepalive=" + value)).keepAlive())
                .isEqualTo(new KeepAlive(on, idle, interval, count));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"backlog=0|invalid backlog \"backlog=0\"",
            "backlog=x|invalid backlog \"backlog=x\"", "backlog=99999999999|invalid backlog \"backlog=99999999999\"",
            "rcvbuf=1g|invalid rcvbuf \"rcvbuf=1g\"", "sndbuf=|invalid sndbuf \"sndbuf=\"",
            "sndbuf=k|invalid sndbuf \"sndbuf=k\"", "fastopen=-1|invalid fastopen \"fastopen=-1\"",
            "ipv6only=of|invalid ipv6only flags \"of\"", "so_keepalive=|invalid so_keepalive value: \"\"",
            "so_keepalive=::|invalid so_keepalive value: \"::\"",
            "so_keepalive=0:0:0|invalid so_keepalive value: \"0:0:0\"",
            "so_keepalive=1:2:3:4|invalid so_keepalive value: \"1:2:3:4\"",
            "so_keepalive=1m1h|invalid so_keepalive value: \"1m1h\""})
    void refusesAsNginxWords(String word, String reason) {
        assertThat(ListenOptions.DEFAULT.with(word)).isEqualTo(new Word.Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({"ssl", "default_server", "http2", "ipv6only=yes", "backlog", "deferred=1", "reuseport=on"})
    void leavesTheRestToTheServer(String word) {
        assertThat(ListenOptions.DEFAULT.with(word)).isEqualTo(new Word.Unknown());
    }

    @ParameterizedTest
    @CsvSource({"setfib=1", "accept_filter=httpready", "multipath"})
    void noticesWhatHasNoEffectHere(String word) {
        assertThat(ListenOptions.DEFAULT.with(word)).isInstanceOfSatisfying(Word.Taken.class, taken -> {
            assertThat(taken.options()).isEqualTo(ListenOptions.DEFAULT);
            assertThat(taken.notice()).endsWith("not supported on this platform, ignored");
        });
    }

    private static ListenOptions taken(Word word) {
        return ((Word.Taken) word).options();
    }
}
