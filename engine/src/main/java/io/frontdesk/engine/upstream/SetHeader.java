package io.frontdesk.engine.upstream;

import io.frontdesk.config.Position;
import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * A field of requests that a line sets. A value.
 *
 * @param name              as written; an array that nobody changes
 * @param value             empty at run time: the field is not sent
 * @param at                the line
 * @param isAboutConnection whether HTTP/2 has no such field
 * @param isTe              whether it is TE
 */
public record SetHeader(byte[] name, Template value, Position at, boolean isAboutConnection, boolean isTe) {
    private static final Set<String> ABOUT_CONNECTION = Set.of("connection", "keep-alive", "proxy-connection",
            "transfer-encoding", "upgrade");

    SetHeader(String name, Template value, Position at) {
        this(name.getBytes(StandardCharsets.ISO_8859_1), value, at,
                ABOUT_CONNECTION.contains(name.toLowerCase(Locale.ROOT)), name.equalsIgnoreCase("TE"));
    }
}
