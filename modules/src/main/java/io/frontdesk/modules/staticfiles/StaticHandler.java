package io.frontdesk.modules.staticfiles;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.core.Redirects;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.file.FileBody;
import io.frontdesk.engine.file.FileLookup;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.net.file.Errno;

/**
 * Answers with the file at the URI's path; leads a directory without a slash to the same with one. The settings are the
 * location's core ones, so one object serves all locations.
 */
enum StaticHandler implements Handler {
    /** The only one. */
    INSTANCE;

    @Override
    public Outcome handle(Exchange ex) {
        Method method = ex.method();
        if (method != Method.GET && method != Method.HEAD && method != Method.POST) {
            return ex.finish(405);
        }
        if (ex.uri().pathLast() == '/') {
            return Outcome.NEXT;
        }
        CoreSettings core = ex.location().core();
        FileLookup found = FileLookup.of(ex.worker());
        Bytes path = ex.worker().takeScratch();
        try {
            core.root().append(ex, path);
            boolean there = core.files().open(ex, path, found);
            if (ex.trace() != null) {
                ex.trace().step("static", core.root().at(),
                        "the file is " + path + (there ? "" : ", which is not there"));
            }
            if (!there) {
                return missing(ex, core, path, found);
            }
            if (found.status().isDirectory()) {
                return addSlash(ex);
            }
            if (!found.status().isRegular()) {
                found.close();
                ex.blame().log(FaultKind.NOT_FOUND, Severity.CRIT, "\"" + path + "\" is not a regular file", null);
                return ex.finish(404);
            }
        } finally {
            ex.worker().giveBackScratch(path);
        }
        if (method == Method.POST) {
            found.close();
            return ex.finish(405);
        }
        FileBody.describe(ex, found.status());
        // X-Accel-Redirect: the type that the upstream said stays
        if (ex.response().contentType().isEmpty()) {
            ex.response().contentType().write(core.types().find(ex.uri()));
        }
        ex.response().rangesAllowed(true);
        return FileBody.send(ex, found);
    }

    private static Outcome missing(Exchange ex, CoreSettings core, Bytes path, FileLookup found) {
        if (Errno.isNotFound(found.errno())) {
            if (core.logsNotFound()) {
                ex.blame().log(FaultKind.NOT_FOUND, found.failure(path));
            }
            return ex.finish(404);
        }
        if (Errno.isForbidden(found.errno())) {
            ex.blame().log(FaultKind.FORBIDDEN, found.failure(path));
            return ex.finish(403);
        }
        ex.blame().log(FaultKind.FILE_FAILED, found.failure(path));
        return ex.finish(500);
    }

    private static Outcome addSlash(Exchange ex) {
        RequestUri uri = ex.uri();
        Bytes target = ex.worker().takeScratch();
        UriEscape.URI.escape(uri.pathBytes(), uri.pathOffset(), uri.pathLength(), target);
        target.write('/');
        if (uri.argsLength() > 0) {
            target.write('?');
            uri.appendArgs(target);
        }
        Redirects.location(ex, target);
        ex.worker().giveBackScratch(target);
        return ex.finish(301);
    }

    @Override
    public String kind() {
        return "static";
    }
}
