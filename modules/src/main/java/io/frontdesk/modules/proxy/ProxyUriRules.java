package io.frontdesk.modules.proxy;

import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.VariableNames;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPattern.Kind;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What lint finds about the URI that {@code proxy_pass} makes. */
final class ProxyUriRules extends HttpRules {
    final LintRule slash = rule("proxy-uri-slash", LintLevel.WARNING)
            .doc("""
                    The location ends with a slash and the URI of its `proxy_pass` does not, or the other way round. The URI stands for what the \
                    location matched, so a slash is lost or doubled.""");
    final LintRule disagree = rule("proxy-uri-disagree", LintLevel.NOTE)
            .doc("""
                    Two locations of a server pass to the same origin; one strips its prefix, as its `proxy_pass` has a URI (if only a slash), \
                    the other keeps it. Often one of them is wrong, and the origin answers 404 for it.""");
    final LintRule decoded = rule("proxy-uri-decoded", LintLevel.WARNING)
            .doc("""
                    `$uri` in `proxy_pass`: it is the decoded path, so the origin gets another one than the client sent, and in nginx a `%0a` \
                    in it ends the request line. Without a URI the path passes on as it came; `$request_uri` is how it came.""");

    private final ProxyDirectives directives;

    ProxyUriRules(ProxyDirectives directives) {
        super("proxy");
        this.directives = directives;
    }

    /** The first location of a server that strips, and the first that keeps, for one origin. */
    private static final class Pair {
        @Nullable
        Pass strips;
        @Nullable
        Pass keeps;
        boolean reported;
    }

    @Override
    public void check(Linting lint) {
        Map<Scope, Map<String, Pair>> servers = new IdentityHashMap<>();
        for (Pass pass : Pass.all(directives, lint)) {
            ProxyTarget target = pass.target();
            if (target == null) {
                decoded(pass, lint);
                continue;
            }
            LocationPattern pattern = pass.place().pattern();
            boolean prefix = pattern.kind() == Kind.PREFIX || pattern.kind() == Kind.PREFIX_NO_REGEX;
            if (prefix && pass.scope().context() == io.frontdesk.config.Context.LOCATION) {
                String origin = target.url().authority().toLowerCase(Locale.ROOT);
                Pair pair = servers.computeIfAbsent(pass.place().server(), s -> new HashMap<>())
                        .computeIfAbsent(origin, o -> new Pair());
                if (!slash(pass, target, pattern.text(), lint) && !pattern.text().equals("/")) {
                    pair(pass, target, pair, lint);
                }
            }
        }
    }

    private boolean slash(Pass pass, ProxyTarget target, String location, Linting lint) {
        String uri = target.url().uri();
        if (uri.isEmpty() || uri.indexOf('?') >= 0 || uri.endsWith("/") == location.endsWith("/")) {
            return false;
        }
        String path = location + (location.endsWith("/") ? "users" : "/users");
        boolean locationHas = location.endsWith("/");
        String fitting = locationHas
                ? "proxy_pass " + pass.line().value() + "/;"
                : uri.equals("/") || uri.equals(location + "/")
                        ? "location " + location + "/ { ... }"
                        : "location " + location + "/, or the URI without its last slash";
        lint.report(slash, pass.line().at().args().getFirst(),
                "the location \"" + location + "\" ends with" + (locationHas ? "" : "out") + " a slash, the URI \""
                        + uri
                        + "\" with" + (locationHas ? "out" : "") + " one",
                "GET " + path + " goes to the origin as " + ProxyUri.sample(target, location.length(), path), fitting);
        return true;
    }

    private void pair(Pass pass, ProxyTarget target, Pair pair, Linting lint) {
        boolean strips = !target.url().uri().isEmpty() && !target.url().uri().equals(pass.place().pattern().text());
        if (strips && pair.strips == null) {
            pair.strips = pass;
        } else if (target.url().uri().isEmpty() && pair.keeps == null) {
            pair.keeps = pass;
        }
        Pass stripping = pair.strips;
        Pass keeping = pair.keeps;
        if (stripping == null || keeping == null || pair.reported) {
            return;
        }
        pair.reported = true;
        lint.report(disagree, pass.line().at().args().getFirst(),
                "two locations of one origin disagree on whether their prefix passes on",
                "GET " + shown(stripping) + ", but GET " + shown(keeping),
                "the same for both: " + stripping.line().value() + " strips the prefix, " + keeping.line().value()
                        + " keeps it");
    }

    private static String shown(Pass pass) {
        ProxyTarget target = pass.target();
        String location = pass.place().pattern().text();
        String path = location + (location.endsWith("/") ? "users" : "/users");
        String sent = target == null ? path : ProxyUri.sample(target, location.length(), path);
        return path + " goes out as " + sent + " (" + Linting.place(pass.line().at()) + ")";
    }

    private void decoded(Pass pass, Linting lint) {
        Word word = pass.line().at().args().getFirst();
        List<String> names = VariableNames.in(word.text());
        String variable = names.contains("uri") ? "uri" : names.contains("document_uri") ? "document_uri" : null;
        if (variable != null) {
            lint.report(decoded, word, "$" + variable + " is the decoded path",
                    "GET /a%2520b goes to the origin as /a%20b, and GET /a%0ab has a line break in its request line (nginx) or "
                            + "is encoded anew (here)",
                    "$request_uri, or no URI at all: then the path passes on as it came");
        }
    }
}
