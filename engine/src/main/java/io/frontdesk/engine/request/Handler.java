package io.frontdesk.engine.request;

import io.frontdesk.config.Position;
import org.jspecify.annotations.Nullable;

/**
 * One step of a phase, compiled for one location: its fields are final and hold all settings. Runs on the loop of the exchange
 * and never blocks.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Handles the exchange.
     *
     * @return what the runner does next
     */
    Outcome handle(Exchange exchange);

    /** What {@code explain} calls this handler: {@code proxy}, {@code static}, {@code return} … */
    default String kind() {
        return "handler";
    }

    /** The line that put it there, or null: for {@code explain}. */
    default @Nullable Position at() {
        return null;
    }
}
