package io.frontdesk.engine.route;

import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.ServerPlan;

/**
 * One name of a server, by which hosts find it. A value.
 *
 * @param server whose name it is
 * @param rule   how it is compared
 * @param text   as it stands in the configuration
 * @param at     where it stands
 */
public record ServerName(ServerPlan server, Rule rule, String text, Position at) {
    /** How a name is compared with a host. */
    public enum Rule {
        /** The host is the name. */
        EXACT,
        /** {@code *.name} or {@code name.*}. */
        WILDCARD,
        /** An expression. */
        REGEX
    }
}
