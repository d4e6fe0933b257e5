package io.frontdesk.modules.upstream;

import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.Exposure;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.net.AddressText;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What lint finds about upstream blocks. */
final class UpstreamRules extends HttpRules {
    /** Methods that know no backup servers. */
    private static final Set<String> WITHOUT_BACKUP = Set.of("hash", "ip_hash", "random");
    private static final int HTTPS = 443;

    final LintRule single = rule("upstream-single-max-fails", LintLevel.WARNING)
            .doc("""
                    `max_fails` or `fail_timeout` in an upstream of one server: a single server is never marked down, so both are ignored.""");
    final LintRule backup = rule("upstream-backup-unused", LintLevel.WARNING)
            .doc("""
                    A `backup` server in an upstream with `hash`, `ip_hash` or `random`: these methods do not know backup servers. nginx refuses \
                    such a line below the method; above it, it passes without a word.""");
    final LintRule exposed = rule("upstream-origin-exposed", LintLevel.WARNING)
            .doc("""
                    An origin at a public address over plain HTTP, or at a wildcard address: it can be reached without the proxy, so that its \
                    clients write `X-Forwarded-For` and `X-Real-IP` themselves. Bind it to 127.0.0.1 or to a private address.""");
    final LintRule once = rule("upstream-resolved-once", LintLevel.NOTE)
            .doc("""
                    A host name in a `server` line without `resolve`: it is looked up when the configuration is loaded, and never again.""");

    private final UpstreamModule module;

    UpstreamRules(UpstreamModule module) {
        super("upstream");
        this.module = module;
    }

    @Override
    public void check(Linting lint) {
        Set<String> encrypted = encrypted(lint);
        Upstreams upstreams = lint.snapshot().shared(Upstreams.class);
        for (Setting<String> block : lint.http().own(module.upstream)) {
            Scope body = block.body();
            Upstream upstream = upstreams == null ? null : upstreams.named(block.value());
            if (body == null || upstream == null) {
                continue;
            }
            List<Setting<ServerLine>> servers = body.own(module.server);
            if (servers.size() == 1 && upstream.primary().isSingle()) {
                single(servers.getFirst(), lint);
            }
            backups(body, servers, lint);
            servers.forEach(line -> origin(line, encrypted.contains(block.value()), lint));
        }
    }

    private void single(Setting<ServerLine> line, Linting lint) {
        for (Word word : line.at().args()) {
            boolean count = word.text().startsWith("max_fails=") && !word.text().equals("max_fails=0");
            if (count || word.text().startsWith("fail_timeout=")) {
                lint.report(single, word, "the only server of an upstream is never marked down",
                        "each request tries it, however often it failed: " + word.text() + " is ignored",
                        "a second server, or the line without it");
                return;
            }
        }
    }

    private void backups(Scope body, List<Setting<ServerLine>> servers, Linting lint) {
        for (Setting<?> method : body.entries()) {
            if (!WITHOUT_BACKUP.contains(method.directive().name())) {
                continue;
            }
            for (Setting<ServerLine> line : servers) {
                line.at().args().stream().filter(word -> word.is("backup")).findFirst()
                        .ifPresent(word -> lint.report(backup, word,
                                "\"" + method.directive().name() + "\" (" + Linting.place(method.at())
                                        + ") does not know backup servers",
                                "requests are not sent to " + line.at().args().getFirst()
                                        + " as soon as the others are down, as they would by round robin; with the lines "
                                        + "in the other order the configuration is refused",
                                "the same server without \"backup\", or another method"));
            }
        }
    }

    /** The upstreams that requests go to encrypted. */
    private static Set<String> encrypted(Linting lint) {
        Set<String> names = new HashSet<>();
        for (Scope scope : lint.scopes()) {
            for (Setting<?> line : scope.entries()) {
                String name = line.directive().name();
                if (name.equals("proxy_pass") || name.equals("grpc_pass")) {
                    String url = line.at().args().getFirst().text();
                    if (url.startsWith("https://") || url.startsWith("grpcs://")) {
                        names.add(url.substring(url.indexOf("//") + 2).split("[/?$]", 2)[0]);
                    }
                }
            }
        }
        return names;
    }

    private void origin(Setting<ServerLine> line, boolean tls, Linting lint) {
        Word word = line.at().args().getFirst();
        UpstreamUrl url = line.value().url();
        if (url.unixPath() != null || url.host().equalsIgnoreCase("localhost")) {
            return;
        }
        InetAddress literal = AddressText.literal(url.host());
        if (literal == null) {
            if (!line.value().resolves()) {
                lint.report(once, word,
                        "the name " + url.host() + " is looked up once, when the configuration is loaded",
                        "when its address changes, requests go to the old one until a reload",
                        "server " + url.authority() + " resolve; with a zone and a resolver");
            }
            return;
        }
        switch (Exposure.of(literal)) {
            case WILDCARD -> lint.report(exposed, word, url.host() + " is no address of an origin",
                    "it stands for every address of this machine: an origin that listens there can be reached from outside "
                            + "without the proxy",
                    "127.0.0.1, here and where the origin listens");
            case PUBLIC -> {
                if (!tls && url.port() != HTTPS) {
                    lint.report(exposed, word, "the origin " + url.authority() + " has a public address",
                            "it can be asked without the proxy, with X-Forwarded-For and X-Real-IP as anybody likes, and "
                                    + "what passes can be read on the way",
                            "a private address, or https:// and a firewall that lets only the proxy in");
                }
            }
            case LOOPBACK, PRIVATE -> {
            }
        }
    }
}
