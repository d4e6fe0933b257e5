package io.frontdesk.modules.tryfiles;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.core.DocumentRoot;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.file.FileLookup;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.file.Errno;
import java.util.Arrays;

/** Goes on with the first candidate that is there, or with the last resort. */
final class TryFilesHandler implements Handler, FaultDetail {
    private final Candidate[] candidates;
    private final Template otherwise;
    private final int code;
    private final Position at;

    TryFilesHandler(Candidate[] candidates, Template otherwise, int code, Position at) {
        this.at = at;
        this.candidates = candidates;
        this.otherwise = otherwise;
        this.code = code;
    }

    /**
     * A file to look for.
     *
     * @param name
     *            its name behind the root
     * @param folder
     *            whether it must be a folder
     */
    record Candidate(Template name, boolean folder) {}

    @Override
    public Outcome handle(Exchange ex) {
        CoreSettings core = ex.location().core();
        DocumentRoot root = core.root();
        FileLookup found = FileLookup.of(ex.worker());
        Bytes path = ex.worker().takeScratch();
        try {
            root.appendRoot(ex, path);
            int folder = path.length();
            for (Candidate candidate : candidates) {
                path.truncate(folder);
                appendName(ex, candidate.name(), root, path);
                boolean there = core.files().test(ex, path, found);
                if (ex.trace() != null) {
                    tell(ex.trace(), candidate, path, there, found);
                }
                if (!there) {
                    if (!Errno.isNotFound(found.errno())) {
                        ex.log(FaultKind.FILE_FAILED, Severity.CRIT, found.failure(path));
                    }
                } else if (found.status().isDirectory() == candidate.folder()) {
                    goOn(ex, root, path, folder, candidate.folder());
                    return Outcome.NEXT;
                }
            }
            if (code != 0) {
                if (ex.trace() != null) {
                    ex.trace().step("try_files", at, "nothing is there: status " + code);
                }
                ex.blame().on(FaultKind.CONFIGURED, this);
                return ex.finish(code);
            }
            path.truncate(folder);
            appendName(ex, otherwise, root, path);
            String target = path.string(folder, path.length() - folder);
            if (ex.trace() != null) {
                ex.trace().step("try_files", at, "nothing is there: goes on at "
                        + (target.endsWith("?") ? target.substring(0, target.length() - 1) : target));
            }
            return jump(ex, target);
        } finally {
            ex.worker().giveBackScratch(path);
        }
    }

    @Override
    public String describe() {
        return "try_files =" + code + " (" + at + ")";
    }

    private void tell(Trace trace, Candidate candidate, Bytes path, boolean there, FileLookup found) {
        boolean taken = there && found.status().isDirectory() == candidate.folder();
        String kind = candidate.folder() ? "a folder" : "a file";
        trace.step("try_files", at, path + (candidate.folder() ? "/" : "") + (taken
                ? " is there, as " + kind
                : there ? " is there, but not as " + kind : " is not there"));
    }

    @Override
    public Position at() {
        return at;
    }

    /** nginx: of a name with variables below an alias, the location's prefix is taken off. */
    private void appendName(Exchange ex, Template name, DocumentRoot root, Bytes path) {
        int start = path.length();
        name.append(ex, path);
        if (name.isConstant() || !root.alias() || root.wholePath()) {
            return;
        }
        RequestUri uri = ex.uri();
        int prefix = root.locationLength();
        if (path.length() - start >= prefix && uri.pathLength() >= prefix
                && Arrays.equals(path.array(), start, start + prefix, uri.pathBytes(), uri.pathOffset(),
                        uri.pathOffset() + prefix)) {
            System.arraycopy(path.array(), start + prefix, path.array(), start, path.length() - start - prefix);
            path.truncate(path.length() - prefix);
        }
    }

    private void goOn(Exchange ex, DocumentRoot root, Bytes path, int folder, boolean isFolder) {
        RequestUri uri = ex.uri();
        int length = path.length() - folder;
        if (!root.alias()) {
            boolean same = Arrays.equals(path.array(), folder, path.length(), uri.pathBytes(), uri.pathOffset(),
                    uri.pathOffset() + uri.pathLength());
            if (!same) {
                uri.path(Arrays.copyOfRange(path.array(), folder, path.length()), 0, length);
            }
        } else if (root.wholePath()) {
            if (!isFolder) {
                uri.path(Arrays.copyOfRange(path.array(), folder, path.length()), 0, length);
                ex.uri().addsToAlias(true);
            }
        } else {
            int prefix = Math.min(root.locationLength(), uri.pathLength());
            byte[] whole = new byte[prefix + length];
            System.arraycopy(uri.pathBytes(), uri.pathOffset(), whole, 0, prefix);
            System.arraycopy(path.array(), folder, whole, prefix, length);
            uri.path(whole, 0, whole.length);
        }
    }

    private static Outcome jump(Exchange ex, String target) {
        if (target.startsWith("@")) {
            return ex.jumpNamed(target);
        }
        int question = target.indexOf('?');
        return question < 0
                ? ex.jump(target, null)
                : ex.jump(target.substring(0, question), target.substring(question + 1));
    }

    @Override
    public String kind() {
        return "try_files";
    }
}
