package io.frontdesk.engine.request;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.log.LogContext;
import io.frontdesk.engine.trace.Trace;
import org.jspecify.annotations.Nullable;

/** Puts a request's context behind a line of the error log, in nginx's form. */
final class ExchangeLog {
    private ExchangeLog() {}

    static void log(Exchange exchange, Severity severity, String message, @Nullable FaultKind cause,
            @Nullable FaultDetail detail) {
        ErrorLog log = exchange.location().core().errorLog();
        if (!log.isEnabled(severity, exchange.connection())) {
            return;
        }
        Trace trace = exchange.trace();
        if (trace != null) {
            trace.log(severity, message);
            return;
        }
        String context = exchange.connection().contextForLog();
        if (context != null) {
            log.log(severity, exchange.connection().number(), message + ", " + context,
                    new LogContext(cause, detail, null, null, null, null, null, null, null));
            return;
        }
        String requestLine = exchange.request().requestLine();
        Fields fields = exchange.request().fields();
        log.log(severity, exchange.connection().number(), message,
                new LogContext(cause, detail,
                        exchange.connection().remoteAddress(), exchange.server().name(),
                        requestLine.isEmpty() ? null : requestLine,
                        exchange.isSubrequest() ? exchange.uri().path() : null,
                        exchange.content() instanceof UpstreamContext u ? u.upstreamForLog() : null,
                        field(fields, FieldName.HOST), field(fields, FieldName.REFERER)));
    }

    private static @Nullable String field(Fields fields, int id) {
        int at = fields.find(id);
        return at < 0 ? null : fields.valueString(at);
    }
}
