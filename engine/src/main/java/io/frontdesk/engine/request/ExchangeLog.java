package io.frontdesk.engine.request;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.trace.Trace;
import org.jspecify.annotations.Nullable;

/** Puts a request's context behind a line of the error log, in nginx's form. */
final class ExchangeLog {
    private ExchangeLog() {}

    static void log(Exchange exchange, Severity severity, String message) {
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
            log.log(severity, exchange.connection().number(), message + ", " + context);
            return;
        }
        StringBuilder line = new StringBuilder(256);
        line.append(message).append(", client: ").append(exchange.connection().remoteAddress());
        line.append(", server: ").append(exchange.server().name());
        String requestLine = exchange.request().requestLine();
        if (!requestLine.isEmpty()) {
            line.append(", request: \"").append(requestLine).append('"');
        }
        if (exchange.isSubrequest()) {
            line.append(", subrequest: \"").append(exchange.uri().path()).append('"');
        }
        @Nullable
        String upstream = exchange.content() instanceof UpstreamContext u ? u.upstreamForLog() : null;
        if (upstream != null) {
            line.append(", upstream: \"").append(upstream).append('"');
        }
        Fields fields = exchange.request().fields();
        int host = fields.find(FieldName.HOST);
        if (host >= 0) {
            line.append(", host: \"").append(fields.valueString(host)).append('"');
        }
        int referer = fields.find(FieldName.REFERER);
        if (referer >= 0) {
            line.append(", referrer: \"").append(fields.valueString(referer)).append('"');
        }
        log.log(severity, exchange.connection().number(), line.toString());
    }
}
