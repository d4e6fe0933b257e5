package io.frontdesk.modules.rewrite;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;

/**
 * A {@code return} line.
 *
 * @param status the status
 * @param text   what stands behind it, empty for nothing
 */
record ReturnLine(int status, String text) {

    static ReturnLine parse(Call call) throws ConfigException {
        String first = call.text(0);
        int status = status(first);
        if (status < 0) {
            if (call.args().size() == 1 && RewriteLine.isAbsolute(first)) {
                return new ReturnLine(302, first);
            }
            throw call.error("invalid return code \"%s\"", first);
        }
        return new ReturnLine(status, call.args().size() == 1 ? "" : call.text(1));
    }

    /** The number from 0 to 999 that the text is, or -1. */
    private static int status(String text) {
        int value = text.isEmpty() ? -1 : 0;
        for (int i = 0; i < text.length() && value >= 0; i++) {
            int digit = text.charAt(i) - '0';
            value = digit < 0 || digit > 9 ? -1 : value * 10 + digit;
            if (value > 999) {
                return -1;
            }
        }
        return value;
    }
}
