package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.file.FileLookup;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.FileStatus;

/** {@code if (-f path)}, {@code -d}, {@code -e}, {@code -x} and their negations. */
record FileTest(Template path, char kind, boolean negated) implements Test {
    private static final int OWNER_EXECUTES = 0100;

    @Override
    public boolean holds(Run run) {
        Exchange ex = run.exchange();
        Bytes name = ex.worker().takeScratch();
        try {
            run.append(path, name);
            return is(ex, name) != negated;
        } finally {
            ex.worker().giveBackScratch(name);
        }
    }

    private boolean is(Exchange ex, Bytes name) {
        FileLookup found = FileLookup.of(ex.worker());
        if (!ex.location().core().files().test(ex, name, found)) {
            if (!Errno.isNotFound(found.errno())) {
                ex.log(FaultKind.FILE_FAILED, Severity.CRIT, found.failure(name));
            }
            return false;
        }
        FileStatus status = found.status();
        return switch (kind) {
            case 'f' -> status.isRegular();
            case 'd' -> status.isDirectory();
            case 'e' -> status.isRegular() || status.isDirectory() || status.isSymlink();
            default -> (status.mode() & OWNER_EXECUTES) != 0;
        };
    }
}
