package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;

/**
 * A {@code rewrite} line.
 *
 * @param pattern     the expression that the path is compared with
 * @param replacement what takes its place, without the question mark that drops the arguments
 * @param addsArgs    whether the request's arguments go behind those of the replacement
 * @param status      301 or 302 for a redirect, otherwise 0
 * @param ends        whether the list ends when it was carried out
 * @param breaks      {@code break}: the location stays
 */
record RewriteLine(String pattern, String replacement, boolean addsArgs, int status, boolean ends, boolean breaks) {

    static RewriteLine parse(Call call) throws ConfigException {
        String replacement = call.text(1);
        if (replacement.isEmpty()) {
            throw call.error("empty replacement");
        }
        boolean dropsArgs = replacement.endsWith("?");
        if (dropsArgs) {
            replacement = replacement.substring(0, replacement.length() - 1);
        }
        int status = isAbsolute(replacement) ? 302 : 0;
        boolean ends = status != 0;
        boolean breaks = false;
        if (call.args().size() == 3) {
            ends = true;
            switch (call.text(2)) {
                case "last" -> {
                }
                case "break" -> breaks = true;
                case "redirect" -> status = 302;
                case "permanent" -> status = 301;
                default -> throw call.invalidParameter(call.args().get(2));
            }
        }
        return new RewriteLine(call.text(0), replacement, !dropsArgs, status, ends, breaks);
    }

    /** nginx: how a target begins that is a redirect by itself. */
    static boolean isAbsolute(String target) {
        return target.startsWith("http://") || target.startsWith("https://") || target.startsWith("$scheme");
    }
}
