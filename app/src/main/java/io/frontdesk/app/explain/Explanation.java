package io.frontdesk.app.explain;

import io.frontdesk.app.command.CheckedConfiguration;
import io.frontdesk.config.Position;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.upstream.Upstream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is said about a request. A value; texts are byte strings.
 *
 * @param listen     the address that the client came to
 * @param server     its first name; empty for none
 * @param serverRule how it was chosen
 * @param serverAt   where it stands
 * @param uri        the URI as it was understood
 * @param steps      what was decided, in order
 * @param locations  the locations that were considered
 * @param location   the last one in force, or null
 * @param handler    what answers
 * @param handlerAt  the line that makes it do so
 * @param upstream   what is asked of an upstream, or null
 * @param inside     the requests that were made inside it
 * @param status     the status, or 0 when the upstream says it
 * @param headers    the fields of the response that are ours
 */
record Explanation(String listen, String server, String serverRule, @Nullable Position serverAt, String uri,
        List<Trace.Step> steps, List<Trace.Candidate> locations, @Nullable LocationPlan location, String handler,
        @Nullable Position handlerAt, @Nullable Asked upstream, List<Inside> inside, int status, List<Field> headers) {
    /** Steps about a directive that is in force, whose line is not kept by who tells of it. */
    private static final Set<String> SETTINGS = Set.of("resolver", "satisfy", "ssl_verify_client", "proxy_cache");
    /** They are about the connection, or the moment. */
    private static final Set<String> UNTOLD = Set.of("date", "connection", "keep-alive", "transfer-encoding");

    /** A field and the line that set it, or null where no line did. */
    record Field(String name, String value, @Nullable Position at) {}

    /**
     * What an upstream is asked.
     *
     * @param name    the group's name, or host and port
     * @param at      where it is named
     * @param servers those that a balancer chooses from
     * @param line    the request line
     * @param headers the fields
     */
    record Asked(String name, @Nullable Position at, List<String> servers, String line, List<Field> headers) {}

    /**
     * A request that was made inside this one.
     *
     * @param uri       its path and arguments
     * @param steps     what was decided about it
     * @param location  where it ended up, or null
     * @param handler   what answers it
     * @param handlerAt the line that makes it do so
     * @param upstream  what is asked of an upstream, or null
     * @param status    its status
     */
    record Inside(String uri, List<Trace.Step> steps, @Nullable LocationPlan location, String handler,
            @Nullable Position handlerAt, @Nullable Asked upstream, int status) {}

    static Explanation of(CheckedConfiguration configuration, ClientEnd client, Stage.Played played,
            boolean tls) {
        Trace trace = played.trace();
        ServerPlan server = trace.server();
        LocationPlan location = trace.location();
        List<Trace.Step> steps = new ArrayList<>();
        if (tls && !client.hasTls()) {
            steps.add(new Trace.Step("tls", null, "this address has no ssl: a client that speaks TLS gets 400 here; "
                    + "it is explained as if in the clear"));
        }
        ServerPlan certified = trace.tlsServer();
        Position certificate = certified == null
                ? null
                : HiddenLines.lineAt(configuration, certified.root(), "ssl_certificate");
        for (Trace.Step step : trace.steps()) {
            Position at = step.kind().equals("tls") && certificate != null
                    ? certificate
                    : step.at() == null && SETTINGS.contains(step.kind())
                            ? HiddenLines.lineAt(configuration, trace, step.kind())
                            : step.at();
            steps.add(new Trace.Step(step.kind(), at, step.text()));
        }
        if (!played.ended()) {
            steps.add(new Trace.Step("waits", null, "nothing more happens: what it waits for can't be made up here"));
        }
        steps.addAll(BodyLines.of(configuration, trace));
        steps.addAll(HiddenLines.of(configuration, trace));
        return new Explanation(client.listen(), server == null ? "" : server.name(), trace.rule(),
                server == null ? null : server.at(), trace.uri(), steps, trace.candidates(), location,
                trace.handler(), trace.handlerAt(), asked(configuration, trace), inside(configuration, trace),
                trace.status(), added(configuration, played));
    }

    private static List<Inside> inside(CheckedConfiguration configuration, Trace trace) {
        List<Inside> all = new ArrayList<>();
        for (Trace.Inside one : trace.inside()) {
            Trace of = one.trace();
            all.add(new Inside(one.uri(), of.steps(), of.location(), of.handler(), of.handlerAt(),
                    asked(configuration, of), of.status()));
            all.addAll(inside(configuration, of));
        }
        return all;
    }

    private static @Nullable Asked asked(CheckedConfiguration configuration, Trace trace) {
        Upstream upstream = trace.upstream();
        if (upstream == null) {
            return null;
        }
        Head head = Head.of(trace.requestHead());
        List<Field> fields = new ArrayList<>();
        Iterator<Trace.Claim> claims = trace.sent().iterator();
        Trace.Claim next = claims.hasNext() ? claims.next() : null;
        for (Head.Field field : head.fields()) {
            Position at = null;
            if (next != null && next.name().equalsIgnoreCase(field.name())) {
                at = next.at();
                next = claims.hasNext() ? claims.next() : null;
            }
            fields.add(new Field(field.name(), field.value(), at));
        }
        Setting<?> block = Upstreams.block(configuration, upstream.name());
        return new Asked(upstream.name(), block == null ? trace.handlerAt() : block.at().at(),
                Upstreams.servers(upstream), head.line(), fields);
    }

    private static List<Field> added(CheckedConfiguration configuration, Stage.Played played) {
        Trace trace = played.trace();
        List<Trace.Claim> claims = new ArrayList<>(trace.added());
        List<Field> fields = new ArrayList<>();
        for (Head.Field field : Head.of(played.response()).fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (UNTOLD.contains(name) || trace.isRelayed() && name.equals("content-length")) {
                continue;
            }
            Position at = claim(claims, field);
            if (at == null && name.equals("server")) {
                at = HiddenLines.lineAt(configuration, trace, "server_tokens");
            }
            fields.add(new Field(field.name(), field.value(), at));
        }
        return fields;
    }

    private static @Nullable Position claim(List<Trace.Claim> claims, Head.Field field) {
        // the last one that set it counts, but of equal ones each is there once
        for (int i = claims.size() - 1; i >= 0; i--) {
            Trace.Claim claim = claims.get(i);
            String value = claim.value();
            if (claim.name().equalsIgnoreCase(field.name()) && (value == null || value.equals(field.value()))) {
                claims.remove(i);
                return claim.at();
            }
        }
        return null;
    }
}
