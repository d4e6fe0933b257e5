package io.frontdesk.modules.limitconn;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.AtEnd;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.zone.ZoneKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses a request while too many of its key run, by any limit of its location. Immutable, shared by all loops. */
final class LimitConnHandler implements Handler {
    private static final int MAX_KEY_BYTES = 255;

    /**
     * One {@code limit_conn} line, compiled.
     *
     * @param zone  the zone
     * @param key   the key of a request; requests with an empty one are not limited
     * @param limit how many may run
     * @param at    the line
     */
    record Limit(LimitConnZone zone, Template key, int limit, Position at) {}

    private final List<Limit> limits;
    private final int status;
    private final Severity level;
    private final boolean dryRun;
    private final int slot;

    LimitConnHandler(List<Limit> limits, int status, Severity level, boolean dryRun, int slot) {
        this.limits = List.copyOf(limits);
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
        Running mine = null;
        for (Limit limit : limits) {
            ZoneKey key = key(ex, limit);
            if (ex.trace() != null) {
                ex.trace().step("limit_conn", limit.at(), "zone " + limit.zone().name() + (key == null
                        ? " does not count it, as its key is empty"
                        : " counts it under \"" + limit.key().value(ex) + "\": " + limit.limit() + " may run at once"));
            }
            if (key == null) {
                continue;
            }
            if (!limit.zone().enter(key, limit.limit())) {
                leave(mine);
                return refuse(ex, limit);
            }
            mine = new Running(limit.zone(), key, mine);
        }
        if (mine != null) {
            ex.slot(slot, "PASSED");
            ex.takeAtEnd(mine);
        }
        return Outcome.NEXT;
    }

    private Outcome refuse(Exchange ex, Limit limit) {
        String line = "limiting connections" + (dryRun ? ", dry run," : "") + " by zone \"" + limit.zone().name()
                + "\"";
        if (dryRun) {
            ex.log(FaultKind.LIMITED, level, line);
        } else {
            ex.blame().log(FaultKind.LIMITED, level, line, () -> "limit_conn " + limit.zone().name());
        }
        ex.slot(slot, dryRun ? "REJECTED_DRY_RUN" : "REJECTED");
        return dryRun ? Outcome.NEXT : ex.finish(status);
    }

    private static @Nullable ZoneKey key(Exchange ex, Limit limit) {
        Bytes value = ex.worker().takeScratch();
        try {
            limit.key().append(ex, value);
            if (value.length() > MAX_KEY_BYTES) {
                ex.log(FaultKind.INVALID_VALUE, Severity.ERROR,
                        "the value of the \"" + limit.key().source() + "\" key is more than "
                                + MAX_KEY_BYTES + " bytes: \"" + value + "\"");
                return null;
            }
            return value.isEmpty() ? null : new ZoneKey(value);
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }

    private static void leave(@Nullable Running first) {
        for (Running each = first; each != null; each = each.before) {
            each.zone.leave(each.key);
        }
    }

    @Override
    public String kind() {
        return "limit_conn";
    }

    /** What one request has counted, in one zone after the other. */
    private static final class Running extends AtEnd {
        private final LimitConnZone zone;
        private final ZoneKey key;
        private final @Nullable Running before;

        Running(LimitConnZone zone, ZoneKey key, @Nullable Running before) {
            this.zone = zone;
            this.key = key;
            this.before = before;
        }

        @Override
        protected void end() {
            leave(this);
        }
    }
}
