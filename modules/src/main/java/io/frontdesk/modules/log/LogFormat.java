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
        Bytes value = ex.worker().takeScratch();
        try {
            int n = text.variableCount();
            for (int i = 0; i < n; i++) {
                out.write(text.literal(i));
                value.clear();
                if (text.variable(i).append(ex, value)) {
                    escape.escape(value.array(), 0, value.length(), out);
                } else if (escape == LogEscape.DEFAULT) {
                    out.write('-');
                }
            }
            out.write(text.literal(n));
            out.write('\n');
        } finally {
            ex.worker().giveBackScratch(value);
        }
    }
}
