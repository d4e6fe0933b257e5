package io.frontdesk.app.explain;

import io.frontdesk.app.command.Ink;
import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.trace.Trace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The form for people. One explanation; a byte string. */
final class ExplanationText {
    /** More locations than this that do not even begin like the path are counted, not listed. */
    private static final int MOST_STRANGERS = 10;

    /** Texts stand below each other up to this. */
    private static final int WIDEST_KIND = 18;

    /** Steps that are rarely what somebody wants. */
    private static final Set<String> BAD_NEWS = Set.of("refused", "deny", "log", "shadowed", "waits");

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
        title("What happens");
        steps(e.steps());
        locations(e.locations());
        if (e.upstream() != null) {
            title("Upstream");
            upstream(e.upstream());
        }
        e.inside().forEach(this::inside);
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
        int width = 8;
        for (Trace.Step step : steps) {
            width = Math.max(width, Math.min(step.kind().length(), WIDEST_KIND));
        }
        for (Trace.Step step : steps) {
            String kind = BAD_NEWS.contains(step.kind()) ? ink.bad(step.kind()) : ink.name(step.kind());
            // a text that names a place does so as the places do
            out.append("  ").append(kind).append(" ".repeat(Math.max(0, width - step.kind().length())))
                    .append("  ").append(Ink.plain(step.text().replace(" at " + folder, " at ")));
            place(step.at());
        }
    }

    private void locations(List<Trace.Candidate> candidates) {
        if (candidates.isEmpty()) {
            return;
        }
        title("Locations, in the order in which they are looked at");
        long strangers = candidates.stream().filter(ExplanationText::isStranger).count();
        Set<Position> places = new HashSet<>();
        for (Trace.Candidate candidate : candidates) {
            if (!places.add(candidate.at())) {
                // the search begins anew
                places.clear();
                places.add(candidate.at());
                out.append("  ").append(ink.dim("then, in another search:")).append('\n');
            }
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

    private void inside(Explanation.Inside one) {
        title("Inside it: " + Ink.plain(one.uri()));
        steps(one.steps());
        if (one.upstream() != null) {
            upstream(one.upstream());
        }
    }

    private void upstream(Explanation.Asked asked) {
        out.append("  ").append(ink.name(asked.name()));
        if (!asked.servers().equals(List.of(asked.name()))) {
            out.append(": ").append(String.join(", ", asked.servers()));
        }
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
