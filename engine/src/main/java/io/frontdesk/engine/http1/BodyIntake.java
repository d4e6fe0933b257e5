package io.frontdesk.engine.http1;

import io.frontdesk.codec.http1.ContentEvent;
import io.frontdesk.codec.http1.ContentReader;
import io.frontdesk.codec.http1.Framing;
import io.frontdesk.codec.http1.Refusal;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.Side;
import io.frontdesk.engine.client.BodyPace;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.net.loop.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies of a connection's requests, and hands them to the exchange; throws away what nobody reads, and ends what is malformed,
 * too slow or cut off. Owned by its connection.
 */
final class BodyIntake {
    private final Http1Connection connection;
    private final Exchange exchange;
    private final Deadline deadline;
    private final ConnectionFaults faults;
    private final ContentReader content = new ContentReader(Side.CLIENT, 16 * 1024, 100);
    private final BodyPace pace = new BodyPace();
    private int refusal;
    /** Until when a body that is thrown away behind its answer may go on, or 0 for a body that somebody reads. */
    private long drainUntilMillis;

    BodyIntake(Http1Connection connection, Exchange exchange, Deadline deadline, ConnectionFaults faults) {
        this.connection = connection;
        this.exchange = exchange;
        this.deadline = deadline;
        this.faults = faults;
    }

    /** A request begins whose head says what follows. */
    void begin(RequestHead head) {
        refusal = 0;
        drainUntilMillis = 0;
        pace.begin();
        exchange.body().begin(head.hasContent());
        if (head.hasContent()) {
            content.start(head.framing(), head.contentLength(), 0);
        }
    }

    /** Throws the body away, and what of it is in the buffer at once; gives the status of its refusal, or 0. */
    int discard(@Nullable ByteBuf in) {
        exchange.body().discard();
        if (in != null) {
            boolean goesOn = true;
            while (goesOn && in.isReadable() && !exchange.body().hasEnded()) {
                goesOn = read(in);
            }
        }
        return refusal;
    }

    /** The answer is out: what is left of the body may come for {@code lingering_time}, and is thrown away. */
    void drain() {
        drainUntilMillis = exchange.worker().clock().millis() + exchange.location().core().lingeringTimeMillis();
        exchange.body().discard();
    }

    private boolean isDraining() {
        return drainUntilMillis != 0;
    }

    /** The body's reader has room again, or has none: starts or stops the clock; gives whether more may come. */
    boolean awaitsMore() {
        if (exchange.body().wantsMore()) {
            arm(exchange.location().core());
            return true;
        }
        deadline.disarm();
        pace.rests();
        return false;
    }

    /** Says by when more must have come; false when the time for a body that is thrown away is over. */
    private boolean arm(CoreSettings core) {
        if (!isDraining()) {
            pace.waits(exchange.worker().clock().millis());
            deadline.arm(core.clientBodyTimeoutMillis());
            return true;
        }
        // nginx: lingering_timeout between two parts, lingering_time for all of it
        long left = drainUntilMillis - exchange.worker().clock().millis();
        deadline.arm(Math.min(Math.max(left, 0), core.lingeringTimeoutMillis()));
        return left > 0;
    }

    /** Whether the request cannot go on without a part that did not come. */
    boolean isMissing() {
        return exchange.body().isExpected() && !exchange.body().hasEnded() && exchange.body().wantsMore();
    }

    /** The client ended before the body's end. */
    void cutOff() {
        faults.bodyCutOff();
        exchange.body().fail(400);
    }

    /** Nothing came for {@code client_body_timeout}. */
    void timedOut() {
        faults.bodyTimedOut();
        exchange.body().fail(408);
    }

    /** Reads on; gives whether there may be more to do with what is in the buffer. */
    boolean read(ByteBuf in) {
        if (refusal != 0) {
            in.skipBytes(in.readableBytes());
            return false;
        }
        if (!exchange.body().wantsMore()) {
            return false;
        }
        CoreSettings core = exchange.location().core();
        if (!arm(core)) {
            connection.closeNow();
            return false;
        }
        // A chunk that announces too much is refused by its size line. What is thrown away may be of any length.
        content.maxContent(exchange.body().isDiscarded() ? 0 : core.clientMaxBodySize());
        ContentEvent event = content.read(in);
        return switch (event) {
            case NEED_MORE -> {
                isTooSlow(core);
                yield false;
            }
            case DATA -> {
                deliver(content.giveData(in), content.isEnded());
                yield !isTooSlow(core);
            }
            case END -> {
                if (!exchange.body().hasEnded()) {
                    deliver(Unpooled.EMPTY_BUFFER, true);
                }
                yield true;
            }
            case REFUSED -> {
                refuse();
                yield false;
            }
        };
    }

    private boolean isTooSlow(CoreSettings core) {
        boolean tooSlow = !isDraining() && exchange.body().wantsMore() && pace.isTooSlow(core);
        if (tooSlow) {
            deadline.disarm();
            faults.bodyTooSlow();
            exchange.body().fail(408);
        }
        return tooSlow;
    }

    private void deliver(ByteBuf part, boolean last) {
        pace.came(part.readableBytes());
        if (last) {
            deadline.disarm();
            if (content.framing() == Framing.CHUNKED && content.trailers().size() > 0) {
                exchange.body().trailers(content.trailers());
            }
        }
        try {
            exchange.body().receive(part, last);
        } finally {
            part.release();
        }
        if (last) {
            connection.bodyEnded();
        }
    }

    private void refuse() {
        Refusal why = content.refusal();
        if (why.status() == 413) {
            exchange.blame().log(FaultKind.BODY_TOO_LARGE, why.reason(), exchange.location().core().bodySizeLimit());
        } else {
            exchange.blame().log(FaultKind.BAD_REQUEST, why.reason());
        }
        deadline.disarm();
        refusal = why.status();
        exchange.keepsAlive(false);
        connection.closesAfterAnswer();
        if (isDraining()) {
            connection.closeNow();
        } else {
            exchange.body().fail(refusal);
        }
    }
}
