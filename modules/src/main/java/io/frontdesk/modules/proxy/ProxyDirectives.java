package io.frontdesk.modules.proxy;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LIMIT_EXCEPT;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.upstream.HeaderLine;
import io.frontdesk.engine.upstream.UpstreamDirectives;
import io.frontdesk.engine.upstream.UpstreamTlsDirectives;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The directives of the proxy module; the ones that it shares with its kin are in {@link UpstreamDirectives}. */
abstract class ProxyDirectives extends HttpModule {
    final Directive<String> pass = directive("proxy_pass", text("URL")).in(LOCATION, LOCATION_IF, LIMIT_EXCEPT).local()
            .doc("The server, or the upstream group, that requests are passed on to, as a URL. With a URI part, that takes "
                    + "the place of what the location matched; without, the request's target passes as the client sent it.");
    final Directive<HeaderLine> setHeader = directive("proxy_set_header", HeaderLine.shape())
            .in(HTTP, SERVER, LOCATION).list().doc("A field of requests to the server, in place of the client's; "
                    + "with an empty value there is none. Without a line `Host` is `$proxy_host`. The lines of a block "
                    + "replace those of the blocks around it.");
    final Directive<String> setBody = directive("proxy_set_body", text("value")).in(HTTP, SERVER, LOCATION)
            .doc("The body of requests to the server, in place of the client's.");
    final Directive<String> method = directive("proxy_method", text("method")).in(HTTP, SERVER, LOCATION)
            .doc("The method of requests to the server, in place of the client's.");
    final Directive<HttpVersion> httpVersion = directive("proxy_http_version", choice(versions()))
            .in(HTTP, SERVER, LOCATION).orElse(HttpVersion.HTTP_1_1)
            .doc("The version of requests to the server. By `2`, one request at a time is on a connection.");
    final Directive<List<Word>> redirect = directive("proxy_redirect",
            of("off | default | text replacement", 1, 2, ProxyDirectives::redirectWords)).in(HTTP, SERVER, LOCATION)
            .list()
            .doc("How `Location` and `Refresh` of responses are rewritten. By default what `proxy_pass` says is replaced by "
                    + "what the location matches.");
    final Directive<List<Word>> cookieDomain = directive("proxy_cookie_domain",
            of("off | domain replacement", 1, 2, ProxyDirectives::offOrTwo)).in(HTTP, SERVER, LOCATION).list()
            .doc("How the domain of cookies that a response sets is rewritten.");
    final Directive<List<Word>> cookiePath = directive("proxy_cookie_path",
            of("off | path replacement", 1, 2, ProxyDirectives::offOrTwo)).in(HTTP, SERVER, LOCATION).list()
            .doc("How the path of cookies that a response sets is rewritten.");
    final Directive<List<Word>> cookieFlags = directive("proxy_cookie_flags",
            of("off | cookie flag ...", 1, 5, ProxyDirectives::offOrMore)).in(HTTP, SERVER, LOCATION).list()
            .doc("Flags of cookies that a response sets: `secure`, `httponly`, `samesite=strict|lax|none`, and these "
                    + "with `no` before them to remove them.");
    final Directive<Long> headersHashMaxSize = directive("proxy_headers_hash_max_size", size())
            .in(HTTP, SERVER, LOCATION).orElse(512L).doc("Accepted; hashes size themselves.");
    final Directive<Long> headersHashBucketSize = directive("proxy_headers_hash_bucket_size", size())
            .in(HTTP, SERVER, LOCATION).orElse(64L).doc("Accepted; hashes size themselves.");
    final Directive<Long> sendLowat = directive("proxy_send_lowat", size()).in(HTTP, SERVER, LOCATION).orElse(0L)
            .doc("Accepted without effect.");
    final UpstreamDirectives common = group(new UpstreamDirectives("proxy"));
    final UpstreamTlsDirectives tls = group(new UpstreamTlsDirectives("proxy", "proxy_host"));

    ProxyDirectives() {
        super("proxy");
    }

    private static Map<String, HttpVersion> versions() {
        Map<String, HttpVersion> versions = new LinkedHashMap<>();
        versions.put("1.0", HttpVersion.HTTP_1_0);
        versions.put("1.1", HttpVersion.HTTP_1_1);
        versions.put("2", HttpVersion.HTTP_2);
        return versions;
    }

    private static List<Word> redirectWords(Call call) throws ConfigException {
        if (call.args().size() == 1 && call.text(0).equals("default")) {
            return call.args();
        }
        return offOrTwo(call);
    }

    private static List<Word> offOrTwo(Call call) throws ConfigException {
        return offOrMore(call);
    }

    private static List<Word> offOrMore(Call call) throws ConfigException {
        if (call.args().size() == 1 && !call.text(0).equals("off")) {
            throw call.invalidParameter(call.args().getFirst());
        }
        return call.args();
    }
}
