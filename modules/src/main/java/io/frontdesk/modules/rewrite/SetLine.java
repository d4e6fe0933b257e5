package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;

/**
 * A {@code set} line.
 *
 * @param name  the variable, without its dollar
 * @param value what it is set to
 */
record SetLine(String name, String value) {

    static SetLine parse(Call call) throws ConfigException {
        String variable = call.text(0);
        if (!variable.startsWith("$")) {
            throw call.error("invalid variable name \"%s\"", variable);
        }
        if (variable.length() == 1) {
            throw call.error("invalid variable name \"\"");
        }
        return new SetLine(variable.substring(1), call.text(1));
    }
}
