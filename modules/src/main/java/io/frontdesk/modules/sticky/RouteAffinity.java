package io.frontdesk.modules.sticky;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.upstream.Affinity;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.variable.Template;
import java.util.List;

/** The request itself names its server: the first variable that is not empty does. Immutable, shared by all loops. */
class RouteAffinity implements Affinity {
    private final Template[] lookups;

    RouteAffinity(List<Template> lookups) {
        this.lookups = lookups.toArray(new Template[0]);
    }

    @Override
    public final void begin(Choice choice) {
        find(lookups, choice, choice.client());
    }

    /** Appends the first value that is not empty; false when there is none. */
    static boolean find(Template[] variables, Choice choice, Bytes out) {
        for (Template variable : variables) {
            variable.append(choice.exchange(), out);
            if (!out.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void seek(Choice choice) {
        choice.bind(choice.client().array(), choice.client().length());
    }
}
