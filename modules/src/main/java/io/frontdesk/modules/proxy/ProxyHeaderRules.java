package io.frontdesk.modules.proxy;

import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.VariableNames;
import io.frontdesk.engine.upstream.HeaderLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What lint finds about {@code proxy_set_header}. */
final class ProxyHeaderRules extends HttpRules {
    /**
     * A field that a client may write, and what the proxy itself knows.
     *
     * @param sample    what a client may write
     * @param validated what is right in its place
     */
    private record Told(String field, String sample, String validated) {}

    private static final Map<String, Told> TOLD = Map.of(
            "http_x_forwarded_for", new Told("X-Forwarded-For", "10.0.0.1", "$proxy_add_x_forwarded_for"),
            "http_x_real_ip", new Told("X-Real-IP", "10.0.0.1", "$remote_addr"),
            "http_x_client_ip", new Told("X-Client-IP", "10.0.0.1", "$remote_addr"),
            "http_true_client_ip", new Told("True-Client-IP", "10.0.0.1", "$remote_addr"),
            "http_x_forwarded_proto", new Told("X-Forwarded-Proto", "https", "$scheme"),
            "http_x_forwarded_host", new Told("X-Forwarded-Host", "evil.example", "$host"),
            "http_x_forwarded_port", new Told("X-Forwarded-Port", "443", "$server_port"));

    final LintRule noHost = rule("proxy-host-missing", LintLevel.WARNING)
            .doc("""
                    A `proxy_pass` without `proxy_set_header Host`: the origin sees the name of the upstream in the place of the host that the \
                    client asked for, and serves the wrong site or builds links to itself. An origin that is named by the domain name of its own \
                    site is left alone.""");
    final LintRule dropped = rule("proxy-headers-dropped", LintLevel.WARNING)
            .doc("""
                    `proxy_set_header` in an inner block drops all those of the blocks around it, not only the one of its name. Repeat those that \
                    still shall hold.""");
    final LintRule clients = rule("proxy-header-from-client", LintLevel.WARNING)
            .doc("""
                    `$http_host` or an `$http_x_...` variable handed on where a validated one is meant: `$host`, `$remote_addr`, \
                    `$proxy_add_x_forwarded_for`, `$scheme`. It is whatever the client wrote. Behind a proxy that `set_real_ip_from` names, the \
                    forwarded fields are left alone.""");

    private final ProxyDirectives directives;

    ProxyHeaderRules(ProxyDirectives directives) {
        super("proxy");
        this.directives = directives;
    }

    @Override
    public void check(Linting lint) {
        List<Pass> passes = Pass.all(directives, lint);
        Set<Scope> heads = new LinkedHashSet<>();
        for (Pass pass : passes) {
            List<Setting<HeaderLine>> lines = pass.scope().all(directives.setHeader);
            if (!lines.isEmpty()) {
                heads.add(lines.getFirst().scope());
            }
        }
        Set<Scope> losing = new HashSet<>();
        heads.forEach(scope -> dropped(scope, losing, lint));
        for (Pass pass : passes) {
            host(pass, losing, lint);
        }
        for (Scope scope : heads) {
            scope.own(directives.setHeader).forEach(line -> client(line, lint));
        }
    }

    private void host(Pass pass, Set<Scope> losing, Linting lint) {
        if (pass.header(directives, "host") != null || isOwnSite(pass)) {
            return;
        }
        List<Setting<HeaderLine>> lines = pass.scope().all(directives.setHeader);
        if (!lines.isEmpty() && losing.contains(lines.getFirst().scope())) {
            return;
        }
        ProxyTarget target = pass.target();
        String host = target == null
                ? "what stands as the host in " + pass.line().value()
                : "\"" + new String(target.hostHeader(), java.nio.charset.StandardCharsets.ISO_8859_1) + "\"";
        lint.report(noHost, pass.line(), "the origin does not learn which host the client asked for",
                "a request for any host arrives there with " + host + " as its Host", "proxy_set_header Host $host;");
    }

    /** Whether the name that the origin is known by is the one of a site: then it is the right Host. */
    private static boolean isOwnSite(Pass pass) {
        ProxyTarget target = pass.target();
        if (target == null) {
            List<String> names = VariableNames.in(pass.line().value());
            return names.contains("host") || names.contains("http_host");
        }
        if (target.url().unixPath() != null) {
            return false;
        }
        String host = target.url().hostText();
        int dot = host.lastIndexOf('.');
        boolean usual = target.url().portText().isEmpty() || target.url().port() == target.usualPort();
        return usual && dot > 0 && host.length() > dot + 1 && Character.isLetter(host.charAt(dot + 1));
    }

    private void dropped(Scope scope, Set<Scope> losing, Linting lint) {
        Scope around = scope.parent();
        List<Setting<HeaderLine>> outer = around == null ? List.of() : around.all(directives.setHeader);
        Set<String> own = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        scope.own(directives.setHeader).forEach(line -> own.add(line.value().name()));
        Map<String, Setting<HeaderLine>> lost = new LinkedHashMap<>();
        for (Setting<HeaderLine> line : outer) {
            boolean usual = line.value().name().equalsIgnoreCase("Connection") && line.value().value().isEmpty();
            if (!usual && !own.contains(line.value().name())) {
                lost.putIfAbsent(line.value().name(), line);
            }
        }
        if (lost.isEmpty()) {
            return;
        }
        if (lost.keySet().stream().anyMatch(name -> name.equalsIgnoreCase("Host"))) {
            losing.add(scope);
        }
        List<String> shown = new ArrayList<>();
        lost.forEach((name, line) -> shown.add(name + " (" + Linting.place(line.at()) + ")"));
        lint.report(dropped, scope.own(directives.setHeader).getFirst(),
                "this block has its own proxy_set_header lines, so those around it do not hold",
                "requests from here go without " + String.join(", ", shown),
                "repeat here: " + lost.values().stream().map(line -> "proxy_set_header " + line.value().name() + " "
                        + quoted(line.value().value()) + ";").collect(Collectors.joining(" ")));
    }

    private static String quoted(String value) {
        return value.isEmpty() || value.indexOf(' ') >= 0 || value.indexOf(';') >= 0 ? "\"" + value + "\"" : value;
    }

    private void client(Setting<HeaderLine> line, Linting lint) {
        String name = line.value().name().toLowerCase(Locale.ROOT);
        Word word = line.at().args().get(1);
        for (String variable : VariableNames.in(line.value().value())) {
            @Nullable
            Told told = TOLD.get(variable);
            if (variable.equals("http_host") && (name.equals("host") || name.equals("x-forwarded-host"))) {
                lint.report(clients, word,
                        "$http_host is what the client wrote, which need not be the host of this request",
                        "\"GET http://a/\" with \"Host: b\" is served as a, and the origin is told b; without a Host field it "
                                + "is told nothing",
                        line.at().name() + " " + line.value().name() + " $host;  or, to keep a port, "
                                + "$host$is_request_port$request_port");
            } else if (told != null && !isBehindProxy(line.scope())) {
                lint.report(clients, word, "$" + variable + " is whatever the client wrote",
                        "a client that sends \"" + told.field() + ": " + told.sample() + "\" is believed by the origin",
                        line.at().name() + " " + line.value().name() + " " + told.validated() + ";");
            }
        }
    }

    /** Whether addresses come from a proxy in front that is known. */
    private static boolean isBehindProxy(Scope scope) {
        for (Scope s = scope; s != null; s = s.parent()) {
            if (s.entries().stream().anyMatch(line -> line.directive().name().equals("set_real_ip_from"))) {
                return true;
            }
        }
        return false;
    }
}
