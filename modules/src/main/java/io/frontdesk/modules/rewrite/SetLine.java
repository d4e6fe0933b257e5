package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.engine.plan.Link;

/**
 * A {@code set} line.
 *
 * @param name  the variable, without its dollar
 * @param value what it is set to
 */
record SetLine(String name, String value) {

    static SetLine parse(Call call) throws ConfigException {
        return new SetLine(Link.variableName(call.text(0), call.statement().at()), call.text(1));
    }
}
