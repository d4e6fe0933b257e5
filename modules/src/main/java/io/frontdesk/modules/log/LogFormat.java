package io.frontdesk.modules.log;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.text.LogEscape;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;

/**
 * The form of a line. Values are escaped, so that no client can forge a line; one that is missing shows as a dash. Immutable, shared by
 * all loops.
 *
 * @param name   as configured
 * @param text   literals and variables
 * @param escape how values are escaped
 */
record LogFormat(String name, Template text, LogEscape escape) {
    /** nginx's combined format. */
    static final String COMBINED = "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
            + "\"$http_referer\" \"$http_user_agent\"";

    /** Appends the line with its newline. */
    void append(Exchange ex, Bytes out) {
        int n = text.variableCount();
        for (int i = 0; i < n; i++) {
            out.write(text.literal(i));
            int start = out.length();
            if (text.variable(i).append(ex, out)) {
                escape(ex, out, start);
            } else {
                out.truncate(start);
                if (escape == LogEscape.DEFAULT) {
                    out.write('-');
                }
            }
        }
        out.write(text.literal(n));
        out.write('\n');
    }

    /** Escapes what was appended since {@code start}, which rarely has anything to escape. */
    private void escape(Exchange ex, Bytes out, int start) {
        int end = out.length();
        int first = escape.firstEscaped(out.array(), start, end);
        if (first == end) {
            return;
        }
        Bytes value = ex.worker().takeScratch();
        try {
            value.write(out.array(), first, end - first);
            out.truncate(first);
            escape.escape(value.array(), 0, value.length(), out);
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }
}
