package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.TempFolder;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.NativeFiles;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An answer on its way into the store: a temporary file that gets its name once all of it is there. Loop only. */
final class StoredResponse implements ResponseCopy {
    private final Exchange exchange;
    private final long started;
    private final TempFolder folder;
    private final String target;
    private final int access;
    private final long modifiedSeconds;
    private final long length;
    private @Nullable TempFile file;

    StoredResponse(Exchange exchange, TempFile file, TempFolder folder, String target, int access,
            long modifiedSeconds, long length) {
        this.exchange = exchange;
        this.started = exchange.startMillis();
        this.file = file;
        this.folder = folder;
        this.target = target;
        this.access = access;
        this.modifiedSeconds = modifiedSeconds;
        this.length = length;
    }

    @Override
    public void read(ByteBuf in, int offset, int count) {
        TempFile to = file;
        if (to == null) {
            return;
        }
        try {
            to.append(in.slice(offset, count));
        } catch (IOException e) {
            // The answer goes on; only the copy is lost.
            if (folder.mayComplain(exchange.worker().clock().millis())) {
                log(String.valueOf(e.getMessage()));
            }
            abandon();
        }
    }

    @Override
    public void end() {
        TempFile whole = file;
        if (whole == null) {
            return;
        }
        if (length < 0 || length == whole.length()) {
            place(whole);
        }
        abandon();
    }

    private void place(TempFile whole) {
        NativeFiles.changeMode(whole.path(), access);
        if (modifiedSeconds >= 0) {
            NativeFiles.setModified(whole.path(), modifiedSeconds);
        }
        int result = whole.renameTo(target);
        if (result == -Errno.ENOENT) {
            result = NativeFiles.makeParents(target, folderAccess(access));
            if (result < 0) {
                log("mkdir() \"" + target.substring(0, target.lastIndexOf('/')) + "\" failed "
                        + Errno.describe(result));
                return;
            }
            result = whole.renameTo(target);
        }
        if (result < 0) {
            log("rename() \"" + whole.path() + "\" to \"" + target + "\" failed " + Errno.describe(result));
        }
    }

    /** nginx: who may read a file may enter its folder. */
    private static int folderAccess(int access) {
        return access | (access & 0444) >> 2;
    }

    /** With the request's context where it still runs. */
    private void log(String message) {
        if (!exchange.isDone() && exchange.startMillis() == started) {
            exchange.log(FaultKind.DISK_FAILED, Severity.CRIT, message);
            return;
        }
        ErrorLog log = exchange.worker().errorLog();
        log.log(FaultKind.DISK_FAILED, Severity.CRIT, message);
    }

    @Override
    public void abandon() {
        TempFile lost = file;
        if (lost != null) {
            file = null;
            lost.close();
        }
    }
}
