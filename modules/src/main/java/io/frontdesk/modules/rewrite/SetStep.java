package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Statement;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.VariableSetter;

/** {@code set}: gives a variable a value. */
record SetStep(Statement at, VariableSetter variable, Template value) implements Step {

    @Override
    public int run(Run run, int at) {
        Exchange ex = run.exchange();
        if (value.isConstant() || !value.usesCaptures()) {
            set(run, value.value(ex));
            return at + 1;
        }
        Bytes scratch = ex.worker().takeScratch();
        try {
            run.append(value, scratch);
            set(run, scratch.toString());
        } finally {
            ex.worker().giveBackScratch(scratch);
        }
        return at + 1;
    }

    private void set(Run run, String text) {
        variable.set(run.exchange(), text);
        if (run.exchange().trace() != null) {
            run.tell("set", at, at.args().getFirst().text() + " is \"" + text + "\"");
        }
    }
}
