package io.frontdesk.engine.response;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.core.Redirects;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.BugLine;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Response;
import io.frontdesk.net.OutOfMemory;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Answers a status: by the {@code error_page} that is in force, otherwise by a built-in page. Stateless; loop of the exchange.
 */
public final class ErrorPages {
    private ErrorPages() {}

    /** Answers; the outcome is what the runner goes on with. */
    public static Outcome answer(Exchange ex, int status) {
        if (ex.response().headSent()) {
            ex.responder().abort();
            return Outcome.ANSWERED;
        }
        if (status == 444 || status == 499 || status == 408) {
            ex.response().status(status);
            ex.stream().closeWithoutAnswer(ex);
            return Outcome.ANSWERED;
        }
        ex.errorStatus(status);
        switch (status) {
            case 400, 413, 414, 495, 496, 497, 500, 501 -> ex.keepsAlive(false);
            default -> {
            }
        }
        CoreSettings core = ex.location().core();
        if (!ex.isErrorPage() && !core.errorPages().isEmpty()) {
            // nginx: said even where no page fits, so that the error of an inner redirect gets none either
            if (!core.recursesErrorPages()) {
                ex.markErrorPage();
            }
            ErrorPage page = find(core, status);
            if (page != null) {
                return send(ex, page);
            }
        }
        return builtIn(ex, status);
    }

    /** Answers by the built-in page, whatever {@code error_page} says. */
    public static Outcome answerPlain(Exchange ex, int status) {
        if (ex.response().headSent()) {
            ex.responder().abort();
            return Outcome.ANSWERED;
        }
        ex.errorStatus(status);
        if (status >= 500) {
            ex.keepsAlive(false);
        }
        return builtIn(ex, status);
    }

    private static @Nullable ErrorPage find(CoreSettings core, int status) {
        for (ErrorPage page : core.errorPages()) {
            if (page.status() == status) {
                return page;
            }
        }
        return null;
    }

    private static Outcome send(Exchange ex, ErrorPage page) {
        ex.blame().pageAnswers(page.status());
        if (page.overwrite() >= 0) {
            ex.errorStatus(page.overwrite());
        }
        String target = page.target().value(ex);
        if (ex.trace() != null) {
            ex.trace().step("error_page", page.at(), "status " + page.status() + " is answered by " + target
                    + (page.overwrite() > 0 ? " with status " + page.overwrite() : ""));
        }
        if (target.startsWith("/")) {
            @Nullable
            String args = page.args();
            if (!page.target().isConstant()) {
                int question = target.indexOf('?');
                if (question >= 0) {
                    args = target.substring(question + 1);
                    target = target.substring(0, question);
                }
            }
            ex.becomeGet();
            forgetEntity(ex.response());
            return ex.jump(target, args);
        }
        if (target.startsWith("@")) {
            forgetEntity(ex.response());
            return ex.jumpNamed(target);
        }
        int status = page.overwrite();
        if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
            status = 302;
        }
        ex.errorStatus(status);
        Bytes out = ex.worker().takeScratch();
        try {
            out.write(target);
            Redirects.location(ex, out);
        } finally {
            ex.worker().giveBackScratch(out);
        }
        return builtIn(ex, status);
    }

    /** What was said of a body that will not go out; fields such as WWW-Authenticate stay for the error page. */
    private static void forgetEntity(Response response) {
        response.contentType().clear();
        response.charset().clear();
        response.contentLength(-1);
        response.lastModifiedSeconds(-1);
        response.rangesAllowed(false);
        response.fields().removeAll(FieldName.ETAG);
        response.fields().removeAll(FieldName.LAST_MODIFIED);
        response.fields().removeAll(FieldName.ACCEPT_RANGES);
        response.fields().removeAll(FieldName.CONTENT_ENCODING);
    }

    private static Outcome builtIn(Exchange ex, int status) {
        ex.content(null);
        ex.errorStatus(0);
        if (ex.trace() != null) {
            ex.trace().step("status", null, "the built-in page of status " + SpecialPage.shownStatus(status));
        }
        Response response = ex.response();
        forgetEntity(response);
        response.status(SpecialPage.shownStatus(status));
        byte @Nullable [] page = SpecialPage.of(ex, status);
        if (page == null) {
            response.contentLength(status == 204 ? -1 : 0);
            ex.responder().answer(null);
            return Outcome.ANSWERED;
        }
        if (SpecialPage.isRefresh(ex, status)) {
            response.status(200);
            response.fields().removeAll(FieldName.LOCATION);
        }
        response.contentType("text/html");
        response.contentLength(page.length);
        ByteBuf body = ex.worker().allocator().buffer(page.length).writeBytes(page);
        ex.responder().answer(body);
        return Outcome.ANSWERED;
    }

    /** A bug of ours in a handler: the connection ends, the loop lives on. */
    public static void bug(Exchange ex, Throwable bug) {
        OutOfMemory.check(bug);
        ex.blame().log(FaultKind.BUG, BugLine.of(bug));
        ex.keepsAlive(false);
        if (ex.response().headSent()) {
            ex.responder().abort();
        } else {
            ex.response().clear();
            answerPlain(ex, 500);
        }
    }
}
