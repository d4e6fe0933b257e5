package io.frontdesk.engine.core;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Position;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * {@code root} or {@code alias}: how a URI becomes a file's path. Immutable, shared by all loops.
 *
 * @param template      the folder, resolved against the prefix unless it has variables
 * @param prefix        put before a value with variables that does not begin with a slash
 * @param alias         whether it is an alias
 * @param locationLength how many bytes of the path the location's prefix takes; only for an alias
 * @param wholePath     an alias in a regex location: the value is the whole path
 * @param at             the line, or null for the usual folder
 */
public record DocumentRoot(Template template, String prefix, boolean alias, int locationLength, boolean wholePath,
        @Nullable Position at) {
    /** Appends the file path of the exchange's URI. */
    public void append(Exchange exchange, Bytes out) {
        appendRoot(exchange, out);
        RequestUri uri = exchange.uri();
        appendRest(uri.pathBytes(), uri.pathOffset(), uri.pathLength(), uri.addsToAlias(), out);
    }

    /** What follows the folder: all of the path, what an alias leaves of it, or nothing. */
    private void appendRest(byte[] path, int offset, int length, boolean addsUri, Bytes out) {
        int skip = alias && !wholePath ? Math.min(locationLength, length) : 0;
        if (!wholePath || addsUri) {
            out.write(path, offset + skip, length - skip);
        }
    }

    /** The file path of a URI path, without a request; null where that depends on more than the path. */
    public @Nullable String map(String path) {
        byte[] folder = template.constantBytes();
        if (folder == null) {
            return null;
        }
        Bytes out = new Bytes();
        out.write(folder);
        byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
        appendRest(bytes, 0, bytes.length, false, out);
        return out.toString();
    }

    /** Appends the folder alone ({@code $document_root}). */
    public void appendRoot(Exchange exchange, Bytes out) {
        int start = out.length();
        template.append(exchange, out);
        boolean relative = out.length() > start && out.array()[start] != '/' || out.length() == start;
        if (relative && !template.isConstant()) {
            String value = out.toString().substring(start);
            out.truncate(start);
            out.write(prefix);
            out.write(value);
        }
    }

    /** The file path of the exchange's URI as a byte string. */
    public String map(Exchange exchange) {
        Bytes scratch = exchange.worker().takeScratch();
        try {
            append(exchange, scratch);
            return scratch.toString();
        } finally {
            exchange.worker().giveBackScratch(scratch);
        }
    }
}
