package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.process.Signal;
import io.frontdesk.net.process.Signals;
import java.util.EnumSet;
import java.util.Set;

/** Turns signals into orders for a server, and says so in its log as nginx does. */
@ControlPlane("the thread of the signals")
final class ProcessSignals {
    private ProcessSignals() {}

    static void deliverTo(Server server) {
        // HotSpot keeps USR2 for itself unless the launcher tells it otherwise; without it there are no upgrades, and that is all.
        Set<Signal> wanted = EnumSet.complementOf(EnumSet.of(Signal.USR2));
        Set<Signal> taken = Signals.deliverTo((signal, sender) -> take(server, signal, sender));
        wanted.removeAll(taken);
        if (!wanted.isEmpty()) {
            server.configuration().errorLog().log(Severity.NOTICE, 0, String.valueOf(Signals.problem()));
        }
    }

    private static void take(Server server, Signal signal, int sender) {
        ErrorLog log = server.configuration().errorLog();
        String action = switch (signal) {
            case QUIT -> ", shutting down";
            case TERM, INT -> ", exiting";
            case HUP -> ", reconfiguring";
            case USR1 -> ", reopening logs";
            case USR2 -> server.mayUpgrade() ? ", changing binary" : ", ignoring";
            // nginx: only in the background, as a terminal sends it when its window changes.
            case WINCH -> mayRest(server) ? ", stop accepting connections" : ", ignoring";
        };
        log.log(Severity.NOTICE, 0, "signal " + signal.number() + " (SIG" + signal + ") received"
                + (sender > 0 ? " from " + sender : "") + action);
        switch (signal) {
            case QUIT -> server.order(Server.Order.QUIT);
            case TERM, INT -> server.order(Server.Order.STOP);
            case HUP -> server.order(Server.Order.RELOAD);
            case USR1 -> server.order(Server.Order.REOPEN);
            case USR2 -> server.order(Server.Order.UPGRADE);
            case WINCH -> {
                if (mayRest(server)) {
                    server.order(Server.Order.REST);
                }
            }
        }
    }

    private static boolean mayRest(Server server) {
        return Background.isThere() || server.isUpgrading();
    }
}
