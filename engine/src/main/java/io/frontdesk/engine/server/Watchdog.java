package io.frontdesk.engine.server;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.worker.ListedConnection;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.loop.LoopActivity;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks at the event loops from outside: says where one stands that works on the same thing for too long, and tells all when memory runs
 * short; keeps the heap small. It costs the loops nothing but the number that {@link LoopActivity} counts up.
 */
@ControlPlane("a thread of its own, which sleeps between two looks")
final class Watchdog {
    private static final long PERIOD_MILLIS = 50;
    /** Memory is looked at every so many times. */
    private static final int MEMORY_PERIODS = 2;
    private static final long BLOCKED_MILLIS = 100;
    /** One line about a loop, then none for so long. */
    private static final long QUIET_MILLIS = 10_000;
    private static final int MAX_FRAMES = 24;

    /** nginx has no such thing: whoever is blocked for so long will not come back soon. */
    private static final long HANGING_MILLIS = 10_000;

    /** Those that serve now. */
    private final List<Worker> workers;
    private final Consumer<Worker> hanging;
    private final Map<Worker, Watched> loops = new IdentityHashMap<>();
    private final MemoryPressure memory = new MemoryPressure();
    private final HeapUpkeep heap = new HeapUpkeep();
    private final Thread thread;
    private volatile boolean over;
    private boolean wasTight;

    /** What is known of one loop. */
    private static final class Watched {
        private long number;
        private long sinceMillis;
        /** The same but for the time that the whole process was held up, which is not counted. */
        private long hangsSinceMillis;
        private long nextLineMillis;
    }

    private Watchdog(List<Worker> workers, Consumer<Worker> hanging) {
        this.workers = workers;
        this.hanging = hanging;
        this.thread = Thread.ofPlatform().name("frontdesk-watchdog").daemon().unstarted(this::run);
    }

    /** {@code hanging} hears, on the watchdog's thread, of each loop that is to be replaced. */
    static Watchdog start(List<Worker> workers, Consumer<Worker> hanging) {
        Watchdog watchdog = new Watchdog(workers, hanging);
        watchdog.thread.start();
        return watchdog;
    }

    void stop() {
        over = true;
        thread.interrupt();
    }

    private void run() {
        long before = millis();
        int looks = 0;
        while (!over) {
            try {
                Thread.sleep(PERIOD_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            long now = millis();
            // When we are late ourselves, the whole process was held up: a collection, or a busy machine.
            long lateMillis = Math.max(0, now - before - 2 * PERIOD_MILLIS);
            before = now;
            for (Worker worker : workers) {
                look(loops.computeIfAbsent(worker, _ -> new Watched()), worker, now, lateMillis);
            }
            if (++looks % MEMORY_PERIODS == 0) {
                heap.look();
                lookAtMemory();
            }
        }
    }

    private void look(Watched loop, Worker worker, long now, long lateMillis) {
        LoopActivity activity = worker.loop().activity();
        long number = activity.number();
        if (number != loop.number || !LoopActivity.isWork(number)) {
            loop.number = number;
            loop.sinceMillis = now;
            loop.hangsSinceMillis = now;
            return;
        }
        if (lateMillis > 0) {
            loop.sinceMillis = now;
            // Not from the start: on a busy machine that would never come to an end.
            loop.hangsSinceMillis += lateMillis;
            return;
        }
        long busy = now - loop.sinceMillis;
        if (now - loop.hangsSinceMillis >= HANGING_MILLIS && !worker.givenUp().isDone()) {
            worker.givenUp().complete(true);
            loops.remove(worker);
            hanging.accept(worker);
            return;
        }
        if (busy < BLOCKED_MILLIS || now < loop.nextLineMillis) {
            return;
        }
        StackTraceElement[] stack = activity.stack();
        if (activity.number() != number) {
            return;
        }
        loop.nextLineMillis = now + QUIET_MILLIS;
        StringBuilder text = new StringBuilder("event loop ").append(worker.index()).append(" is blocked for ")
                .append(busy).append(" ms");
        for (int i = 0; i < Math.min(stack.length, MAX_FRAMES); i++) {
            text.append(" at ").append(stack[i]);
        }
        worker.errorLog().log(Severity.WARN, 0, text.toString());
    }

    private void lookAtMemory() {
        boolean tight = memory.measure();
        if (tight == wasTight) {
            return;
        }
        wasTight = tight;
        workers.getFirst().errorLog().log(tight ? Severity.CRIT : Severity.NOTICE, 0,
                tight
                        ? "memory runs short, new requests are refused: " + memory.what()
                        : "memory no longer runs short");
        for (Worker worker : workers) {
            worker.memoryTight(tight);
            if (tight) {
                worker.loop().execute(() -> worker.idle().forEach(ListedConnection::closeGracefully));
            }
        }
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }
}
