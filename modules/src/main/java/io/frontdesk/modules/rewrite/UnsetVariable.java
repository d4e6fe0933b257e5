package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Variable;
import org.jspecify.annotations.Nullable;

/** What a variable shows that {@code set} has not reached: nothing, and a warning. */
record UnsetVariable(String name) implements Variable {

    @Override
    public boolean append(Exchange exchange, Bytes out) {
        @Nullable
        VariableWarnings warnings = exchange.location().attachment(VariableWarnings.class);
        if (warnings == null || warnings.on()) {
            exchange.log(FaultKind.UNSET_VARIABLE, Severity.WARN, "using uninitialized \"" + name + "\" variable");
        }
        return true;
    }
}
