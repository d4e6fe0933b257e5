package io.frontdesk.modules.proxy;

import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.Exposure;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.VariableNames;
import io.frontdesk.engine.lint.VariableValues;
import io.frontdesk.engine.upstream.HeaderLine;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.net.AddressText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lint finds about the origins that {@code proxy_pass} names. */
final class ProxyOriginRules extends HttpRules {
    private static final Set<String> PATHS = Set.of("uri", "document_uri", "request_uri", "is_args", "args",
            "query_string");

    final LintRule noResolver = rule("proxy-resolver-missing", LintLevel.ERROR)
            .doc("""
                    A `proxy_pass` with variables whose host has to be looked up, and no `resolver`: each such request is answered with 502. Values \
                    that are addresses or names of upstream blocks need none; those that `set`, `map`, `geo` and `split_clients` give are followed.""");
    final LintRule once = rule("proxy-resolved-once", LintLevel.NOTE)
            .doc("""
                    A host name in `proxy_pass`: it is looked up when the configuration is loaded, and never again. When its address changes, \
                    requests go to the old one until a reload; when it cannot be looked up, the server does not start.""");
    final LintRule unverified = rule("proxy-ssl-unverified", LintLevel.WARNING)
            .doc("""
                    `proxy_pass https://` without `proxy_ssl_verify on`: whoever can get between the proxy and the origin can read and answer all. \
                    Origins on this machine are left alone.""");
    final LintRule exposed = rule("proxy-origin-exposed", LintLevel.WARNING)
            .doc("""
                    An origin at a public address over plain HTTP, or at a wildcard address: it can be reached without the proxy, so that its \
                    clients write `X-Forwarded-For` and `X-Real-IP` themselves. Bind it to 127.0.0.1 or to a private address.""");
    final LintRule redundant = rule("proxy-lines-redundant", LintLevel.NOTE)
            .doc("""
                    `proxy_http_version 1.1` and `proxy_set_header Connection ""` say what is so by default since nginx 1.29.7. Where an upstream has \
                    a `keepalive` line they are left alone: with an older nginx the three belong together.""");

    private final ProxyDirectives directives;

    ProxyOriginRules(ProxyDirectives directives) {
        super("proxy");
        this.directives = directives;
    }

    @Override
    public void check(Linting lint) {
        List<Pass> passes = Pass.all(directives, lint);
        for (Pass pass : passes) {
            ProxyTarget target = pass.target();
            if (target == null) {
                resolver(pass, lint);
            } else {
                origin(pass, target, lint);
            }
            if (pass.line().value().startsWith("https:") && !verifies(pass.scope()) && !isLocal(pass)) {
                lint.report(unverified, pass.line(), "the certificate of the origin is not verified",
                        "whoever answers for " + pass.line().value() + " is believed, and reads all that passes",
                        "proxy_ssl_verify on; proxy_ssl_trusted_certificate FILE; proxy_ssl_server_name on;");
            }
        }
        redundant(passes, lint);
    }

    private static boolean verifies(Scope scope) {
        for (Scope s = scope; s != null; s = s.parent()) {
            for (Setting<?> line : s.entries()) {
                if (line.directive().name().equals("proxy_ssl_verify")) {
                    return Boolean.TRUE.equals(line.value());
                }
            }
        }
        return false;
    }

    private static boolean isLocal(Pass pass) {
        if (pass.group() != null) {
            List<Peer> peers = pass.group().peers();
            return !peers.isEmpty() && peers.stream().allMatch(peer -> isLocal(peer.name()));
        }
        return pass.target() != null && isLocal(pass.target().url().authority());
    }

    /** Whether an origin, named with or without a port, is on this machine. */
    private static boolean isLocal(String name) {
        if (name.startsWith("unix:")) {
            return true;
        }
        int colon = name.lastIndexOf(':');
        String host = colon > 0 && (name.charAt(colon - 1) == ']' || name.indexOf(':') == colon)
                ? name.substring(0, colon)
                : name;
        InetAddress literal = AddressText.literal(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        return host.equalsIgnoreCase("localhost") || literal != null && Exposure.of(literal) == Exposure.LOOPBACK;
    }

    private void origin(Pass pass, ProxyTarget target, Linting lint) {
        Word word = pass.line().at().args().getFirst();
        InetAddress literal = target.url().unixPath() == null ? AddressText.literal(target.url().host()) : null;
        Exposure exposure = literal == null ? Exposure.LOOPBACK : Exposure.of(literal);
        if (exposure == Exposure.WILDCARD) {
            lint.report(exposed, word, target.url().host() + " is no address of an origin",
                    "it stands for every address of this machine: an origin that listens there can be reached from outside "
                            + "without the proxy",
                    "127.0.0.1, here and where the origin listens");
        } else if (exposure == Exposure.PUBLIC && !target.isTls()) {
            lint.report(exposed, word, "the origin " + target.url().authority() + " has a public address",
                    "it can be asked without the proxy, with X-Forwarded-For and X-Real-IP as anybody likes, and what "
                            + "passes can be read on the way",
                    "a private address, or https:// and a firewall that lets only the proxy in");
        }
        if (pass.namesHost()) {
            String host = target.url().host();
            lint.report(once, word, "the name " + host + " is looked up once, when the configuration is loaded",
                    "when its address changes, requests go to the old one until a reload",
                    "upstream app { zone app 64k; server " + target.url().authority()
                            + " resolve; } with a resolver, and proxy_pass to it");
        }
    }

    private void resolver(Pass pass, Linting lint) {
        if (pass.place().plan().core().resolver().isDefined()) {
            return;
        }
        Word word = pass.line().at().args().getFirst();
        List<String> values = VariableValues.of(lint).all(authority(word.text()));
        if (values == null) {
            lint.report(noResolver, word, "the host depends on the request, and there is no resolver",
                    "a value that is neither an address nor the name of an upstream block is answered with 502: no resolver "
                            + "defined to resolve it",
                    "resolver 127.0.0.53 valid=30s; (your DNS server), or a map whose values are upstream blocks");
            return;
        }
        String value = values.stream().filter(v -> isLookedUp(v, lint)).findFirst().orElse(null);
        if (value != null) {
            String name = value.substring(value.contains("://") ? value.indexOf("://") + 3 : 0);
            lint.report(noResolver, word, "the host can be " + name + ", and there is no resolver",
                    "requests for it are answered with 502: no resolver defined to resolve " + name,
                    "resolver 127.0.0.53 valid=30s; (your DNS server), or an upstream block of that name");
        }
    }

    /** Scheme and host of a URL: up to the path, or a variable that begins one. */
    private static String authority(String url) {
        int from = url.contains("://") ? url.indexOf("://") + 3 : 0;
        int end = url.length();
        for (int i = from; i < end; i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?') {
                end = i;
            } else if (c == '$') {
                List<String> names = VariableNames.in(url.substring(i));
                if (!names.isEmpty() && PATHS.contains(names.getFirst())) {
                    end = i;
                }
            }
        }
        return url.startsWith("$scheme://") ? url.substring(from, end) : url.substring(0, end);
    }

    private static boolean isLookedUp(String value, Linting lint) {
        if (value.isEmpty()) {
            return false;
        }
        try {
            ProxyTarget target = ProxyTarget.parse(value.contains("://") ? value : "http://" + value);
            UpstreamUrl url = target.url();
            Upstreams upstreams = lint.snapshot().shared(Upstreams.class);
            return url.unixPath() == null && AddressText.literal(url.host()) == null
                    && (upstreams == null || upstreams.find(url, target.usualPort()) == null);
        } catch (ProxyTarget.WrongScheme | UpstreamUrl.Malformed e) {
            return false;
        }
    }

    private void redundant(List<Pass> passes, Linting lint) {
        Map<Setting<?>, List<Pass>> under = new IdentityHashMap<>();
        for (Pass pass : passes) {
            for (Setting<?> line : new Setting<?>[]{pass.scope().find(directives.httpVersion),
                    pass.header(directives, "connection")}) {
                if (line != null) {
                    under.computeIfAbsent(line, l -> new ArrayList<>()).add(pass);
                }
            }
        }
        for (Scope scope : lint.scopes()) {
            for (Setting<HttpVersion> line : scope.own(directives.httpVersion)) {
                if (line.value() == HttpVersion.HTTP_1_1 && keepsNothing(under.get(line), lint)) {
                    redundant(line, "requests to origins are HTTP/1.1 anyway", lint);
                }
            }
            List<Setting<HeaderLine>> lines = scope.own(directives.setHeader);
            for (Setting<HeaderLine> line : lines) {
                boolean empty = line.value().name().equalsIgnoreCase("Connection") && line.value().value().isEmpty();
                // alone, it also says that those of the blocks around do not hold
                if (empty && lines.size() > 1 && keepsNothing(under.get(line), lint)) {
                    redundant(line, "no Connection field goes to origins anyway", lint);
                }
            }
        }
    }

    /** Whether a line holds for some proxy_pass, and all of them pass to origins without a keepalive line. */
    private static boolean keepsNothing(@Nullable List<Pass> under, Linting lint) {
        return under != null && under.stream().noneMatch(pass -> pass.target() == null || keeps(pass, lint));
    }

    private static boolean keeps(Pass pass, Linting lint) {
        if (pass.group() == null) {
            return false;
        }
        String name = pass.group().name();
        return lint.http().entries().stream()
                .filter(block -> block.directive().name().equals("upstream")
                        && block.at().args().getFirst().text().equalsIgnoreCase(name))
                .anyMatch(block -> block.body() != null && block.body().entries().stream()
                        .anyMatch(line -> line.directive().name().equals("keepalive")));
    }

    private void redundant(Setting<?> line, String why, Linting lint) {
        lint.report(redundant, line, "this line says what is the default since nginx 1.29.7", why, "nothing");
    }
}
