package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Statement;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/**
 * What steps share while one list of them runs. One per loop, used again and again: a list runs to its end without waiting.
 */
final class Run {
    private @Nullable Exchange exchange;
    private Outcome outcome = Outcome.NEXT;
    private boolean logs;
    private boolean quotes;

    void begin(Exchange ex, boolean logging) {
        exchange = ex;
        outcome = Outcome.NEXT;
        logs = logging;
        // nginx: until the first rewrite has matched, captures are quoted in all values.
        quotes = true;
    }

    /** The exchange that the list runs for. */
    Exchange exchange() {
        Exchange ex = exchange;
        if (ex == null) {
            throw new IllegalStateException("not begun");
        }
        return ex;
    }

    /** Ends the list with a decision; to be returned from the step. */
    int end(Outcome decision) {
        outcome = decision;
        return Step.END;
    }

    /** Appends a value; captures in it are escaped while {@link #quotes}. */
    void append(Template template, Bytes out) {
        Exchange ex = exchange();
        if (quotes && template.usesCaptures() && RewriteStep.isQuoted(ex)) {
            template.append(ex, out, UriEscape.ARGS);
        } else {
            template.append(ex, out);
        }
    }

    /** {@code rewrite_log}: says how a comparison went. */
    void logMatch(Pattern pattern, String subject, boolean matches) {
        exchange().log(Severity.NOTICE,
                "\"" + pattern.text() + "\"" + (matches ? " matches \"" : " does not match \"") + subject + "\"");
    }

    /** For {@code explain}: what a line did. */
    void tell(String kind, Statement line, String text) {
        Trace trace = exchange().trace();
        if (trace != null) {
            trace.step(kind, line.at(), text);
        }
    }

    /** What was decided. */
    Outcome outcome() {
        return outcome;
    }

    /** {@code rewrite_log}. */
    boolean logs() {
        return logs;
    }

    /** Whether captures in values are escaped where the request's path was. */
    boolean quotes() {
        return quotes;
    }

    /** A rewrite was carried out: nginx quotes no more from here on. */
    void stopQuoting() {
        quotes = false;
    }
}
