package io.frontdesk.engine.core;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.variable.Template;

/**
 * {@code root} or {@code alias}: how a URI becomes a file's path. Immutable, shared by all loops.
 *
 * @param template      the folder, resolved against the prefix unless it has variables
 * @param prefix        put before a value with variables that does not begin with a slash
 * @param alias         whether it is an alias
 * @param locationLength how many bytes of the path the location's prefix takes; only for an alias
 * @param wholePath     an alias in a regex location: the value is the whole path
 */
public record DocumentRoot(Template template, String prefix, boolean alias, int locationLength, boolean wholePath) {
    /** Appends the file path of the exchange's URI. */
    public void append(Exchange exchange, Bytes out) {
        appendRoot(exchange, out);
        RequestUri uri = exchange.uri();
        if (!alias) {
            uri.appendPath(out);
            return;
        }
        if (wholePath) {
            if (exchange.addsUriToAlias()) {
                uri.appendPath(out);
            }
            return;
        }
        int skip = Math.min(locationLength, uri.pathLength());
        out.write(uri.pathBytes(), uri.pathOffset() + skip, uri.pathLength() - skip);
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
