package io.frontdesk.modules.limitreq;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.ContentState;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.net.loop.Deadline;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Lets a request in, holds it back or refuses it, by all limits of its location. Immutable, shared by all loops. */
final class LimitReqHandler implements Handler {
    private final LimitReqLimit[] limits;
    private final int status;
    private final Severity level;
    private final boolean dryRun;
    private final int slot;

    LimitReqHandler(List<LimitReqLimit> limits, int status, Severity level, boolean dryRun, int slot) {
        this.limits = limits.toArray(new LimitReqLimit[0]);
        this.status = status;
        this.level = level;
        this.dryRun = dryRun;
        this.slot = slot;
    }

    @Override
    public Outcome handle(Exchange ex) {
        if (ex.slot(slot) != null) {
            // nginx: an internal redirect is not counted again
            return Outcome.NEXT;
        }
        long now = ex.worker().clock().millis();
        AtomicLong[] buckets = new AtomicLong[limits.length];
        long delayMillis = 0;
        for (int i = 0; i < limits.length; i++) {
            LimitReqLimit limit = limits[i];
            Bytes key = ex.worker().takeScratch();
            try {
                limit.key().append(ex, key);
                if (ex.trace() != null) {
                    ex.trace().step("limit_req", limit.at(), tell(limit, key.toString()));
                }
                if (key.isEmpty()) {
                    continue;
                }
                if (key.length() > 65_535) {
                    ex.log(FaultKind.INVALID_VALUE, Severity.ERROR, "the value of the \"" + limit.key().source()
                            + "\" key is more than 65535 bytes: \"" + key + "\"");
                    continue;
                }
                AtomicLong bucket = limit.zone().bucket(key, now);
                if (bucket == null) {
                    ex.blame().log(FaultKind.LIMITED, Severity.ALERT,
                            "could not allocate node in limit_req zone \"" + limit.zone().name() + "\"",
                            null);
                    return ex.finish(status);
                }
                long excess = limit.zone().excessWithOneMore(bucket, now, limit.burstPerMille());
                if (excess == LimitReqZone.REJECTED) {
                    return refuse(ex, limit, limit.zone().next(bucket.get(), now));
                }
                buckets[i] = bucket;
                delayMillis = Math.max(delayMillis, delay(limit, excess));
                if (delay(limit, excess) > 0 && delay(limit, excess) == delayMillis) {
                    ex.log(softer(level), "delaying request" + (dryRun ? ", dry run" : "") + ", excess: " + show(excess)
                            + ", by zone \"" + limit.zone().name() + "\"");
                }
            } finally {
                ex.worker().giveBackScratch(key);
            }
        }
        for (int i = 0; i < limits.length; i++) {
            if (buckets[i] != null) {
                limits[i].zone().add(buckets[i], now);
            }
        }
        return delayMillis == 0 ? pass(ex) : hold(ex, delayMillis);
    }

    private static String tell(LimitReqLimit limit, String key) {
        if (key.isEmpty()) {
            return "zone " + limit.zone().name() + " does not count it, as its key is empty";
        }
        return "zone " + limit.zone().name() + " counts it under \"" + key + "\": " + rate(limit.zone().ratePerMille())
                + ", and a burst of " + limit.burstPerMille() / 1000;
    }

    /** As somebody would have written it: a rate of less than one a second is one of minutes. */
    private static String rate(long perMille) {
        boolean bySecond = perMille % 1000 == 0;
        long count = bySecond ? perMille / 1000 : (perMille * 60 + 500) / 1000;
        return count + (count == 1 ? " request" : " requests") + (bySecond ? " a second" : " a minute");
    }

    private Outcome pass(Exchange ex) {
        ex.slot(slot, "PASSED");
        return Outcome.NEXT;
    }

    private Outcome refuse(Exchange ex, LimitReqLimit limit, long excess) {
        String line = "limiting requests" + (dryRun ? ", dry run" : "") + ", excess: " + show(excess) + " by zone \""
                + limit.zone().name() + "\"";
        if (dryRun) {
            ex.log(FaultKind.LIMITED, level, line);
        } else {
            ex.blame().log(FaultKind.LIMITED, level, line,
                    () -> "limit_req zone=" + limit.zone().name() + " (" + limit.at() + ")");
        }
        ex.slot(slot, dryRun ? "REJECTED_DRY_RUN" : "REJECTED");
        return dryRun ? Outcome.NEXT : ex.finish(status);
    }

    private Outcome hold(Exchange ex, long delayMillis) {
        ex.slot(slot, dryRun ? "DELAYED_DRY_RUN" : "DELAYED");
        if (dryRun) {
            return Outcome.NEXT;
        }
        Holding holding = new Holding(ex);
        ex.content(holding);
        holding.deadline.arm(delayMillis);
        return Outcome.WAIT;
    }

    private static long delay(LimitReqLimit limit, long excess) {
        return excess <= limit.delayPerMille()
                ? 0
                : (excess - limit.delayPerMille()) * 1000 / limit.zone().ratePerMille();
    }

    /** nginx: a delay is logged one level below a refusal. */
    private static Severity softer(Severity level) {
        return switch (level) {
            case ERROR -> Severity.WARN;
            case WARN -> Severity.NOTICE;
            default -> Severity.INFO;
        };
    }

    private static String show(long perMille) {
        long thousandths = perMille % 1000;
        return perMille / 1000 + "." + (thousandths < 10 ? "00" : thousandths < 100 ? "0" : "") + thousandths;
    }

    @Override
    public String kind() {
        return "limit_req";
    }

    /** A request that is held back. Loop of its exchange. */
    private static final class Holding implements ContentState {
        private final Exchange exchange;
        private final Deadline deadline;

        Holding(Exchange exchange) {
            this.exchange = exchange;
            this.deadline = new Deadline(exchange.worker().wheel(), d -> resume());
        }

        private void resume() {
            exchange.content(null);
            exchange.resume(Outcome.NEXT);
        }

        @Override
        public void clientGone() {
            exchange.response().status(499);
            exchange.stream().closeWithoutAnswer(exchange);
        }

        @Override
        public void release() {
            deadline.release();
        }
    }
}
