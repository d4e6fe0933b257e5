package io.frontdesk.modules.proxy;

/**
 * A {@code proxy_set_header} line. A value.
 *
 * @param name  the field
 * @param value with variables
 */
record HeaderLine(String name, String value) {}
