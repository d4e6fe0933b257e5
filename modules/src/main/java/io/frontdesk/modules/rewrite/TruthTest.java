package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;

/** {@code if ($variable)}: neither empty nor {@code 0}. */
record TruthTest(Template variable) implements Test {

    @Override
    public boolean holds(Run run) {
        Exchange ex = run.exchange();
        Bytes value = ex.worker().takeScratch();
        try {
            variable.append(ex, value);
            return value.length() > 1 || value.length() == 1 && value.get(0) != '0';
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }
}
