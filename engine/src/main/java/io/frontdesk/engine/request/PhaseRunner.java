package io.frontdesk.engine.request;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.response.ErrorPages;
import io.frontdesk.engine.route.LocationFinder;
import io.frontdesk.engine.trace.Trace;
import org.jspecify.annotations.Nullable;

/**
 * The one place that knows the order of the phases, and what a handler's outcome means. Stateless; an exchange keeps its own place, so
 * that a handler may wait. A trampoline: a handler that resumes at once does not deepen the stack.
 */
public final class PhaseRunner {
    private static final int ACCESS_NEUTRAL = 0;
    private static final int ACCESS_ALLOWED = 1;

    private PhaseRunner() {}

    /** Runs a fresh exchange. */
    public static void start(Exchange ex) {
        ex.phase = Phase.POST_READ;
        ex.step = 0;
        Trace trace = ex.trace();
        if (trace != null) {
            trace.begin(ex);
            if (trace.locatesOnly()) {
                LocationFinder.find(ex);
                ex.stream().closeWithoutAnswer(ex);
                return;
            }
        }
        run(ex, ex.failure() == 0 ? Outcome.NEXT : failed(ex, Outcome.NEXT));
    }

    /** Runs a fresh subrequest: where it comes from was seen to by the request around it. */
    static void startInside(Exchange ex) {
        enter(ex, Phase.SERVER_REWRITE);
        run(ex, Outcome.NEXT);
    }

    /** Runs a fresh subrequest that does what the request around it does, whose location has let that one in. */
    static void startAgain(Exchange ex) {
        enter(ex, Phase.CONTENT);
        run(ex, Outcome.NEXT);
    }

    /** Answers a request that was refused before any phase: its error page may be made by the phases. */
    public static void refuse(Exchange ex, int status) {
        if (ex.trace() != null) {
            ex.trace().begin(ex);
        }
        run(ex, ex.finish(status));
    }

    /** Goes on after a handler waited. */
    static void resume(Exchange ex, Outcome outcome) {
        if (!ex.isDone()) {
            ex.step++;
            boolean passes = outcome == Outcome.FINISH && ex.phase == Phase.ACCESS && deferred(ex);
            try {
                run(ex, passes ? Outcome.NEXT : outcome);
            } catch (RuntimeException bug) {
                ErrorPages.bug(ex, bug);
            }
        }
    }

    /** A refusal was held back long enough. */
    static void refuseNow(Exchange ex, int status) {
        try {
            run(ex, ErrorPages.answer(ex, status));
        } catch (RuntimeException bug) {
            ErrorPages.bug(ex, bug);
        }
    }

    private static void run(Exchange ex, Outcome first) {
        Outcome outcome = first;
        while (true) {
            if (outcome == Outcome.NEXT || outcome == Outcome.ALLOW) {
                outcome = step(ex, outcome);
                continue;
            }
            switch (outcome) {
                case WAIT, ANSWERED -> {
                    return;
                }
                case FINISH -> outcome = finish(ex);
                case JUMP -> outcome = jump(ex);
                default -> throw new IllegalStateException(outcome.toString());
            }
        }
    }

    /** Runs the handler at the exchange's place, or moves to the next phase when there is none; returns what to do next. */
    private static Outcome step(Exchange ex, Outcome before) {
        switch (ex.phase) {
            case FIND_LOCATION -> {
                ex.uri().changed(false);
                Outcome found = LocationFinder.find(ex);
                if (found == Outcome.NEXT) {
                    enter(ex, Phase.REWRITE);
                }
                return found;
            }
            case POST_REWRITE -> {
                return postRewrite(ex);
            }
            case POST_ACCESS -> {
                enter(ex, Phase.PRECONTENT);
                return Outcome.NEXT;
            }
            case ANSWERED, LOG -> throw new IllegalStateException(ex.phase + " runs when the answer is out");
            default -> {
                return handlers(ex, before);
            }
        }
    }

    private static Outcome handlers(Exchange ex, Outcome before) {
        Handler[] handlers = ex.phase == Phase.POST_READ || ex.phase == Phase.SERVER_REWRITE
                ? ex.server().root().handlers(ex.phase)
                : ex.location().handlers(ex.phase);
        if (ex.phase == Phase.ACCESS && before == Outcome.ALLOW) {
            ex.accessVerdict = ACCESS_ALLOWED;
            if (ex.location().core().satisfiesAny()) {
                ex.response().fields().removeAll(FieldName.WWW_AUTHENTICATE);
                ex.response().fields().removeAll(FieldName.PROXY_AUTHENTICATE);
                enter(ex, Phase.POST_ACCESS);
                return Outcome.NEXT;
            }
        }
        if (ex.step >= handlers.length) {
            return endOfPhase(ex);
        }
        Handler handler = handlers[ex.step];
        Trace trace = ex.trace();
        Outcome outcome = trace == null ? handler.handle(ex) : traced(ex, handler, trace);
        if (ex.failure() != 0) {
            outcome = failed(ex, outcome);
        }
        if (outcome == Outcome.NEXT || outcome == Outcome.ALLOW) {
            ex.step++;
        } else if (outcome == Outcome.FINISH && ex.phase == Phase.ACCESS && deferred(ex)) {
            ex.step++;
            return Outcome.NEXT;
        }
        return outcome;
    }

    private static Outcome traced(Exchange ex, Handler handler, Trace trace) {
        int stepsBefore = trace.size();
        Phase phase = ex.phase;
        Outcome outcome = handler.handle(ex);
        trace.handled(ex, phase, handler, outcome, stepsBefore);
        return outcome;
    }

    /** A value could not be found: the handler's outcome may be wrong, unless it has answered by itself or refused anyway. */
    private static Outcome failed(Exchange ex, Outcome outcome) {
        int status = ex.failure();
        ex.fail(0);
        boolean stands = outcome == Outcome.ANSWERED || outcome == Outcome.WAIT
                || outcome == Outcome.FINISH && ex.finishStatus() >= 400;
        if (stands || ex.response().headSent()) {
            return outcome;
        }
        ex.response().clear();
        return ex.finish(status);
    }

    /** With {@code satisfy any}, a refusal counts only when no handler lets the request in. */
    private static boolean deferred(Exchange ex) {
        int status = ex.finishStatus();
        if (!ex.location().core().satisfiesAny() || status != 401 && status != 403 && status != 407) {
            return false;
        }
        if (ex.trace() != null) {
            ex.trace().step("satisfy", null, "any: this refusal counts only if no other rule lets the request in");
        }
        if (ex.accessVerdict != 401 && ex.accessVerdict != 407) {
            ex.accessVerdict = status;
        }
        return true;
    }

    private static Outcome endOfPhase(Exchange ex) {
        switch (ex.phase) {
            case POST_READ -> enter(ex, Phase.SERVER_REWRITE);
            case SERVER_REWRITE -> enter(ex, Phase.FIND_LOCATION);
            case REWRITE -> enter(ex, Phase.POST_REWRITE);
            case PREACCESS -> {
                ex.accessVerdict = ACCESS_NEUTRAL;
                // nginx: who may ask was decided on the request around it
                enter(ex, ex.isSubrequest() ? Phase.POST_ACCESS : Phase.ACCESS);
            }
            case ACCESS -> {
                if (ex.accessVerdict > ACCESS_ALLOWED) {
                    if (ex.accessVerdict == 403) {
                        ex.blame().log(FaultKind.DENIED, "access forbidden by rule");
                    }
                    return ex.finish(ex.accessVerdict);
                }
                enter(ex, Phase.POST_ACCESS);
            }
            case PRECONTENT -> enter(ex, Phase.CONTENT);
            case CONTENT -> {
                return noContent(ex);
            }
            default -> throw new IllegalStateException(ex.phase.toString());
        }
        return Outcome.NEXT;
    }

    private static Outcome noContent(Exchange ex) {
        if (ex.uri().pathLast() == '/') {
            ex.blame().log(FaultKind.FORBIDDEN,
                    "directory index of \"" + ex.location().core().mapPath(ex, "") + "\" is forbidden");
            return ex.finish(403);
        }
        return ex.finish(404);
    }

    private static Outcome postRewrite(Exchange ex) {
        if (!ex.uri().isChanged()) {
            enter(ex, Phase.PREACCESS);
            return Outcome.NEXT;
        }
        ex.uri().changed(false);
        if (!ex.uri().countChange()) {
            ex.blame().log(FaultKind.REDIRECT_CYCLE,
                    "rewrite or internal redirection cycle while processing \"" + ex.uri().path() + "\"");
            return ex.finish(500);
        }
        ex.location(ex.server().root());
        enter(ex, Phase.FIND_LOCATION);
        return Outcome.NEXT;
    }

    private static void enter(Exchange ex, Phase phase) {
        ex.phase = phase;
        ex.step = 0;
    }

    private static Outcome finish(Exchange ex) {
        Subrequest inside = ex.inside();
        if (inside != null && inside.isReplaced()) {
            return Outcome.ANSWERED;
        }
        return AuthDelay.holds(ex, ex.finishStatus()) ? Outcome.WAIT : ErrorPages.answer(ex, ex.finishStatus());
    }

    private static Outcome jump(Exchange ex) {
        @Nullable
        String target = ex.jumpTarget();
        if (target == null) {
            throw new IllegalStateException("a jump to nowhere");
        }
        if (!ex.uri().countChange()) {
            ex.blame().log(FaultKind.REDIRECT_CYCLE, "rewrite or internal redirection cycle while "
                    + (target.startsWith("@") ? "redirect to named location \"" : "internally redirecting to \"")
                    + target + "\"");
            return ErrorPages.answerPlain(ex, 500);
        }
        ex.content(null);
        ex.markInternal();
        ex.uri().hasRawForm(false);
        ex.uri().addsToAlias(false);
        ex.uri().changed(false);
        if (target.startsWith("@")) {
            @Nullable
            LocationPlan named = ex.server().named(target);
            if (ex.uri().pathLength() == 0) {
                ex.blame().log(FaultKind.NO_NAMED_LOCATION,
                        "empty URI in redirect to named location \"" + target + "\"");
                return ErrorPages.answerPlain(ex, 500);
            }
            if (named == null) {
                ex.blame().log(FaultKind.NO_NAMED_LOCATION, "could not find named location \"" + target + "\"");
                return ErrorPages.answerPlain(ex, 500);
            }
            ex.location(named);
            if (ex.trace() != null) {
                ex.trace().location(named, "the named location " + target + " goes on with it");
            }
            enter(ex, Phase.REWRITE);
            return Outcome.NEXT;
        }
        ex.uri().locationFits(true);
        ex.uri().path(target);
        @Nullable
        String args = ex.jumpArgs();
        ex.uri().args(args == null ? "" : args);
        ex.location(ex.server().root());
        if (ex.trace() != null) {
            ex.trace().step("internal_redirect", null, "goes on at " + target
                    + (args == null || args.isEmpty() ? "" : "?" + args) + ", as a new search, internally");
        }
        enter(ex, Phase.SERVER_REWRITE);
        return Outcome.NEXT;
    }

    /** The client went away while no content handler was at work. */
    static void clientGone(Exchange ex) {
        int status = ex.response().status();
        if (!ex.response().headSent() && status != 444 && status != 408) {
            // otherwise it is we who close it
            ex.response().status(499);
            ex.blame().on(FaultKind.CLIENT_CLOSED);
        }
        ex.stream().closeWithoutAnswer(ex);
    }

    /** Runs the ANSWERED phase. */
    static void answered(Exchange ex) {
        Handler[] handlers = ex.location().handlers(Phase.ANSWERED);
        if (handlers.length == 0) {
            return;
        }
        try {
            for (Handler handler : handlers) {
                handler.handle(ex);
            }
        } catch (RuntimeException bug) {
            // The answer is out, and the request ends as it would have.
            ex.worker().bug(bug);
        }
    }

    /** Runs the LOG phase. */
    static void log(Exchange ex) {
        ex.phase = Phase.LOG;
        if (ex.trace() != null) {
            return;
        }
        try {
            for (Handler handler : ex.location().handlers(Phase.LOG)) {
                handler.handle(ex);
            }
        } catch (RuntimeException bug) {
            // All is answered, and what the request holds must be released all the same.
            ex.worker().bug(bug);
        }
    }
}
