package io.frontdesk.net.loop;

import io.frontdesk.net.ControlPlane;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The event loops of the process, as many as worker_processes says: each one thread, named {@code frontdesk-loop-0} and
 * so
 * on. Made and stopped by the control plane; safe on any thread.
 */
public final class EventLoops implements AutoCloseable {

    /** What one read from a client can bring. */
    public static final int CLIENT_RECEIVE_BYTES = 64 * 1024;
    /** What one read from an upstream can bring: bodies come from there. */
    public static final int UPSTREAM_RECEIVE_BYTES = 256 * 1024;

    private final List<Loop> loops;
    private final Transport transport;
    private int made;

    private EventLoops(List<Loop> loops, Transport transport) {
        this.loops = new CopyOnWriteArrayList<>(loops);
        this.made = loops.size();
        this.transport = transport;
    }

    /** Starts {@code count} loops on the best transport that can be had here. */
    public static EventLoops start(int count) {
        return start(count, Transport.best());
    }

    /** Starts {@code count} loops, of which the first was begun before. */
    @ControlPlane("the main thread; waits for the first loop")
    public static EventLoops start(int count, EarlyLoop early) {
        Loop first = early.loop();
        var loops = new ArrayList<Loop>(List.of(first));
        while (loops.size() < count) {
            loops.add(new Loop(loops.size(), first.transport(), CLIENT_RECEIVE_BYTES, UPSTREAM_RECEIVE_BYTES));
        }
        return new EventLoops(loops, first.transport());
    }

    /** Starts {@code count} loops on {@code transport}. */
    public static EventLoops start(int count, Transport transport) {
        return start(count, transport, CLIENT_RECEIVE_BYTES, UPSTREAM_RECEIVE_BYTES);
    }

    /** Starts {@code count} loops on {@code transport}, with receive buffers of these sizes. */
    public static EventLoops start(int count, Transport transport, int clientReceiveBytes, int upstreamReceiveBytes) {
        if (count < 1) {
            throw new IllegalArgumentException("an event loop is needed, not " + count);
        }
        var loops = new ArrayList<Loop>(count);
        for (int i = 0; i < count; i++) {
            loops.add(new Loop(i, transport, clientReceiveBytes, upstreamReceiveBytes));
        }
        return new EventLoops(loops, transport);
    }

    /** How many there are. */
    public int count() {
        return loops.size();
    }

    /**
     * Puts a new loop, with a number of its own, in the place of one that hangs; that one is stopped when it comes back. By the thread of
     * the control plane that made them.
     */
    public Loop replace(Loop hanging) {
        Loop fresh = new Loop(made++, transport, CLIENT_RECEIVE_BYTES, UPSTREAM_RECEIVE_BYTES);
        loops.set(loops.indexOf(hanging), fresh);
        return fresh;
    }

    /** The loop in this place, from 0; its number, unless it was {@linkplain #replace replaced}. */
    public Loop loop(int index) {
        return loops.get(index);
    }

    /** All of them, in order. */
    public List<Loop> all() {
        return List.copyOf(loops);
    }

    /** The transport that they share. */
    public Transport transport() {
        return transport;
    }

    /**
     * Stops all loops: their remaining channels are closed, tasks that wait are run, and the threads end. Waits for it,
     * but not
     * beyond {@code limit}. Connections that should end well must have been ended before.
     *
     * @return whether all have ended
     */
    @ControlPlane("whoever stops the process; waits for the threads to end")
    public boolean stop(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        var ends = new ArrayList<Future<?>>(loops.size());
        for (Loop loop : loops) {
            if (loop.inLoop()) {
                throw new IllegalStateException("a loop can't wait for its own end");
            }
            ends.add(loop.stop(limit.toMillis()));
        }
        boolean ended = true;
        for (Future<?> end : ends) {
            ended &= end.awaitUninterruptibly(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        return ended;
    }

    /** Stops all loops within five seconds. */
    @Override
    @ControlPlane("whoever stops the process; waits for the threads to end")
    public void close() {
        stop(Duration.ofSeconds(5));
    }
}
