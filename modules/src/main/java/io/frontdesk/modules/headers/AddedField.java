package io.frontdesk.modules.headers;

import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.config.Position;
import io.frontdesk.engine.variable.Template;

/**
 * One {@code add_header} or {@code add_trailer}. Immutable, shared by all loops.
 *
 * @param name
 *            the field's name as written
 * @param id
 *            its number in {@link io.frontdesk.codec.http.FieldName}
 * @param value
 *            its value
 * @param always
 *            whether it is added whatever the status
 * @param at
 *            the line
 */
record AddedField(FieldKey name, int id, Template value, boolean always, Position at) {}
