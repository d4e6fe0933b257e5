package io.frontdesk.engine.lint;

import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPlan;

/**
 * A block that may answer a request: a server's own, a location, an {@code if} in a location or a {@code limit_except}.
 *
 * @param scope   the block
 * @param plan    what it was compiled to
 * @param pattern what it matches; for an implicit block, what the location around it does
 * @param server  the server that it stands in
 */
public record Place(Scope scope, LocationPlan plan, LocationPattern pattern, Scope server) {
    /** Whether a line of that directive stands in the very block. */
    public boolean says(String directive) {
        for (Setting<?> line : scope.entries()) {
            if (line.directive().name().equals(directive)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it lets nobody in: {@code deny all}, or a {@code return} in the block itself. */
    public boolean refuses() {
        for (Setting<?> line : scope.entries()) {
            String name = line.directive().name();
            if (name.equals("return") || name.equals("deny") && line.at().args().getFirst().is("all")) {
                return true;
            }
        }
        return false;
    }
}
