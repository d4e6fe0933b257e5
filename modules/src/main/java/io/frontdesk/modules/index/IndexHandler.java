package io.frontdesk.modules.index;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.file.FileLookup;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.file.Errno;
import org.jspecify.annotations.Nullable;

/** Leads a request for a directory to the first of its index files that is there. */
final class IndexHandler implements Handler {
    private final Template[] files;
    private final @Nullable Position at;

    IndexHandler(Template[] files, @Nullable Position at) {
        this.at = at;
        this.files = files;
    }

    @Override
    public Outcome handle(Exchange ex) {
        if (ex.uri().pathLast() != '/') {
            return Outcome.NEXT;
        }
        Method method = ex.method();
        if (method != Method.GET && method != Method.HEAD && method != Method.POST) {
            return Outcome.NEXT;
        }
        Bytes path = ex.worker().takeScratch();
        try {
            return look(ex, path);
        } finally {
            ex.worker().giveBackScratch(path);
        }
    }

    private Outcome look(Exchange ex, Bytes path) {
        CoreSettings core = ex.location().core();
        FileLookup found = FileLookup.of(ex.worker());
        boolean directoryTested = false;
        int folder = -1;
        for (Template file : files) {
            if (folder < 0) {
                String constant = file.isConstant() ? file.source() : "";
                if (constant.startsWith("/")) {
                    return ex.jump(constant, ex.uri().args());
                }
                core.root().append(ex, path);
                folder = path.length();
            }
            path.truncate(folder);
            file.append(ex, path);
            if (path.length() > folder && path.get(folder) == '/') {
                return ex.jump(path.string(folder, path.length() - folder), ex.uri().args());
            }
            boolean there = core.files().test(ex, path, found);
            if (ex.trace() != null) {
                ex.trace().step("index", at, path + (there ? " is there" : " is not there"));
            }
            if (there) {
                return ex.jump(ex.uri().path() + path.string(folder, path.length() - folder), ex.uri().args());
            }
            int errno = found.errno();
            if (found.isForbiddenLink()) {
                return ex.finish(403);
            }
            if (errno == Errno.ENOTDIR || errno == Errno.ENAMETOOLONG || errno == Errno.EACCES) {
                return refuse(ex, core, path, errno);
            }
            if (!directoryTested) {
                String failure = errno == Errno.ENOENT ? "" : found.failure(path);
                Outcome folderIs = testFolder(ex, core, path, folder, found);
                if (folderIs != Outcome.NEXT) {
                    return folderIs;
                }
                directoryTested = true;
                if (!failure.isEmpty()) {
                    ex.blame().log(FaultKind.FILE_FAILED, failure);
                    return ex.finish(500);
                }
            } else if (errno != Errno.ENOENT) {
                ex.blame().log(FaultKind.FILE_FAILED, found.failure(path));
                return ex.finish(500);
            }
        }
        return Outcome.NEXT;
    }

    /** Tells a missing directory, which is a 404, from one without an index file. */
    private static Outcome testFolder(Exchange ex, CoreSettings core, Bytes path, int folder, FileLookup found) {
        Bytes name = ex.worker().takeScratch();
        try {
            // an alias may come without its slash
            int end = folder > 1 && path.get(folder - 1) == '/' ? folder - 1 : folder;
            name.write(path.array(), 0, end);
            if (core.files().test(ex, name, found)) {
                if (found.status().isDirectory()) {
                    return Outcome.NEXT;
                }
                ex.blame().log(FaultKind.FILE_FAILED, Severity.ALERT, "\"" + name + "\" is not a directory", null);
                return ex.finish(500);
            }
            if (found.isForbiddenLink()) {
                return ex.finish(403);
            }
            if (found.errno() == Errno.ENOENT) {
                return refuse(ex, core, path, Errno.ENOENT);
            }
            if (found.errno() == Errno.EACCES) {
                // nginx: the first file's error was another one, so the directory may be searched
                return Outcome.NEXT;
            }
            ex.blame().log(FaultKind.FILE_FAILED, found.failure(name));
            return ex.finish(500);
        } finally {
            ex.worker().giveBackScratch(name);
        }
    }

    private static Outcome refuse(Exchange ex, CoreSettings core, Bytes path, int errno) {
        if (errno == Errno.EACCES) {
            ex.blame().log(FaultKind.FORBIDDEN, "\"" + path + "\" is forbidden " + Errno.describe(errno));
            return ex.finish(403);
        }
        if (core.logsNotFound()) {
            ex.blame().log(FaultKind.NOT_FOUND, "\"" + path + "\" is not found " + Errno.describe(errno));
        }
        return ex.finish(404);
    }

    @Override
    public String kind() {
        return "index";
    }
}
