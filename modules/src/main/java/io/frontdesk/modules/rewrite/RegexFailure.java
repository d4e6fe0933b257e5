package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.net.regex.RegexMatchException;

/** What follows when it cannot be said whether an expression matches: 500 and a line of the log. Stateless. */
final class RegexFailure {
    private RegexFailure() {}

    static Outcome finish(Exchange ex, RegexMatchException failure) {
        ex.blame().log(FaultKind.REGEX_LIMIT, Severity.ALERT, String.valueOf(failure.getMessage()), null);
        return ex.finish(500);
    }
}
