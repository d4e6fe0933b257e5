package io.frontdesk.modules.randomindex;

import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.net.file.DirectoryListing;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.FileStatus;
import io.frontdesk.net.file.FileType;
import io.frontdesk.net.file.NativeFiles;
import java.util.ArrayList;
import java.util.List;

/** Leads a request for a directory to any of its files that is not hidden. */
enum RandomIndexHandler implements Handler {
    /** The only one. */
    INSTANCE;

    @Override
    public Outcome handle(Exchange ex) {
        Method method = ex.method();
        if (ex.uri().pathLast() != '/' || method != Method.GET && method != Method.HEAD && method != Method.POST) {
            return Outcome.NEXT;
        }
        String path = ex.location().core().mapPath(ex, "");
        String folder = path.substring(0, Math.max(1, path.length() - 1));
        List<String> names = new ArrayList<>();
        FileStatus status = new FileStatus();
        int result = DirectoryListing.read(folder, (name, type) -> {
            if (!name.startsWith(".") && isFile(folder, name, type, status)) {
                names.add(name);
            }
        });
        if (result < 0) {
            return failed(ex, folder, result);
        }
        if (names.isEmpty()) {
            return Outcome.NEXT;
        }
        int chosen = (int) Math.floorMod(ex.worker().randomLong(), (long) names.size());
        return ex.jump(ex.uri().path() + names.get(chosen), ex.uri().args());
    }

    private static boolean isFile(String folder, String name, FileType type, FileStatus status) {
        if (type != FileType.SYMLINK && type != FileType.UNKNOWN) {
            return type == FileType.REGULAR;
        }
        return NativeFiles.stat(folder + "/" + name, status) == 0 && status.isRegular();
    }

    private static Outcome failed(Exchange ex, String folder, int error) {
        boolean missing = Errno.isNotFound(error);
        boolean forbidden = Math.abs(error) == Errno.EACCES;
        ex.blame().log(missing ? FaultKind.NOT_FOUND : forbidden ? FaultKind.FORBIDDEN : FaultKind.FILE_FAILED,
                missing || forbidden ? Severity.ERROR : Severity.CRIT,
                "opendir() \"" + folder + "\" failed " + Errno.describe(error), null);
        return ex.finish(missing ? 404 : forbidden ? 403 : 500);
    }

    @Override
    public String kind() {
        return "random_index";
    }
}
