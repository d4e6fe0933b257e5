package io.frontdesk.engine.upstream;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.TempFile;
import io.frontdesk.engine.worker.TempFolder;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code proxy_store}: keeps whole answers of status 200 as files, under the name that the URI has in the location or that a line gives.
 * Immutable, shared by all loops.
 */
final class ResponseStore implements ResponseKeeper {
    private final @Nullable Template path;
    private final int access;
    private final TempFolder folder;

    /** {@code path}: null for where the location has the URI. */
    ResponseStore(@Nullable Template path, int access, TempFolder folder) {
        this.path = path;
        this.access = access;
        this.folder = folder;
    }

    @Override
    public @Nullable ResponseCopy begin(Exchange ex, UpstreamHead head) {
        if (head.status() != 200 || ex.isHead()) {
            return null;
        }
        Template named = path;
        String target = named == null ? ex.location().core().mapPath(ex, "") : named.value(ex);
        if (target.isEmpty() || target.indexOf('\0') >= 0 || target.endsWith("/") || target.contains("/../")) {
            return null;
        }
        Fields fields = head.fields();
        int modified = fields.find(FieldName.LAST_MODIFIED);
        long seconds = modified < 0
                ? -1
                : HttpDate.parse(fields.bytes().array(), fields.valueOffset(modified), fields.valueLength(modified));
        try {
            TempFile file = folder.create(false);
            return new StoredResponse(ex, file, folder, target, access, seconds, head.contentLength());
        } catch (IOException e) {
            if (folder.mayComplain(ex.worker().clock().millis())) {
                ex.log(FaultKind.DISK_FAILED, Severity.CRIT, String.valueOf(e.getMessage()));
            }
            return null;
        }
    }
}
