package io.frontdesk.modules.headers;

import io.frontdesk.config.Directive;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.VariableNames;
import io.frontdesk.modules.headers.HeadersModule.Inherit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What lint finds about {@code add_header}. */
final class HeaderRules extends HttpRules {
    private static final Set<String> SECURITY = Set.of("strict-transport-security", "content-security-policy",
            "content-security-policy-report-only", "x-frame-options", "x-content-type-options", "x-xss-protection",
            "referrer-policy", "permissions-policy", "cross-origin-opener-policy", "cross-origin-embedder-policy",
            "cross-origin-resource-policy");

    final LintRule dropped = rule("add-header-dropped", LintLevel.WARNING)
            .doc("""
                    `add_header` in an inner block drops all those of the blocks around it, not only the one of its name: a location that adds \
                    `Cache-Control` loses the security headers of its server. Repeat them, or say `add_header_inherit merge;`.""");
    final LintRule always = rule("security-header-not-always", LintLevel.WARNING)
            .doc("""
                    A header such as `Strict-Transport-Security` or `X-Frame-Options` without `always`: error pages, and all other responses that \
                    are neither 2xx nor 3xx, go out without it.""");
    final LintRule injection = rule("add-header-injection", LintLevel.ERROR)
            .doc("""
                    `$uri` in the value of `add_header`: it is the decoded path, so `%0d%0a` in a URI is a line break in the head of the response. \
                    nginx lets it through, and anybody who makes a link decides what headers it has; Frontdesk drops the field. `$request_uri` \
                    is not decoded.""");

    private final Directive<List<Word>> addHeader;
    private final Directive<Inherit> inherit;

    HeaderRules(Directive<List<Word>> addHeader, Directive<Inherit> inherit) {
        super("headers");
        this.addHeader = addHeader;
        this.inherit = inherit;
    }

    @Override
    public void check(Linting lint) {
        for (Scope scope : lint.scopes()) {
            List<Setting<List<Word>>> own = scope.own(addHeader);
            if (own.isEmpty()) {
                continue;
            }
            dropped(scope, own, lint);
            for (Setting<List<Word>> line : own) {
                security(line, lint);
                injection(line, lint);
            }
        }
    }

    private void dropped(Scope scope, List<Setting<List<Word>>> own, Linting lint) {
        Scope around = scope.parent();
        if (around == null || scope.get(inherit) != Inherit.ON) {
            return;
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        own.forEach(line -> names.add(name(line)));
        Map<String, Setting<List<Word>>> lost = new LinkedHashMap<>();
        for (Setting<List<Word>> line : around.all(addHeader)) {
            if (!names.contains(name(line))) {
                lost.putIfAbsent(name(line), line);
            }
        }
        if (!lost.isEmpty()) {
            lint.report(dropped, own.getFirst(),
                    "this block has its own add_header lines, so those around it do not hold",
                    "responses from here go without " + lost.entrySet().stream()
                            .map(entry -> entry.getKey() + " (" + Linting.place(entry.getValue().at()) + ")")
                            .collect(Collectors.joining(", ")),
                    "add_header_inherit merge; in this block, or the same lines again");
        }
    }

    private void security(Setting<List<Word>> line, Linting lint) {
        if (line.value().size() == 2 && SECURITY.contains(name(line).toLowerCase(Locale.ROOT))) {
            lint.report(always, line, name(line) + " is not added to all responses",
                    "a page of status 404 or 500 goes out without it", "the word \"always\" at the end of the line");
        }
    }

    private void injection(Setting<List<Word>> line, Linting lint) {
        Word value = line.value().get(1);
        List<String> names = VariableNames.in(value.text());
        String variable = names.contains("uri") ? "uri" : names.contains("document_uri") ? "document_uri" : null;
        if (variable != null && !lint.isExact(line.scope())) {
            lint.report(injection, value, "$" + variable + " is the decoded path, which may hold line breaks",
                    "GET /%0d%0aSet-Cookie:%20a=b adds a field of the client's choice to the response (nginx), or "
                            + name(line) + " is dropped (here)",
                    value.text().replace("$" + variable, "$request_uri").replace("${" + variable + "}",
                            "$request_uri"));
        }
    }

    private static String name(Setting<List<Word>> line) {
        return line.value().getFirst().text();
    }
}
