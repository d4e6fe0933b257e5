package io.frontdesk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class ScopeTest {

    private final SampleModule sample = new SampleModule();

    @Test
    void takesTheNearestValue() throws ConfigException {
        Scope location = location("""
                http { root a; gzip on;
                    server { root b;
                        location / { gzip off; } } }
                """);
        assertThat(location.get(sample.root)).isEqualTo("b");
        assertThat(location.get(sample.gzip)).isFalse();
    }

    @Test
    void takesTheDefaultWhereNoLineSpeaks() throws ConfigException {
        Scope location = location("http { server { location / { } } }");
        assertThat(location.get(sample.limitStatus)).isEqualTo(503);
        assertThat(location.find(sample.limitStatus)).isNull();
    }

    @Test
    void readsEveryKindOfValue() throws ConfigException {
        Scope location = location("""
                http {
                    limit_req_status 429; proxy_next_upstream_tries 99999999999; client_header_timeout 1m30s;
                    ssl_session_timeout 1d; client_body_buffer_size 8k; client_max_body_size 2g; output_buffers 4 8k;
                    satisfy ANY; gzip ON; proxy_next_upstream http_500;
                    server { location / { } } }
                """);
        assertThat(location.get(sample.limitStatus)).isEqualTo(429);
        assertThat(location.get(sample.tries)).isEqualTo(Integer.MAX_VALUE);
        assertThat(location.get(sample.headerTimeout)).isEqualTo(90_000);
        assertThat(location.get(sample.valid)).isEqualTo(86_400);
        assertThat(location.get(sample.bodyBuffer)).isEqualTo(8192);
        assertThat(location.get(sample.maxBody)).isEqualTo(2L << 30);
        assertThat(location.get(sample.outputBuffers)).isEqualTo(new Buffers(4, 8192));
        assertThat(location.get(sample.satisfy)).isEqualTo(SampleModule.Satisfy.ANY);
        assertThat(location.get(sample.gzip)).isTrue();
        assertThat(location.get(sample.nextUpstream)).containsExactly(SampleModule.NextUpstream.HTTP_500);
    }

    @Test
    void dropsOuterLinesOfAListWhereThereIsAnyInnerOne() throws ConfigException {
        String server = "http { error_page 404 /a; error_page 403 /b; server { location / { %s } } }";
        assertThat(location(server.formatted("")).all(sample.errorPage)).extracting(Setting::toString).containsExactly(
                "error_page 404 /a;", "error_page 403 /b;");
        assertThat(location(server.formatted("error_page 500 /c;")).all(sample.errorPage)).extracting(
                Setting::toString).containsExactly("error_page 500 /c;");
    }

    @Test
    void inheritsNothingThatIsRepeatable() throws ConfigException {
        Scope location = location("http { server { set $a 1; set $b 2; location / { } } }");
        assertThat(location.all(sample.set)).isEmpty();
        assertThat(location.parent().all(sample.set)).hasSize(2);
        assertThat(location.parent().own(sample.set)).hasSize(2);
    }

    @Test
    void joinsSecondLinesOfMasks() throws ConfigException {
        Scope location = location("""
                http { server { location / { proxy_next_upstream timeout; proxy_next_upstream error http_500; } } }
                """);
        assertThat(location.get(sample.nextUpstream)).isEqualTo(EnumSet.of(SampleModule.NextUpstream.ERROR,
                SampleModule.NextUpstream.TIMEOUT, SampleModule.NextUpstream.HTTP_500));
        assertThat(location.own(sample.nextUpstream)).hasSize(1);
        assertThat(location.entries()).hasSize(2);
    }

    @Test
    void refusesToReadSeveralLinesAsOne() throws ConfigException {
        Scope location = location("http { server { location / { } } }");
        assertThatThrownBy(() -> location.find(sample.errorPage)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("use all");
    }

    @Test
    void refusesToReadWhatHasNoValueAndNoDefault() throws ConfigException {
        Scope main = Configs.check(sample, "");
        assertThatThrownBy(() -> main.get(sample.http)).isInstanceOf(IllegalStateException.class).hasMessageContaining(
                "no default");
    }

    @Test
    void keepsLinesInSourceOrder() throws ConfigException {
        Scope server = Configs.check(sample, """
                http { server { set $a 1; if ($a) { set $b 2; } set $c 3; } }
                """).find(sample.http).body().blocks(sample.server).getFirst();
        assertThat(server.entries()).extracting(Setting::toString).containsExactly("set $a 1;", "if ($a) {",
                "set $c 3;");
        assertThat(server.blocks(sample.condition)).extracting(Scope::context).containsExactly(Context.SERVER_IF);
    }

    @Test
    void opensAnIfAsItsPlaceSays() throws ConfigException {
        Scope location = location("http { server { location / { if ($a) { gzip on; } } } }");
        Scope condition = location.blocks(sample.condition).getFirst();
        assertThat(condition.context()).isEqualTo(Context.LOCATION_IF);
        assertThat(condition.isWithin(Context.LOCATION_IF)).isTrue();
        assertThat(condition.isWithin(Context.SERVER)).isTrue();
        assertThat(condition.isWithin(Context.STREAM)).isFalse();
        assertThat(condition.ancestor(Context.LOCATION)).isSameAs(location);
        assertThatThrownBy(() -> condition.ancestor(Context.STREAM)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsDirectivesOfOneNameApart() throws ConfigException {
        Scope main = Configs.check(sample, """
                http { upstream u { ip_hash; server a weight=2; server b; } server { } }
                stream { server { } }
                """);
        Scope http = main.find(sample.http).body();
        Scope upstream = http.blocks(sample.upstream).getFirst();
        assertThat(upstream.all(sample.peer)).extracting(Setting::toString).containsExactly("server a weight=2;",
                "server b;");
        assertThat(upstream.get(sample.ipHash)).isTrue();
        assertThat(upstream.blocks(sample.server)).isEmpty();
        assertThat(http.blocks(sample.server)).hasSize(1);
        assertThat(main.find(sample.stream).body().blocks(sample.streamServer)).extracting(Scope::context)
                .containsExactly(Context.STREAM_SERVER);
    }

    @Test
    void handsRawBlocksToTheirShape() throws ConfigException {
        Scope http = Configs.check(sample, """
                http { map $uri $a { default ""; "~^/a(b){2}" x; '' y; } }
                """).find(sample.http).body();
        assertThat(http.own(sample.map).getFirst().value()).containsEntry("default", "").containsEntry("~^/a(b){2}",
                "x").containsEntry("", "y");
    }

    @Test
    void hasAMainBlockThatNobodyWrote() throws ConfigException {
        Scope main = Configs.check(sample, "daemon off;");
        assertThat(main.context()).isEqualTo(Context.MAIN);
        assertThat(main.parent()).isNull();
        assertThat(main.statement().at()).isEqualTo(Position.NOWHERE);
        assertThat(main.find(sample.daemon).error("bad %s", "x")).hasMessage("bad x in /nginx.conf:1");
    }

    private Scope location(String text) throws ConfigException {
        Scope http = Configs.check(sample, text).find(sample.http).body();
        return http.blocks(sample.server).getFirst().blocks(sample.location).getFirst();
    }
}
