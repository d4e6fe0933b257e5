package io.frontdesk.modules.healthcheck;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.probe.Probe;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerHealth;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.loop.Deadline;
import org.jspecify.annotations.Nullable;

/** One check of one server, again and again. One loop's. */
final class PeerCheck implements Probe.Listener {
    private final Worker worker;
    private final Peer peer;
    private final HealthCheck check;
    private final Probe.Place place;
    private final Runnable changed;
    private final Upstream alone;
    private final Deadline deadline;
    private PeerHealth verdict;
    private @Nullable Probe probe;
    private int inRow;
    private boolean lastPassed;

    /** {@code changed} hears of each new verdict. */
    PeerCheck(Worker worker, Peer peer, HealthCheck.Placed placed, Runnable changed) {
        this.worker = worker;
        this.peer = peer;
        this.check = placed.check();
        this.place = placed.place();
        this.changed = changed;
        this.alone = check.upstream().only(peer, check.line().port(), check.keepAlive());
        this.deadline = new Deadline(worker.wheel(), _ -> ask());
        this.verdict = peer.state().health();
    }

    /** What it says of the server now. */
    PeerHealth verdict() {
        return verdict;
    }

    void start() {
        deadline.arm(jitter());
    }

    void stop() {
        deadline.release();
        Probe running = probe;
        probe = null;
        if (running != null) {
            running.cancel();
        }
        alone.rest(worker.index());
    }

    private long jitter() {
        long most = check.line().jitterMillis();
        return most == 0 ? 0 : (worker.randomLong() >>> 1) % (most + 1);
    }

    private void ask() {
        probe = Probe.start(worker, place, check.source(), alone, check.line().request(), check.about(peer.name()),
                this);
    }

    @Override
    public void answered(Exchange exchange, UpstreamHead head, Bytes body) {
        for (Condition condition : check.conditions()) {
            if (!condition.holds(exchange, head, body)) {
                ended(false, condition.subject());
                return;
            }
        }
        ended(true, check.line().grpc() == null ? "status code" : "grpc status");
    }

    @Override
    public void failed() {
        ended(false, "the response");
    }

    private void ended(boolean passed, String subject) {
        probe = null;
        inRow = passed == lastPassed ? Math.min(inRow + 1, Integer.MAX_VALUE - 1) : 1;
        lastPassed = passed;
        if (passed && verdict != PeerHealth.HEALTHY && inRow >= check.line().passes()) {
            change(PeerHealth.HEALTHY, Severity.NOTICE, "peer is healthy while checking " + subject);
        } else if (!passed && verdict != PeerHealth.UNHEALTHY && inRow >= check.line().fails()) {
            change(PeerHealth.UNHEALTHY, Severity.WARN, "peer is unhealthy while checking " + subject);
        }
        deadline.arm(check.line().intervalMillis() + jitter());
    }

    private void change(PeerHealth next, Severity severity, String line) {
        verdict = next;
        String text = line + ", " + check.about(peer.name());
        ErrorLog log = place.location().core().errorLog();
        if (next == PeerHealth.UNHEALTHY) {
            log.log(FaultKind.SERVER_DISABLED, severity, text);
        } else {
            log.log(Severity.NOTICE, 0, text);
        }
        changed.run();
    }
}
