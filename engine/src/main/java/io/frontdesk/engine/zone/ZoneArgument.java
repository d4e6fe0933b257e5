package io.frontdesk.engine.zone;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Sizes;

/**
 * The {@code zone=name:size} of a line.
 *
 * @param name      what other lines call the zone
 * @param sizeBytes how large it may grow
 */
public record ZoneArgument(String name, long sizeBytes) {
    /** nginx: eight pages. */
    private static final long SMALLEST = 8 * 4096;

    /**
     * Reads it.
     *
     * @param text the whole argument, {@code zone=} included
     * @param line the line that it stands in
     * @throws ConfigException if it has no size, or one that is too small
     */
    public static ZoneArgument parse(String text, Setting<?> line) throws ConfigException {
        int colon = text.indexOf(':');
        long size = colon < 0 ? -1 : Sizes.size(text.substring(colon + 1)).orElse(-1);
        if (size < 0) {
            throw line.error("invalid zone size \"%s\"", text);
        }
        if (size < SMALLEST) {
            throw line.error("zone \"%s\" is too small", text);
        }
        return new ZoneArgument(text.substring("zone=".length(), colon), size);
    }
}
