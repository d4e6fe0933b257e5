package io.frontdesk.modules.mirror;

import io.frontdesk.config.Position;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.RequestBody;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.engine.request.Subrequest.Output;
import io.frontdesk.engine.request.SubrequestListener;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes copies of a request, in the background. Immutable, shared by all loops. */
final class MirrorHandler implements Handler {
    private final String[] uris;
    private final boolean copiesBody;
    private final Position at;

    MirrorHandler(List<String> uris, boolean copiesBody, Position at) {
        this.uris = uris.toArray(new String[0]);
        this.copiesBody = copiesBody;
        this.at = at;
    }

    @Override
    public Outcome handle(Exchange ex) {
        if (ex.isSubrequest()) {
            return Outcome.NEXT;
        }
        if (ex.trace() != null) {
            for (String uri : uris) {
                ex.trace().step("mirror", at, "a copy goes to " + uri + ", whose answer is dropped");
            }
        }
        if (!copiesBody || !ex.body().isExpected()) {
            return copy(ex);
        }
        BodyCopy reading = new BodyCopy(ex);
        ex.body().readWhole(reading);
        return reading.begun();
    }

    private Outcome copy(Exchange ex) {
        String args = ex.uri().args();
        for (String uri : uris) {
            if (Subrequest.make(ex, uri, args, ex.method(), copiesBody, Output.BACKGROUND,
                    SubrequestListener.NONE) == null) {
                return ex.finish(500);
            }
        }
        return Outcome.NEXT;
    }

    @Override
    public String kind() {
        return "mirror";
    }

    @Override
    public @Nullable Position at() {
        return at;
    }

    /** The body on its way in: the copies are made when it is there. Loop of its exchange. */
    private final class BodyCopy implements RequestBody.Whole {
        private final Exchange exchange;
        private @Nullable Outcome outcome;
        private boolean waits;

        BodyCopy(Exchange exchange) {
            this.exchange = exchange;
        }

        Outcome begun() {
            Outcome now = outcome;
            waits = now == null;
            return now == null ? Outcome.WAIT : now;
        }

        @Override
        public void bodyReady() {
            goOn(copy(exchange));
        }

        @Override
        public void bodyFailed(int status) {
            goOn(exchange.finish(status));
        }

        private void goOn(Outcome next) {
            if (waits) {
                exchange.resume(next);
            } else {
                outcome = next;
            }
        }
    }
}
