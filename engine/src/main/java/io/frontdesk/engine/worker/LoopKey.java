package io.frontdesk.engine.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Names something that each loop has one of, for {@link Worker#own(LoopKey)}: a constant of the class that it is about. A number, so that
 * finding it is one access to an array. Immutable, any thread.
 */
public final class LoopKey<T> {
    private static final AtomicInteger COUNT = new AtomicInteger();

    final int number = COUNT.getAndIncrement();
    final Function<Worker, T> make;

    /** A key; {@code make} makes the thing at first use. */
    public LoopKey(Function<Worker, T> make) {
        this.make = make;
    }
}
