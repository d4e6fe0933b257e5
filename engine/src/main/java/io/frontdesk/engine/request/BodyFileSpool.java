package io.frontdesk.engine.request;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.CoreSettings.BodyFile;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.worker.TempFile;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request's body in a file of {@code client_body_temp_path}. Owned by its body; loop of the exchange only. */
public final class BodyFileSpool implements AutoCloseable {
    private final Exchange exchange;
    private final TempFile file;

    private BodyFileSpool(Exchange exchange, TempFile file) {
        this.exchange = exchange;
        this.file = file;
    }

    /** Makes a file, which stays when the rule is on; null with a line of severity crit when that fails. */
    static @Nullable BodyFileSpool open(Exchange exchange, BodyFile rule) {
        try {
            TempFile file = exchange.location().core().bodyTempFolder().create(rule == BodyFile.ON);
            exchange.log(FaultKind.BUFFERED_ON_DISK, rule == BodyFile.OFF ? Severity.WARN : Severity.NOTICE,
                    "a client request body is buffered to a temporary file " + file.path());
            return new BodyFileSpool(exchange, file);
        } catch (IOException e) {
            exchange.blame().log(FaultKind.DISK_FAILED, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Appends bytes without consuming them; false with a line of severity crit when that fails. */
    boolean append(ByteBuf bytes) {
        try {
            file.append(bytes.slice());
            return true;
        } catch (IOException e) {
            exchange.blame().log(FaultKind.DISK_FAILED, String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** The file. */
    public TempFile file() {
        return file;
    }

    @Override
    public void close() {
        file.close();
    }
}
