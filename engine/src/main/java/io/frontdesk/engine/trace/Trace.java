package io.frontdesk.engine.trace;

import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the code that decides about a request tells of it. There is one for a request that is explained, and none for those that are
 * served: {@link Exchange#trace} is null then, so that all it costs is to see that. All texts are byte strings. Loop of the exchange.
 */
public final class Trace {
    private final List<Step> steps = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Claim> sent = new ArrayList<>();
    private final List<Claim> added = new ArrayList<>();
    private final List<Inside> inside = new ArrayList<>();
    private final boolean locatesOnly;
    private final Runnable whenEnded;
    private final Handshake handshake;
    private String requestHead = "";
    private @Nullable ServerPlan tlsServer;
    private String rule = "default";
    private String uri = "";
    private @Nullable ServerPlan server;
    private @Nullable LocationPlan location;
    private String handler = "";
    private @Nullable Position handlerAt;
    private @Nullable Upstream upstream;
    private int status;
    private boolean relayed;
    private boolean statusStands;

    /**
     * Something that was decided, or looked at.
     *
     * @param kind the directive's name, or what else it is about
     * @param at   the line that says so, or null
     * @param text what came of it
     */
    public record Step(String kind, @Nullable Position at, String text) {}

    /**
     * A location that was considered.
     *
     * @param pattern as it is written
     * @param at      where it stands
     * @param verdict whether it won, and why
     */
    public record Candidate(String pattern, Position at, String verdict) {}

    /**
     * Who set a field.
     *
     * @param name  the field
     * @param value its value; null for whatever value it has
     * @param at    the line that set it, or null
     */
    public record Claim(String name, @Nullable String value, @Nullable Position at) {}

    /**
     * How a connection to an address of TLS is taken to have begun.
     *
     * @param plain      the client speaks no TLS
     * @param serverName the name that it asks for in its handshake; empty for none
     */
    public record Handshake(boolean plain, String serverName) {}

    /**
     * A request that was made inside this one.
     *
     * @param uri   its path and arguments
     * @param trace what was decided about it
     */
    public record Inside(String uri, Trace trace) {}

    /**
     * For one request.
     *
     * @param locatesOnly whether nothing is to be done but to find its server and location
     * @param whenEnded   runs on its loop when it is over
     * @param handshake   how its connection began, where it matters
     */
    public Trace(boolean locatesOnly, Runnable whenEnded, Handshake handshake) {
        this.locatesOnly = locatesOnly;
        this.whenEnded = whenEnded;
        this.handshake = handshake;
    }

    // ---- told by the code that decides

    /** Something was decided. */
    public void step(String kind, @Nullable Position at, String text) {
        steps.add(new Step(kind, at, text));
    }

    /** A line for the error log. */
    public void log(Severity severity, String message) {
        step("log", null, "[" + severity.label() + "] " + message);
    }

    /** The connection: which rule chooses the server. */
    public void server(String byRule, @Nullable Position at, String text) {
        rule = byRule;
        step("server", at, text);
    }

    /** The connection: the handshake chose a server, and with it the certificate. */
    public void handshake(ServerPlan by, String text) {
        tlsServer = by;
        step("tls", by.at(), text);
    }

    /** A request is made inside this one; gives what it tells. */
    public Trace inside(Exchange parent, String path) {
        Trace trace = new Trace(false, () -> {}, handshake);
        trace.server = parent.server();
        trace.uri = path;
        inside.add(new Inside(path, trace));
        return trace;
    }

    /** The runner: the phases begin. */
    public void begin(Exchange ex) {
        server = ex.server();
        String args = ex.uri().args();
        uri = ex.uri().path() + (args.isEmpty() ? "" : "?" + args);
    }

    /** The search: it has looked at these, in this order. */
    public void considered(List<Candidate> all) {
        candidates.addAll(all);
    }

    /** The search, or a jump: this one is in force. */
    public void location(LocationPlan plan, String text) {
        location = plan;
        step("location", plan.at(), text);
    }

    /** A handler: it is the one that answers. */
    public void answeredBy(String kind, @Nullable Position at) {
        handler = kind;
        handlerAt = at;
    }

    /** The runner: a handler returned; what it has not told itself is told here, {@code stepsBefore} says whether it did. */
    public void handled(Exchange ex, Phase phase, Handler by, Outcome outcome, int stepsBefore) {
        boolean ends = outcome == Outcome.FINISH || outcome == Outcome.ANSWERED
                || outcome == Outcome.WAIT && phase == Phase.CONTENT;
        if (ends && !by.kind().equals("rewrite")) {
            Position at = by.at();
            for (int i = steps.size() - 1; at == null && i >= stepsBefore; i--) {
                at = steps.get(i).at();
            }
            answeredBy(by.kind(), at == null ? ex.location().at() : at);
        }
        if (steps.size() > stepsBefore) {
            return;
        }
        switch (outcome) {
            case ALLOW -> step(by.kind(), by.at(), "lets the request in");
            case FINISH -> step(by.kind(), by.at(), "ends with status " + ex.finishStatus());
            case ANSWERED -> step(by.kind(), by.at(), "answers");
            case WAIT -> step(by.kind(), by.at(), phase == Phase.CONTENT ? "answers it" : "waits");
            case NEXT, JUMP -> {
                // the next step tells
            }
        }
    }

    /** The preparation: an upstream is about to be asked; the fields of the request follow. */
    public void prepares() {
        sent.clear();
    }

    /** The link to an upstream: the request goes to a server of this one. */
    public void asks(Upstream group) {
        upstream = group;
    }

    /** The intake: what the upstream answers is the client's. */
    public void relays(Exchange ex) {
        relayed = true;
        statusStands = ex.errorStatus() != 0;
    }

    /** The sender: this is the head that the upstream gets, and perhaps more behind it. */
    public void requestHead(String head) {
        requestHead = head;
    }

    /** A codec: the next field of the request to the upstream was set by a line. */
    public void sends(String name, @Nullable Position at) {
        sent.add(new Claim(name, null, at));
    }

    /** A field of the response was set by a line; a null value stands for whatever it is. */
    public void adds(String name, @Nullable String value, @Nullable Position at) {
        added.add(new Claim(name, value, at));
    }

    /** The exchange: nothing more happens. */
    public void ended(Exchange ex) {
        status = ex.response().status();
        LocationPlan last = ex.location();
        switch (last.pattern().kind()) {
            case SERVER -> location = null;
            // a block inside the location that was found
            case IMPLICIT -> {
            }
            default -> location = last;
        }
        whenEnded.run();
    }

    // ---- asked by whoever explains

    /** Whether the request ends once its location is found. */
    public boolean locatesOnly() {
        return locatesOnly;
    }

    /** How its connection began. */
    public Handshake handshake() {
        return handshake;
    }

    /** The server whose certificate the handshake shows; null without TLS. */
    public @Nullable ServerPlan tlsServer() {
        return tlsServer;
    }

    /** The requests that were made inside this one, in order. */
    public List<Inside> inside() {
        return inside;
    }

    /** What the upstream was sent last; empty when none was asked. */
    public String requestHead() {
        return requestHead;
    }

    /** How many steps there are so far. */
    public int size() {
        return steps.size();
    }

    /** What was decided, in order. */
    public List<Step> steps() {
        return steps;
    }

    /** The locations that were considered, in order, those of a second search behind those of the first. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** Who set which field of the request to the upstream, in the order in which they were written. */
    public List<Claim> sent() {
        return sent;
    }

    /** Who set which field of the response. */
    public List<Claim> added() {
        return added;
    }

    /** The rule that chose the server. */
    public String rule() {
        return rule;
    }

    /** The URI as the client's target was understood. */
    public String uri() {
        return uri;
    }

    /** The server; null when the request was refused before. */
    public @Nullable ServerPlan server() {
        return server;
    }

    /** The last location that was in force; null for the server's own plan. */
    public @Nullable LocationPlan location() {
        return location;
    }

    /** What kind of handler answers; empty when none was asked. */
    public String handler() {
        return handler;
    }

    /** The line that made it the one. */
    public @Nullable Position handlerAt() {
        return handlerAt;
    }

    /** The upstream that was asked last, or null. */
    public @Nullable Upstream upstream() {
        return upstream;
    }

    /** Whether an upstream's answer became the client's. */
    public boolean isRelayed() {
        return relayed;
    }

    /** The status at the end; 0 when nothing was answered, or when it is the upstream's. */
    public int status() {
        return relayed && !statusStands ? 0 : status;
    }
}
