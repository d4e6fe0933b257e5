package io.frontdesk.net.loop;

import io.frontdesk.net.OutOfMemory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * The first reads of one turn: all connections that epoll found ready are read by one system call ({@link CallRing}) into buffers of the
 * loop, and then served in the order in which they became ready. A connection that has more than fits goes on by itself. Owned by its
 * loop, used on its thread alone.
 */
final class TurnReads {
    /** What a buffer holds. Memory that is not written to is not resident. */
    static final int BYTES = 32 * 1024;
    /** Buffers of whole pages would compete for the same lines of the cache; each begins a little further on. */
    private static final int COLOURS = 13;
    private static final int COLOUR_BYTES = 320;
    /** Room in front of what is read: with what was read before a body, enough for the head that goes out with it. */
    private static final int ROOM_BYTES = 1024;

    /** With so few ready, their peers may have nothing to do until they hear from us: what is to be sent does not wait for the turn's end. */
    private static final int FEW = 16;
    /** Of few, the messages of so many go out together. */
    private static final int SENT_TOGETHER = 4;

    private final Calls calls;
    private final TurnSends sends;
    private final ByteBufAllocator allocator;
    private final @Nullable EpollInterest[] ready = new EpollInterest[CallRing.CAPACITY];
    private final @Nullable ByteBuf[] buffers = new ByteBuf[CallRing.CAPACITY];
    private final int[] limits = new int[CallRing.CAPACITY];
    private final int[] received = new int[CallRing.CAPACITY];
    /** Those that have more to read than one turn is for. */
    private @Nullable EpollInterest rests;
    private @Nullable EpollInterest lastRest;
    private int count;
    private @Nullable ByteBuf handedOn;
    /** One bit for each buffer of which somebody kept a part, maybe until it is sent as the turn ends. */
    private long kept;

    TurnReads(Calls calls, TurnSends sends, ByteBufAllocator allocator) {
        this.calls = calls;
        this.sends = sends;
        this.allocator = allocator;
    }

    /** Whether reads can wait for each other. */
    boolean available() {
        return calls.ring() != null;
    }

    /** Will read for this one; when there are enough, at once. False when there is no memory to do so. */
    boolean add(EpollInterest interest) {
        if (buffers[count] == null && !allocate(count)) {
            return false;
        }
        ready[count++] = interest;
        if (count == ready.length) {
            readReady();
            // Some of that lies in the buffers that are read into next.
            sends.send();
            settle();
        }
        return true;
    }

    /** Will let this one read on in the next turn. */
    void nextTurn(EpollInterest interest) {
        interest.readsNextTurn = true;
        EpollInterest last = lastRest;
        if (last == null) {
            rests = interest;
        } else {
            last.next = interest;
        }
        lastRest = interest;
    }

    /** Whether somebody has something to read in the next turn, of which epoll will not tell. */
    boolean isPending() {
        return rests != null;
    }

    /** Whether {@code in} is handed on now and nobody keeps a part of it: who consumed its first bytes may write over them. */
    boolean isWritable(ByteBuf in) {
        return in == handedOn && in.refCnt() == 2;
    }

    private boolean allocate(int slot) {
        try {
            int size = ROOM_BYTES + BYTES + COLOURS * COLOUR_BYTES;
            buffers[slot] = allocator.directBuffer(size, size);
            return true;
        } catch (OutOfMemoryError none) {
            OutOfMemory.check(none);
            return false;
        }
    }

    /** Reads what was left in the turn before, then for all that were added, and hands on what came. */
    void read() {
        EpollInterest rest = rests;
        rests = null;
        lastRest = null;
        while (rest != null) {
            EpollInterest following = rest.next;
            rest.next = null;
            rest.readsNextTurn = false;
            readRest(rest);
            rest = following;
        }
        readReady();
    }

    private static void readRest(EpollInterest of) {
        try {
            of.readRest();
        } catch (RuntimeException | Error bug) {
            of.failed(bug);
        }
    }

    private void readReady() {
        int all = count;
        if (all == 0) {
            return;
        }
        count = 0;
        CallRing ring = calls.ring();
        if (ring == null) {
            for (int i = 0; i < all; i++) {
                handOn(take(i), null, CallRing.NOT_MADE, 0);
            }
            return;
        }
        if (all == 1) {
            readAlone(take(0));
            return;
        }
        int reading = 0;
        ring.clear();
        for (int i = 0; i < all; i++) {
            EpollInterest interest = take(i);
            if (!interest.wantsRead()) {
                continue;
            }
            ByteBuf buffer = buffer(reading);
            int limit = Math.min(interest.readLimit(), buffer.writableBytes());
            ring.receive(interest.fd().intValue(), buffer.memoryAddress() + buffer.writerIndex(), limit);
            limits[reading] = limit;
            ready[reading++] = interest;
        }
        ring.make();
        for (int i = 0; i < reading; i++) {
            // Whoever sends meanwhile uses the same ring.
            received[i] = ring.outcome(i);
        }
        for (int i = 0; i < reading; i++) {
            handOnOf(i, take(i), received[i], limits[i]);
            if (reading <= FEW && (i + 1) % SENT_TOGETHER == 0) {
                sends.send();
            }
        }
    }

    /** One call alone needs no ring. */
    private void readAlone(EpollInterest interest) {
        if (!interest.wantsRead()) {
            return;
        }
        ByteBuf buffer = buffer(0);
        int limit = Math.min(interest.readLimit(), buffer.writableBytes());
        handOnOf(0, interest, receive(interest.fd(), buffer, limit), limit);
    }

    /** As the ring tells it: bytes, 0 at the end, {@code -errno}, or {@link CallRing#NOT_MADE} for what Netty shall find once more. */
    static int receive(FileDescriptor socket, ByteBuf into, int limit) {
        int from = into.writerIndex();
        try {
            int received = ((Socket) socket).recvAddress(into.memoryAddress(), from, from + limit);
            // Netty's -1 is the end, its 0 that there is nothing.
            return received > 0 ? received : received < 0 ? 0 : Errors.ERRNO_EAGAIN_NEGATIVE;
        } catch (Errors.NativeIoException e) {
            return e.expectedErr();
        } catch (IOException | NotYetConnectedException e) {
            return CallRing.NOT_MADE;
        }
    }

    /** Hands on what was read into one of the buffers, and remembers when somebody keeps a part of it. */
    private void handOnOf(int slot, EpollInterest to, int received, int limit) {
        ByteBuf buffer = present(buffers[slot]);
        handedOn = buffer;
        handOn(to, buffer, received, limit);
        handedOn = null;
        if (buffer.refCnt() > 1) {
            kept |= 1L << slot;
        }
    }

    /** What one connection makes of its bytes must not cost the others theirs. */
    private static void handOn(EpollInterest to, @Nullable ByteBuf buffer, int received, int limit) {
        try {
            if (received > 0) {
                to.received(present(buffer), received, limit);
            } else {
                to.receivedNothing(received);
            }
        } catch (RuntimeException | Error bug) {
            to.failed(bug);
        }
    }

    private EpollInterest take(int i) {
        EpollInterest interest = present(ready[i]);
        ready[i] = null;
        return interest;
    }

    private ByteBuf buffer(int i) {
        int start = ROOM_BYTES + i % COLOURS * COLOUR_BYTES;
        return present(buffers[i]).setIndex(start, start);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException();
        }
        return value;
    }

    /** What was to be sent is sent: leaves the buffers that somebody keeps still to them, and keeps the others for the next reads. */
    void settle() {
        while (kept != 0) {
            int i = Long.numberOfTrailingZeros(kept);
            kept &= kept - 1;
            ByteBuf buffer = present(buffers[i]);
            if (buffer.refCnt() > 1) {
                buffers[i] = null;
                buffer.release();
            }
        }
    }

    /** The loop ends. */
    void close() {
        for (int i = 0; i < buffers.length; i++) {
            ByteBuf buffer = buffers[i];
            if (buffer != null) {
                buffers[i] = null;
                buffer.release();
            }
        }
    }
}
