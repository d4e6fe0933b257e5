package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;

/** {@code if ($variable ~ expression)}, {@code ~*}, {@code !~}, {@code !~*}. Its groups are those of the last match. */
record RegexTest(Template variable, Pattern pattern, boolean negated) implements Test {

    @Override
    public boolean holds(Run run) {
        Exchange ex = run.exchange();
        Bytes subject = ex.worker().takeScratch();
        try {
            variable.append(ex, subject);
            boolean matches = pattern.matches(ex, subject);
            if (!matches) {
                ex.captures().clear();
            }
            if (run.logs()) {
                run.logMatch(pattern, subject.toString(), matches);
            }
            return matches != negated;
        } finally {
            ex.worker().giveBackScratch(subject);
        }
    }
}
