package io.frontdesk.e2e.subrequests;

import io.frontdesk.testkit.Answer;

/** Reads what came on a connection up to its end. */
final class Answers {
    private Answers() {}

    /** An answer, or the rest of one, whose body came in chunks. */
    static Answer chunked(String all) {
        int blank = all.startsWith("HTTP/") ? all.indexOf("\r\n\r\n") + 4 : 0;
        StringBuilder body = new StringBuilder();
        int at = blank;
        while (true) {
            int line = all.indexOf("\r\n", at);
            int size = Integer.parseInt(all.substring(at, line), 16);
            if (size == 0) {
                return new Answer(all.substring(0, blank), body.toString());
            }
            body.append(all, line + 2, line + 2 + size);
            at = line + 2 + size + 2;
        }
    }
}
