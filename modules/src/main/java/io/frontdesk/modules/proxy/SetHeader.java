package io.frontdesk.modules.proxy;

import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;

/**
 * A field that {@code proxy_set_header} sets. A value.
 *
 * @param name  as written; an array that nobody changes
 * @param value empty at run time: the field is not sent
 */
record SetHeader(byte[] name, Template value) {
    SetHeader(String name, Template value) {
        this(name.getBytes(StandardCharsets.ISO_8859_1), value);
    }
}
