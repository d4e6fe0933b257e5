package io.frontdesk.app.explain;

import io.frontdesk.app.command.Ink;
import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form for people. One explanation; a byte string. */
final class ExplanationText {
    /** More locations than this that do not even begin like the path are counted, not listed. */
    private static final int MOST_STRANGERS = 10;

    private final Ink ink;
    private final String folder;
    private final StringBuilder out = new StringBuilder();

    /** {@code folder}: places in files below it are shown relative to it. */
    private ExplanationText(Ink ink, String folder) {
        this.ink = ink;
        this.folder = folder;
    }

    static String of(Explanation e, ExplainLine asked, ClientEnd client, Ink ink, String folder) {
        return new ExplanationText(ink, folder).write(e, asked, client);
    }

    private String write(Explanation e, ExplainLine asked, ClientEnd client) {
        out.append(ink.strong(Ink.plain(asked.method() + " " + asked.url().target()))).append('\n');
        entry("listen", e.listen() + (client.from() == null
                ? ""
                : "  "
                        + ink.dim("client " + client.from().getAddress().getHostAddress())),
                null);
        entry("server", (e.server().isEmpty() ? "\"\"" : ink.name(e.server())) + " (" + e.serverRule() + ")",
                e.serverAt());
        entry("uri", Ink.plain(e.uri()), null);
        LocationPlan location = e.location();
        entry("location", location == null
                ? "none, the server's own lines hold"
                : ink.name(location.pattern().toString()), location == null ? e.serverAt() : location.at());
        entry("handler", e.handler().isEmpty() ? "none" : e.handler(), e.handlerAt());
        steps(e.steps());
        locations(e.locations());
        upstream(e.upstream());
        response(e);
        return out.toString();
    }

    private void entry(String name, String value, @Nullable Position at) {
        out.append("  ").append(name).append(" ".repeat(Math.max(1, 10 - name.length()))).append(value);
        place(at);
    }

    private void place(@Nullable Position at) {
        if (at != null) {
            String text = at.toString();
            out.append("  ").append(ink.dim("[" + (text.startsWith(folder) ? text.substring(folder.length()) : text)
                    + "]"));
        }
        out.append('\n');
    }

    private void steps(List<Trace.Step> steps) {
        title("What happens");
        for (Trace.Step step : steps) {
            out.append("  ").append(ink.name(step.kind())).append(' ').append(Ink.plain(step.text()));
            place(step.at());
        }
    }

    private void locations(List<Trace.Candidate> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        title("Locations, in the order in which they are looked at");
        long strangers = candidates.stream().filter(ExplanationText::isStranger).count();
        for (Trace.Candidate candidate : candidates) {
            if (strangers > MOST_STRANGERS && isStranger(candidate)) {
                continue;
            }
            String verdict = candidate.verdict();
            out.append("  ").append(candidate.pattern()).append("  ")
                    .append(verdict.startsWith("wins") ? ink.good(verdict) : verdict);
            place(candidate.at());
        }
        if (strangers > MOST_STRANGERS) {
            out.append("  and ").append(strangers).append(" more that do not match\n");
        }
    }

    private static boolean isStranger(Trace.Candidate candidate) {
        String verdict = candidate.verdict();
        return verdict.endsWith("does not begin with it") || verdict.endsWith("it is not the path")
                || verdict.endsWith("it does not match") || verdict.contains(": not tried");
    }

    private void upstream(Explanation.@Nullable Asked asked) {
        if (asked == null) {
            return;
        }
        title("Upstream");
        out.append("  ").append(ink.name(asked.name())).append(": ").append(String.join(", ", asked.servers()));
        place(asked.at());
        out.append("  ").append(ink.strong(Ink.plain(asked.line()))).append('\n');
        fields(asked.headers());
    }

    private void response(Explanation e) {
        title("Response");
        out.append("  ").append(e.status() == 0
                ? e.upstream() == null ? "none, the connection is closed" : "the upstream's, and with it"
                : ink.strong("status " + e.status())).append('\n');
        fields(e.headers());
    }

    private void fields(List<Explanation.Field> fields) {
        for (Explanation.Field field : fields) {
            out.append("  ").append(ink.name(field.name())).append(": ").append(Ink.plain(field.value()));
            place(field.at());
        }
    }

    private void title(String text) {
        out.append('\n').append(ink.strong(text)).append('\n');
    }
}
