package io.frontdesk.engine.upstream;

import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.Shape;

/**
 * A {@code proxy_set_header} line, or one of its kin. A value.
 *
 * @param name  the field
 * @param value with variables
 */
public record HeaderLine(String name, String value) {
    /** How such a line is written. */
    public static Shape<HeaderLine> shape() {
        return of("field value", 2, 2, call -> new HeaderLine(call.text(0), call.text(1)),
                line -> line.name() + " " + line.value());
    }
}
