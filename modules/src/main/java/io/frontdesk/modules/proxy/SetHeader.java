package io.frontdesk.modules.proxy;

import io.frontdesk.config.Position;
import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;

/**
 * A field that {@code proxy_set_header} sets. A value.
 *
 * @param name  as written; an array that nobody changes
 * @param value empty at run time: the field is not sent
 * @param at    the line
 */
record SetHeader(byte[] name, Template value, Position at) {
    SetHeader(String name, Template value, Position at) {
        this(name.getBytes(StandardCharsets.ISO_8859_1), value, at);
    }
}
