package io.frontdesk.engine.upstream;

import io.frontdesk.engine.fault.Fault;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.UnsafeUri;

/** The value of X-Accel-Redirect: a named location, or a URI with arguments, encoded; never a way out of the tree. Stateless. */
final class AccelTarget {
    private AccelTarget() {}

    static Outcome jump(Exchange ex, String target) {
        if (target.startsWith("@")) {
            ex.response().status(0);
            return ex.jumpNamed(target);
        }
        UnsafeUri uri = UnsafeUri.parse(target);
        if (uri == null) {
            ex.blame().log(FaultKind.UNSAFE_URI, "unsafe URI \"" + target + "\" was detected" + Fault.READING_HEAD);
            return ex.finish(404);
        }
        ex.becomeGet();
        return ex.jump(uri.path(), uri.args());
    }
}
