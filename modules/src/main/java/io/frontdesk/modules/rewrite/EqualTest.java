package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import java.util.Arrays;

/** {@code if ($variable = value)} and {@code !=}. */
record EqualTest(Template variable, Template value, boolean negated) implements Test {

    @Override
    public boolean holds(Run run) {
        Exchange ex = run.exchange();
        Bytes both = ex.worker().takeScratch();
        try {
            variable.append(ex, both);
            int middle = both.length();
            run.append(value, both);
            boolean equal = Arrays.equals(both.array(), 0, middle, both.array(), middle, both.length());
            return equal != negated;
        } finally {
            ex.worker().giveBackScratch(both);
        }
    }
}
