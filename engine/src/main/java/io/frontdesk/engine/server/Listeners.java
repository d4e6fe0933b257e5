package io.frontdesk.engine.server;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.Errno;
import io.frontdesk.net.listen.BindFault;
import io.frontdesk.net.listen.ConnectionFactory;
import io.frontdesk.net.listen.InheritedSockets;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import io.frontdesk.net.listen.Listener;
import io.frontdesk.net.loop.EventLoops;
import io.frontdesk.net.loop.Loop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The listening sockets: those of a new configuration are opened beside the old ones, so that a reload refuses nobody. */
@ControlPlane("the engine's thread; waits for sockets, and half a second before it tries one again")
final class Listeners {
    /** nginx: an address in use is tried so often, as its owner may be about to leave. */
    private static final int TRIES = 5;
    private static final long RETRY_MILLIS = 500;
    private static final int ACCEPTS_MANY = 64;

    private final EventLoops loops;
    private final ConnectionFactory factory;
    private final Map<ListenAddress, Listener> open = new LinkedHashMap<>();
    private final List<Listener> fresh = new ArrayList<>();
    private InheritedSockets inherited = InheritedSockets.none();
    private boolean leavesFiles;

    Listeners(EventLoops loops, ConnectionFactory factory) {
        this.loops = loops;
        this.factory = factory;
    }

    /** The sockets that were handed over, for the first configuration. */
    void inherit(InheritedSockets sockets) {
        inherited = sockets;
    }

    /** Whether another process listens on the same sockets, so that the files of unix sockets stay. */
    void leavesFiles(boolean leaves) {
        leavesFiles = leaves;
    }

    /** All numbers of sockets. */
    List<Integer> descriptors() {
        return open.values().stream().flatMap(listener -> listener.descriptors().stream()).toList();
    }

    /** Accepts nobody for now; connections wait in the kernel. */
    void rest() {
        open.values().forEach(Listener::pause);
    }

    /** Accepts again. */
    void resume() {
        open.values().forEach(Listener::start);
    }

    /** Gives the sockets of a loop that hangs to another one; whether all could be given. */
    boolean move(Loop hanging, Loop next) {
        boolean all = true;
        for (Listener listener : open.values()) {
            all &= listener.move(hanging, next);
        }
        return all;
    }

    /** Opens what is not open yet. Either all of it, or nothing and the log says why. */
    boolean open(List<SocketPlan> wanted, boolean acceptsMany, ErrorLog log) {
        List<SocketPlan> missing = new ArrayList<>();
        for (SocketPlan plan : wanted) {
            if (!open.containsKey(plan.address())) {
                missing.add(plan);
            }
        }
        for (int attempt = 1; !missing.isEmpty(); attempt++) {
            boolean mayRetry = openAll(missing, acceptsMany, log);
            if (missing.isEmpty()) {
                break;
            }
            if (!mayRetry || attempt == TRIES) {
                if (mayRetry) {
                    log.log(Severity.EMERG, 0, "still could not bind()");
                }
                giveUp();
                return false;
            }
            log.log(Severity.NOTICE, 0, "try again to bind() after " + RETRY_MILLIS + "ms");
            pause();
        }
        return true;
    }

    /** Closes what was opened for a configuration that does not come into force. */
    void giveUp() {
        fresh.forEach(Listener::close);
        fresh.clear();
    }

    /** Tries each, and takes those that opened out of the list; whether those that remain may be tried again. */
    private boolean openAll(List<SocketPlan> missing, boolean acceptsMany, ErrorLog log) {
        boolean mayRetry = true;
        for (SocketPlan plan : List.copyOf(missing)) {
            BindFault fault = openOne(plan, acceptsMany);
            if (fault == null) {
                missing.removeIf(each -> each == plan);
                continue;
            }
            log.log(Severity.EMERG, 0, fault.message());
            mayRetry &= fault.errno().equals(Errno.EADDRINUSE);
        }
        return mayRetry;
    }

    private @Nullable BindFault openOne(SocketPlan plan, boolean acceptsMany) {
        ListenOptions options = acceptsMany ? plan.options().withAcceptsPerTurn(ACCEPTS_MANY) : plan.options();
        // No switch over types: the JVM makes its code at run time, and each start would wait (docs/adr/0014).
        Listener.Opening opening = Listener.open(loops, plan.address(), options, factory, inherited);
        if (opening instanceof Listener.Opening.Refused refused) {
            return refused.fault();
        }
        fresh.add(((Listener.Opening.Opened) opening).listener());
        return null;
    }

    /** The configuration is in force: what was opened for it accepts, what it does not name is closed. */
    void commit(List<SocketPlan> wanted) {
        for (Listener listener : fresh) {
            open.put(listener.address(), listener);
            listener.start();
        }
        fresh.clear();
        inherited.closeRest();
        Set<ListenAddress> addresses = wanted.stream().map(SocketPlan::address).collect(Collectors.toSet());
        open.values().removeIf(listener -> {
            boolean gone = !addresses.contains(listener.address());
            if (gone) {
                close(listener);
            }
            return gone;
        });
    }

    /** Closes all. */
    void close() {
        open.values().forEach(this::close);
        open.clear();
    }

    private void close(Listener listener) {
        if (leavesFiles) {
            listener.leave();
        } else {
            listener.close();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
