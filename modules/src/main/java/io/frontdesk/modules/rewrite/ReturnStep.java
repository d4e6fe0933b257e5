package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Statement;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.core.Redirects;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.variable.Template;
import io.netty.buffer.ByteBuf;

/**
 * {@code return}: ends the list with an answer. A redirect's text is its target; another text is the body, as it is; a status of 400 or
 * more without text goes the way of all errors.
 */
record ReturnStep(Statement at, int status, Template text) implements Step, FaultDetail {

    @Override
    public int run(Run run, int at) {
        Exchange ex = run.exchange();
        Trace trace = ex.trace();
        if (trace != null) {
            trace.answeredBy("return", this.at.at());
            trace.step("return", this.at.at(), "answers with " + (status == 0 ? "nothing" : "status " + status));
            trace.adds("Location", null, this.at.at());
        }
        return run.end(answer(ex));
    }

    @Override
    public String describe() {
        return "return " + status + " (" + at.at() + ")";
    }

    private Outcome answer(Exchange ex) {
        if (status >= 400) {
            ex.blame().on(FaultKind.CONFIGURED, this);
        }
        if (status >= 400 && text.isEmptyConstant()) {
            return ex.finish(status);
        }
        Bytes value = ex.worker().takeScratch();
        try {
            text.append(ex, value);
            if (ex.failure() != 0) {
                return ex.finish(ex.failure());
            }
            if (isRedirect(status)) {
                Redirects.location(ex, value);
                return ex.finish(status);
            }
            send(ex, value);
            return Outcome.ANSWERED;
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }

    private void send(Exchange ex, Bytes value) {
        Response response = ex.response();
        CoreSettings core = ex.location().core();
        response.status(status);
        response.contentLength(value.length());
        // X-Accel-Redirect: the type that the upstream said stays
        if (response.contentType().isEmpty()) {
            response.contentType().write(core.types().find(ex.uri()));
        }
        if (value.isEmpty()) {
            ex.responder().answer(null);
            return;
        }
        ByteBuf body = ex.worker().allocator().buffer(value.length());
        value.copyTo(body);
        ex.responder().answer(body);
    }

    /** nginx: these take a text as their Location. */
    static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
