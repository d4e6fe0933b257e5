package io.frontdesk.modules.authrequest;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Position;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.engine.request.Subrequest.Output;
import io.frontdesk.engine.request.SubrequestListener;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.upstream.UpstreamHead;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.VariableSetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks another location whether a request may come in. Immutable, shared by all loops. */
final class AuthRequestHandler implements Handler, SubrequestListener {
    private final String uri;
    private final Assignment[] assignments;
    private final Position at;

    AuthRequestHandler(String uri, List<Assignment> assignments, Position at) {
        this.uri = uri;
        this.assignments = assignments.toArray(new Assignment[0]);
        this.at = at;
    }

    /** A line of {@code auth_request_set}. */
    record Assignment(VariableSetter variable, Template value) {}

    @Override
    public Outcome handle(Exchange ex) {
        if (ex.trace() != null) {
            ex.trace().step("auth_request", at, "asks " + uri + ": 2xx lets the request in, 401 and 403 refuse it");
        }
        // nginx: it has no body, so that what was read of the client's stays where it is
        Subrequest made = Subrequest.make(ex, uri, null, Method.GET, false, Output.DISCARDED, this);
        return made == null ? ex.finish(500) : Outcome.WAIT;
    }

    @Override
    public void subrequestEnded(Subrequest subrequest) {
        Exchange asked = subrequest.exchange();
        Exchange asking = subrequest.parent();
        int status = asked.response().status();
        for (Assignment assignment : assignments) {
            assignment.variable.set(asking, assignment.value.value(asked));
        }
        if (status == 401) {
            passChallenges(asked, asking);
        }
        if (asking.trace() != null) {
            tell(asking.trace(), status);
        }
        subrequest.later(() -> asking.resume(verdict(asking, status)));
    }

    private void tell(Trace trace, int status) {
        boolean good = status >= 200 && status < 300;
        trace.step("auth_request", at, uri + " answers " + status + (good
                ? ", which lets the request in"
                : status == 401 || status == 403 ? ", and so is the request" : ", which is an error"));
        if (!good) {
            trace.answeredBy("auth_request", at);
        }
    }

    private static Outcome verdict(Exchange ex, int status) {
        if (status == 401 || status == 403) {
            ex.blame().on(status == 401 ? FaultKind.UNAUTHORIZED : FaultKind.DENIED);
            return ex.finish(status);
        }
        if (status >= 200 && status < 300) {
            return Outcome.ALLOW;
        }
        ex.blame().log(FaultKind.SUBREQUEST_FAILED, "auth request unexpected status: " + status);
        return ex.finish(500);
    }

    private static void passChallenges(Exchange from, Exchange to) {
        if (!passChallenges(from.response().fields(), to)) {
            // an upstream's own, although the location hides them
            UpstreamHead head = from.upstream() == null ? null : from.upstream().head();
            if (head != null) {
                passChallenges(head.fields(), to);
            }
        }
    }

    private static boolean passChallenges(Fields from, Exchange to) {
        int field = from.find(FieldName.WWW_AUTHENTICATE);
        boolean any = field >= 0;
        for (; field >= 0; field = from.next(field)) {
            to.response().fields().add(FieldName.WWW_AUTHENTICATE, from.bytes().array(), from.valueOffset(field),
                    from.valueLength(field));
        }
        return any;
    }

    @Override
    public String kind() {
        return "auth_request";
    }

    @Override
    public @Nullable Position at() {
        return at;
    }
}
