package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.VariableSetter;

/** {@code set}: gives a variable a value. */
record SetStep(VariableSetter variable, Template value) implements Step {

    @Override
    public int run(Run run, int at) {
        Exchange ex = run.exchange();
        if (value.isConstant() || !value.usesCaptures()) {
            variable.set(ex, value.value(ex));
            return at + 1;
        }
        Bytes scratch = ex.worker().takeScratch();
        try {
            run.append(value, scratch);
            variable.set(ex, scratch.toString());
        } finally {
            ex.worker().giveBackScratch(scratch);
        }
        return at + 1;
    }
}
