package io.frontdesk.engine.route;

import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.trace.Trace;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells a trace which server takes a request, and why. Stateless. */
public final class ServerReport {
    private ServerReport() {}

    /** Tells; {@code named} is the name that the host fits, null when the default server takes it. */
    public static void tell(Trace trace, ListenPlan listen, @Nullable ServerName named, String host) {
        if (named != null) {
            String rule = named.rule().name().toLowerCase(Locale.ROOT);
            trace.server(rule, named.at(), "the host \"" + host + "\" " + switch (named.rule()) {
                case EXACT -> "is the name " + (named.text().isEmpty() ? "\"\"" : named.text());
                case WILDCARD -> "fits the wildcard " + named.text();
                case REGEX -> "matches " + named.text();
            });
        } else if (listen.servers().size() == 1) {
            trace.server("default", listen.defaultServer().at(), "it is the only server of this address");
        } else {
            trace.server("default", listen.defaultServer().at(), "the host \"" + host
                    + "\" fits no name, so the default server of this address has it");
        }
    }
}
