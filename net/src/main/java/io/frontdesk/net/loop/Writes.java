package io.frontdesk.net.loop;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * How one connection writes: with a void promise, so that a write makes no object and its failure comes to the pipeline
 * as
 * an exception; flushed once as the loop's turn ends, however many writes it had; and with a limit on what may wait,
 * past which
 * {@link #full()} tells the producer to stop. Owned by the connection, used on its loop's thread alone.
 */
public final class Writes {

    /** Above this a channel is full: with what is written then, and its frame, less than 48 KiB wait. */
    public static final int FULL_BYTES = 44 * 1024;
    /** A channel is full above {@link #FULL_BYTES} that wait, and no longer below 32 KiB. */
    public static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 * 1024, FULL_BYTES);

    private final Channel channel;
    private final TurnFlushes flushes;
    private final ChannelPromise noPromise;
    boolean pending;
    @Nullable
    Writes next;

    /** The writes of {@code channel}, which belongs to {@code loop}. */
    public Writes(Loop loop, Channel channel) {
        this.channel = channel;
        this.flushes = loop.flushes();
        this.noPromise = channel.voidPromise();
    }

    /** Takes {@code message} to be sent with the flush at the end of the turn. */
    public void write(Object message) {
        channel.write(message, noPromise);
        flushLater();
    }

    /** Takes {@code message} to be sent with whatever flush comes next; asks for none. */
    public void writeOnly(Object message) {
        channel.write(message, noPromise);
    }

    /** Flushes as this turn of the loop ends. */
    public void flushLater() {
        if (!pending) {
            flushes.add(this);
        }
    }

    /** Flushes now. */
    public void flush() {
        channel.flush();
    }

    /** Whether so much waits to be sent that the producer must stop; the pipeline hears when it may go on. */
    public boolean full() {
        return !channel.isWritable();
    }
}
