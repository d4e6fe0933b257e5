package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;

/** The value of X-Accel-Redirect: a named location, or a URI with arguments, encoded; never a way out of the tree. Stateless. */
final class AccelTarget {
    private AccelTarget() {}

    static Outcome jump(Exchange ex, String target) {
        if (target.startsWith("@")) {
            ex.response().status(0);
            return ex.jumpNamed(target);
        }
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Bytes encoded = Bytes.of(path);
        Bytes decoded = new Bytes(path.length());
        UriEscape.unescape(encoded.array(), 0, encoded.length(), decoded);
        String plain = decoded.toString();
        if (isUnsafe(plain)) {
            ex.log(Severity.ERROR, "unsafe URI \"" + target + "\" was detected" + Fault.READING_HEAD);
            return ex.finish(404);
        }
        ex.becomeGet();
        return ex.jump(plain, question < 0 ? null : target.substring(question + 1));
    }

    /** nginx: empty, with a NUL, or with a segment of two dots. */
    private static boolean isUnsafe(String path) {
        return path.isEmpty() || path.startsWith("?") || path.indexOf('\0') >= 0 || path.equals("..")
                || path.startsWith("../") || path.contains("/../") || path.endsWith("/..");
    }
}
