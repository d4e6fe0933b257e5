package io.frontdesk.app;

import io.frontdesk.config.LintPage;
import io.frontdesk.config.ReferencePage;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.variable.VariableDefinition;
import io.frontdesk.engine.variable.Variables;
import java.util.Locale;

/** The pages of the manual that are made of what the modules declare. */
public final class Reference {
    private final Modules modules = new Modules();

    /** All directives. */
    public String directives() {
        return new ReferencePage(modules.all()).markdown();
    }

    /** All rules of lint. */
    public String lint() {
        return new LintPage(modules.all()).markdown();
    }

    /** All variables, by name; a family is shown with its changing part. */
    public String variables() {
        Variables variables = new Variables();
        modules.http().forEach(module -> module.variables(variables));
        StringBuilder page = new StringBuilder("""
                # Variables

                <!-- Generated from the declarations: change the text there. -->

                A configuration adds its own, by `set`, `map` and the like.

                | | |
                |---|---|
                """);
        for (VariableDefinition definition : variables.definitions()) {
            page.append("| `$").append(definition.name()).append(definition.prefix() ? "NAME" : "").append("` | ")
                    .append(definition.doc().strip()).append(" |\n");
        }
        return page.toString();
    }

    /** All causes of errors, in the order of the table. */
    public String errors() {
        StringBuilder page = new StringBuilder(
                """
                        # Errors

                        <!-- Generated from the table in FaultKind: change the text there. -->

                        What an answer, or a line of the error log, is put down to: `$proxy_error`, the `cause` of an `error_log` with
                        `format=json`, and `details` in `Proxy-Status` are one of these. `$proxy_error_detail` tells the limit with the line
                        that set it, the server, and after how long. The status is what the client gets when nothing was sent to it yet; a
                        dash: it varies. *Next*: the condition of `proxy_next_upstream` under which another server is asked. *Counted*:
                        whether it is an unsuccessful attempt for `max_fails`.

                        Each line of the log about a request that is a warning or worse has a cause, also when the request itself went well.
                        `$proxy_error` is about the answer: it is empty when another server answered in the end. When a page of `error_page`
                        answers, the reason why that was needed stays, even when its own status is 200, so that the access log shows the
                        failure that the client did not see. Not so where an error is but a way on: after `not_found`, `method_not_allowed`
                        and `configured` (as in `error_page 404 = @app`) it is empty if the page answers below 400. If the page fails too, its
                        own cause stands.

                        """);
        for (FaultKind.Side side : FaultKind.Side.values()) {
            page.append("## ").append(title(side)).append("\n\n")
                    .append("| cause | status | next | counted | RFC 9209 | meaning, and the line of the log |\n")
                    .append("|---|---|---|---|---|---|\n");
            for (FaultKind kind : FaultKind.values()) {
                if (kind.side() == side) {
                    append(kind, page);
                }
            }
            page.append('\n');
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static String title(FaultKind.Side side) {
        return switch (side) {
            case CLIENT -> "The client's";
            case UPSTREAM -> "The upstream's, or on the way to it";
            case RULE -> "Nobody's: the configuration wants it so";
            case OURS -> "Ours: of the process, its machine or its configuration";
        };
    }

    private static void append(FaultKind kind, StringBuilder page) {
        NextCondition next = kind.retriedOn();
        page.append("| `").append(kind.cause()).append("` | ").append(kind.status() == 0 ? "-" : kind.status())
                .append(" | ").append(next == null ? "never" : "`" + next.name().toLowerCase(Locale.ROOT) + "`")
                .append(" | ").append(kind.isCounted() ? "yes" : "no").append(" | ")
                .append(kind.proxyError().isEmpty() ? "-" : "`" + kind.proxyError() + "`").append(" | ")
                .append(kind.doc());
        if (!kind.wording().isEmpty()) {
            page.append("<br>`[").append(kind.severity().label()).append("] ").append(kind.wording()).append('`');
        }
        page.append(" |\n");
    }
}
