package io.frontdesk.engine.request;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All subrequests that one request of a client led to, at whatever depth. Made with the first of them, over with the request. Loop of the
 * exchange only.
 */
final class Subrequests {
    /** How deep subrequests may nest (nginx: fifty). */
    static final int MAX_DEPTH = 50;
    /** How many one request may lead to in all; nginx counts only those that run, and a page that includes itself twice runs for ever. */
    static final int MAX_COUNT = 65_535 - 1000;

    private final Exchange main;
    private final List<Subrequest> running = new ArrayList<>();
    private int count;
    private int inBackground;
    private boolean over;
    private boolean flushes;
    private @Nullable Runnable afterBackground;

    Subrequests(Exchange main) {
        this.main = main;
    }

    /** Whether another one may be made inside {@code parent}; logs why not. */
    boolean mayAdd(Exchange parent, String path) {
        if (Subrequest.depthOf(parent) > MAX_DEPTH) {
            parent.log(FaultKind.REDIRECT_CYCLE, Severity.ERROR, "subrequests cycle while processing \"" + path + "\"");
            return false;
        }
        if (count >= MAX_COUNT) {
            parent.log(FaultKind.REDIRECT_CYCLE, Severity.CRIT,
                    "request reference counter overflow while processing \"" + path + "\"");
            return false;
        }
        return true;
    }

    void add(Subrequest subrequest) {
        count++;
        running.add(subrequest);
        if (subrequest.isInBackground()) {
            inBackground++;
        }
    }

    void ended(Subrequest subrequest) {
        if (over) {
            return;
        }
        running.remove(subrequest);
        if (!subrequest.isInBackground()) {
            return;
        }
        Runnable then = afterBackground;
        if (--inBackground == 0 && then != null) {
            afterBackground = null;
            later(then);
        }
    }

    /** Whether any runs that the answer waits for. */
    boolean isAwaited() {
        return running.size() > inBackground;
    }

    /** Whether any runs. */
    boolean isAny() {
        return !running.isEmpty();
    }

    boolean hasBackground() {
        return inBackground > 0;
    }

    /** Calls when no subrequest in the background runs any more. */
    void afterBackground(Runnable then) {
        afterBackground = then;
    }

    /** Calls in a moment, on this loop, unless the request is over by then. */
    void later(Runnable task) {
        main.worker().loop().execute(() -> {
            if (!over) {
                task.run();
            }
        });
    }

    /** Sends what was written once all that is due now has had its turn. */
    void flushLater() {
        if (!flushes) {
            flushes = true;
            later(() -> {
                flushes = false;
                main.stream().flush();
            });
        }
    }

    /** The request is over, and with it all that runs for it. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        for (Subrequest subrequest : List.copyOf(running)) {
            subrequest.cancel();
        }
        running.clear();
        inBackground = 0;
    }
}
