package io.frontdesk.engine.fault;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A limit that is in force somewhere, and the line that set it. A value; as a detail it names itself.
 *
 * @param directive what sets it
 * @param value     its value as written, or its default
 * @param at        where the line stands, or null for the default
 */
public record LimitSource(String directive, String value, @Nullable Position at) implements FaultDetail {
    /** The line of a scope that sets a limit, or its default, which is shown by this text. */
    public static LimitSource of(Scope scope, Directive<?> directive, String usual) {
        Setting<?> line = scope.find(directive);
        return line == null
                ? new LimitSource(directive.name(), usual, null)
                : new LimitSource(directive.name(), line.at().args().getFirst().text(), line.at().at());
    }

    /** {@code proxy_read_timeout 5s (conf/nginx.conf:12)}. */
    @Override
    public String describe() {
        return directive + " " + value + " (" + (at == null ? "the default" : at.toString()) + ")";
    }
}
