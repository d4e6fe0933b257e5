package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Context;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.VariableNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What lint finds about {@code return}, {@code rewrite} and {@code if}. */
final class RewriteRules extends HttpRules {
    final LintRule ifs = rule("if-in-location", LintLevel.WARNING)
            .doc("""
                    An `if` in a location with more than `return`, `rewrite`, `set` and `break`. Its block is a location of its own: of two that \
                    hold only the last one's settings are in force, and lists such as `add_header` start anew. Choose by `map` and a variable, or \
                    by a location.""");
    final LintRule injection = rule("redirect-injection", LintLevel.ERROR)
            .doc("""
                    `$uri` in the target of a redirect, of `return` or `rewrite`: it is the decoded path, so `%0d%0a` in a URI is a line break in \
                    the head of the response. nginx lets it through, and anybody who makes a link decides what headers it has; Frontdesk encodes \
                    it. `$request_uri` is not decoded.""");
    final LintRule host = rule("redirect-to-client-host", LintLevel.WARNING)
            .doc("""
                    `$http_host` or `$http_x_forwarded_host` in the target of a redirect: it leads wherever the client says, and a cache may keep \
                    that for others. `$host` is the host that the request was taken for; a fixed name is best.""");

    private final RewriteModule module;

    RewriteRules(RewriteModule module) {
        super("rewrite");
        this.module = module;
    }

    @Override
    public void check(Linting lint) {
        for (Scope scope : lint.scopes()) {
            for (Setting<ReturnLine> line : scope.own(module.returns)) {
                if (ReturnStep.isRedirect(line.value().status())) {
                    target(line, line.at().args().getLast(), line.value().text(), lint);
                }
            }
            for (Setting<RewriteLine> line : scope.own(module.rewrite)) {
                if (line.value().status() != 0) {
                    target(line, line.at().args().get(1), line.value().replacement(), lint);
                }
            }
            for (Setting<ConditionLine> line : scope.own(module.condition)) {
                condition(line, lint);
            }
        }
    }

    private void target(Setting<?> line, Word word, String text, Linting lint) {
        List<String> names = VariableNames.in(text);
        String variable = names.contains("uri") ? "uri" : names.contains("document_uri") ? "document_uri" : null;
        String name = line.at().name().text();
        if (variable != null && !lint.isExact(line.scope())) {
            lint.report(injection, word, "$" + variable + " is the decoded path, which may hold line breaks",
                    "GET /%0d%0aSet-Cookie:%20a=b adds a field of the client's choice to the redirect (nginx), or is "
                            + "encoded anew (here)",
                    name.equals("rewrite")
                            ? "return " + ((RewriteLine) line.value()).status() + " "
                                    + requested(word.text(), variable).replace("?", "") + ";"
                            : requested(word.text(), variable));
        }
        for (String client : List.of("http_host", "http_x_forwarded_host")) {
            if (names.contains(client)) {
                lint.report(host, word, "$" + client + " is whatever the client wrote",
                        "a request with \"" + (client.equals("http_host") ? "Host" : "X-Forwarded-Host")
                                + ": evil.example\" is redirected to evil.example, and so is who gets it from a cache",
                        word.text().replace("$" + client, "$host"));
            }
        }
    }

    private static String requested(String text, String variable) {
        return text.replace("$" + variable, "$request_uri").replace("${" + variable + "}", "$request_uri")
                .replace("$is_args$args", "").replace("$is_args$query_string", "").replace("?$args", "");
    }

    private void condition(Setting<ConditionLine> line, Linting lint) {
        Scope body = line.body();
        if (body == null || body.context() != Context.LOCATION_IF) {
            return;
        }
        Set<String> others = new LinkedHashSet<>();
        Setting<?> first = null;
        for (Setting<?> entry : body.entries()) {
            if (!module.directives().contains(entry.directive())) {
                others.add(entry.directive().name());
                first = first == null ? entry : first;
            }
        }
        if (first != null) {
            String shown = String.join(", ", others);
            boolean lists = others.contains("add_header");
            lint.report(ifs, first, "\"if\" in a location, with " + shown,
                    "where the condition holds, the block is the request's location instead of the one around it"
                            + (lists
                                    ? ": the add_header lines around it do not hold"
                                    : "; where two conditions hold, only the last block's " + shown + " counts"),
                    "a variable by map in http, used in the location without \"if\"; or return and a named location");
        }
    }
}
