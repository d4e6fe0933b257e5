package io.frontdesk.engine.probe;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.upstream.ProbeSource;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.worker.Worker;
import org.jspecify.annotations.Nullable;

/**
 * One request to one server, with all that its location says about requests to it: headers, timeouts, TLS. It is an exchange like any
 * other, but for having no client, no phases and no filters. One loop's.
 */
public final class Probe {
    /** How much of a body is looked at, as nginx does. */
    public static final int MAX_BODY = 256 * 1024;

    /** Where a probe belongs. A value. */
    public record Place(Snapshot snapshot, ServerPlan server, LocationPlan location) {}

    /** What comes of it: one of these, once, never before {@link Probe#start} returns; neither when it was cancelled. */
    public interface Listener {
        /** There is a response; both are lent for the call. */
        void answered(Exchange exchange, UpstreamHead head, Bytes body);

        /** There is none, or it broke off. */
        void failed();
    }

    private final Worker worker;
    private final Listener listener;
    private final Exchange exchange;
    private final ProbeStream stream;
    private boolean over;

    private Probe(Worker worker, Place place, ProbeRequest request, RequestHead head, String about,
            Listener listener) {
        this.worker = worker;
        this.listener = listener;
        this.stream = new ProbeStream(request.body(), MAX_BODY, () -> worker.loop().execute(this::finish));
        this.exchange = new Exchange(worker,
                new ProbeConnection(place.snapshot, place.server, worker.clock().millis(), about), stream, head);
    }

    /**
     * Starts.
     *
     * @param alone a group of the one server
     * @param about what lines of the log say instead of a client
     */
    public static Probe start(Worker worker, Place place, ProbeSource source, Upstream alone,
            ProbeRequest request, String about, Listener listener) {
        RequestHead head = new RequestHead();
        request.fill(alone.name(), head);
        Probe probe = new Probe(worker, place, request, head, about, listener);
        probe.run(place, source, alone, head);
        return probe;
    }

    private void run(Place place, ProbeSource source, Upstream alone, RequestHead head) {
        exchange.begin(place.snapshot, place.server);
        exchange.location(place.location);
        exchange.uri().path(head.pathArray(), head.pathOffset(), head.pathLength());
        exchange.uri().args(head.bytes().array(), Math.max(0, head.queryOffset()), head.queryLength());
        exchange.uri().hasRawForm(true);
        exchange.body().begin(head.contentLength() > 0);
        // A failure must not lead to a page that other handlers make.
        exchange.markErrorPage();
        Outcome outcome = source.probe(exchange, alone);
        if (outcome != Outcome.WAIT) {
            exchange.resume(outcome);
        }
    }

    private void finish() {
        if (over) {
            return;
        }
        over = true;
        UpstreamExchange upstream = exchange.upstream();
        @Nullable
        UpstreamHead head = upstream == null ? null : upstream.head();
        try {
            if (head != null && stream.isWhole()) {
                listener.answered(exchange, head, stream.body());
            } else {
                listener.failed();
            }
        } finally {
            exchange.complete();
        }
    }

    /** Gives up; nothing is heard of it any more. */
    public void cancel() {
        if (!over) {
            over = true;
            exchange.complete();
        }
    }
}
