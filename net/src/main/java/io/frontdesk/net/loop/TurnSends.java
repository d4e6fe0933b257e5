package io.frontdesk.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * The sends of one loop's turn. Connections that have one message to send ask to do so as the turn ends; then all messages go out,
 * by one system call where that can be had ({@link CallRing}), and each connection hears how many of its bytes the kernel took. Owned by
 * its loop, used on its thread alone.
 */
final class TurnSends {
    /** What was sent may bring more to send at once: others must have their turn too. */
    private static final int MAX_ROUNDS = 8;

    private final Calls calls;
    private final LaterSend[] batch = new LaterSend[CallRing.CAPACITY];
    private final ByteBuf[] messages = new ByteBuf[CallRing.CAPACITY];
    private @Nullable IovArray parts;
    private @Nullable LaterSend head;
    private @Nullable LaterSend tail;

    TurnSends(Calls calls) {
        this.calls = calls;
    }

    void add(LaterSend send) {
        send.pending = true;
        LaterSend last = tail;
        if (last == null) {
            head = send;
        } else {
            last.next = send;
        }
        tail = send;
    }

    /** Where the parts of a message that goes out at once are named; for the time of one call. */
    IovArray parts() {
        IovArray made = parts;
        if (made == null) {
            made = new IovArray(2);
            parts = made;
        }
        return made;
    }

    /** The loop ends. */
    void close() {
        IovArray made = parts;
        if (made != null) {
            parts = null;
            made.release();
        }
    }

    /** Sends, for those too who ask meanwhile, within bounds. */
    void send() {
        for (int round = 0; head != null && round < MAX_ROUNDS; round++) {
            LaterSend first = head;
            head = null;
            tail = null;
            while (first != null) {
                first = sendSome(first);
            }
        }
    }

    /** Whether somebody waits for the next {@link #send}. */
    boolean isPending() {
        return head != null;
    }

    /** Sends for as many as one call can carry; gives the first that is left. */
    private @Nullable LaterSend sendSome(LaterSend first) {
        int count = 0;
        LaterSend send = first;
        while (send != null && count < batch.length) {
            LaterSend following = send.next;
            send.next = null;
            send.pending = false;
            ByteBuf message = take(send);
            if (message != null) {
                batch[count] = send;
                messages[count++] = message;
            }
            send = following;
        }
        CallRing ring = count > 1 ? calls.ring() : null;
        if (ring != null) {
            count = sendAtOnce(ring, count);
        }
        for (int i = 0; i < count; i++) {
            tell(batch[i], messages[i], ring != null ? ring.outcome(i) : CallRing.NOT_MADE);
        }
        return send;
    }

    /** One owner's bug must not cost the others their messages. */
    private static @Nullable ByteBuf take(LaterSend from) {
        try {
            return from.owner.giveMessage();
        } catch (RuntimeException | Error bug) {
            from.failed(bug);
            return null;
        }
    }

    /** Sends the messages whose sockets are still there, which become the first ones; gives how many these are. */
    private int sendAtOnce(CallRing ring, int count) {
        int sending = 0;
        ring.clear();
        for (int i = 0; i < count; i++) {
            LaterSend by = batch[i];
            ByteBuf message = messages[i];
            if (!by.isOpen()) {
                // Closed by one that was asked after it: its number may be another's by now.
                message.release();
                continue;
            }
            ring.send(by.socket.intValue(), message.memoryAddress() + message.readerIndex(), message.readableBytes());
            batch[sending] = by;
            messages[sending++] = message;
        }
        ring.make();
        return sending;
    }

    private static int sendOne(FileDescriptor socket, ByteBuf message) {
        try {
            return ((Socket) socket).sendAddress(message.memoryAddress(), message.readerIndex(), message.writerIndex());
        } catch (Errors.NativeIoException e) {
            return e.expectedErr();
        } catch (IOException | NotYetConnectedException e) {
            return -1;
        }
    }

    private static void tell(LaterSend by, ByteBuf message, int outcome) {
        LaterSend.Owner owner = by.owner;
        try {
            int sent = outcome;
            if (sent == CallRing.NOT_MADE) {
                if (!by.isOpen()) {
                    message.release();
                    return;
                }
                sent = sendOne(by.socket, message);
            }
            if (sent == message.readableBytes()) {
                message.release();
                owner.sent();
            } else if (sent >= 0 || sent == Errors.ERRNO_EAGAIN_NEGATIVE
                    || sent == Errors.ERRNO_EWOULDBLOCK_NEGATIVE) {
                owner.takeRest(message.skipBytes(Math.max(0, sent)));
            } else {
                message.release();
                owner.sendFailed(Errors.newIOException("send", sent));
            }
        } catch (RuntimeException | Error bug) {
            by.failed(bug);
        }
    }
}
