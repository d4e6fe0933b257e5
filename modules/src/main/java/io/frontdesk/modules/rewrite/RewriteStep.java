package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Statement;
import io.frontdesk.engine.core.Redirects;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.regex.RegexMatchException;
import org.jspecify.annotations.Nullable;

/**
 * {@code rewrite}: where the path matches, it is replaced, or a redirect is answered.
 *
 * @param at      the line as written
 * @param line    the line, for its flags
 * @param pattern what the path is compared with
 * @param path    the replacement up to its question mark; for a redirect all of it
 * @param args    what stands behind the question mark; null when there is none, and for a redirect
 */
record RewriteStep(Statement at, RewriteLine line, Pattern pattern, Template path,
        @Nullable Template args) implements Step {

    @Override
    public int run(Run run, int at) {
        Exchange ex = run.exchange();
        RequestUri uri = ex.uri();
        boolean matches;
        try {
            matches = pattern.matches(ex, uri.pathBytes(), uri.pathOffset(), uri.pathLength());
        } catch (RegexMatchException e) {
            return run.end(RegexFailure.finish(ex, e));
        }
        if (run.logs()) {
            run.logMatch(pattern, uri.path(), matches);
        }
        if (ex.trace() != null) {
            run.tell("rewrite", this.at, pattern.text() + (matches ? " matches " : " does not match ") + uri.path()
                    + (matches ? ex.captures().describe() : ""));
        }
        if (!matches) {
            ex.captures().clear();
            return at + 1;
        }
        ex.markInternal();
        uri.hasRawForm(false);
        if (line.breaks()) {
            ex.uri().locationFits(false);
        }
        ex.uri().changed(!line.breaks());
        run.stopQuoting();
        Bytes out = ex.worker().takeScratch();
        try {
            return line.status() != 0 ? redirect(run, out) : replace(run, out, at);
        } finally {
            ex.worker().giveBackScratch(out);
        }
    }

    private int redirect(Run run, Bytes out) {
        Exchange ex = run.exchange();
        append(ex, path, true, out);
        RedirectTarget.unescape(out);
        RequestUri uri = ex.uri();
        if (line.addsArgs() && uri.argsLength() > 0) {
            out.write(line.replacement().indexOf('?') >= 0 ? '&' : '?');
            uri.appendArgs(out);
        }
        if (run.logs()) {
            ex.log(Severity.NOTICE, "rewritten redirect: \"" + out + "\"");
        }
        Redirects.location(ex, out);
        Trace trace = ex.trace();
        if (trace != null) {
            trace.answeredBy("rewrite", at.at());
            trace.step("rewrite", at.at(), "redirects to " + out + " with status " + line.status());
            trace.adds("Location", null, at.at());
        }
        return run.end(ex.finish(line.status()));
    }

    private int replace(Run run, Bytes out, int at) {
        Exchange ex = run.exchange();
        RequestUri uri = ex.uri();
        append(ex, path, false, out);
        int pathLength = out.length();
        if (args != null) {
            append(ex, args, true, out);
            if (line.addsArgs() && uri.argsLength() > 0) {
                out.write('&');
                uri.appendArgs(out);
            }
            uri.copyArgs(out.array(), pathLength, out.length() - pathLength);
        } else if (!line.addsArgs()) {
            uri.args("");
        }
        uri.copyPath(out.array(), 0, pathLength);
        if (run.logs()) {
            ex.log(Severity.NOTICE, "rewritten data: \"" + uri.path() + "\", args: \"" + uri.args() + "\"");
        }
        if (ex.trace() != null) {
            run.tell("rewrite", this.at, "the URI is now " + StepText.uri(uri) + flag());
        }
        if (pathLength == 0) {
            ex.blame().log(FaultKind.NO_URI, "the rewritten URI has a zero length");
            return run.end(ex.finish(500));
        }
        return line.ends() ? END : at + 1;
    }

    private String flag() {
        return line.breaks()
                ? ", and stays in this location"
                : line.ends() ? ", and its location is searched again" : "";
    }

    private void append(Exchange ex, Template template, boolean quotes, Bytes out) {
        if (quotes && template.usesCaptures() && isQuoted(ex)) {
            template.append(ex, out, UriEscape.ARGS);
        } else {
            template.append(ex, out);
        }
    }

    /** nginx: captures are escaped only when the path came with a percent or plus sign. */
    static boolean isQuoted(Exchange ex) {
        return ex.request().isPathEncoded() || ex.request().isPlusInPath();
    }
}
