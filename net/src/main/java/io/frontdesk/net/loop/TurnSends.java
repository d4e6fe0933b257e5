package io.frontdesk.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The sends of one loop's turn. Connections that have one small message to send ask to do so as the turn ends; then all messages go out,
 * by one system call where that can be had ({@link CallRing}), and each connection hears how many of its bytes the kernel took. Owned by
 * its loop, used on its thread alone.
 */
final class TurnSends {
    /** What was sent may bring more to send at once: others must have their turn too. */
    private static final int MAX_ROUNDS = 8;

    private final Calls calls;
    private final LaterSend[] batch = new LaterSend[CallRing.CAPACITY];
    private final ByteBuf[] messages = new ByteBuf[CallRing.CAPACITY];
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

    /** Sends. Whether some are left, who asked meanwhile. */
    boolean send() {
        for (int round = 0; head != null && round < MAX_ROUNDS; round++) {
            LaterSend first = head;
            head = null;
            tail = null;
            while (first != null) {
                first = sendSome(first);
            }
        }
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
            ByteBuf message = send.owner.giveMessage();
            if (message != null) {
                batch[count] = send;
                messages[count++] = message;
            }
            send = following;
        }
        CallRing ring = count > 1 ? calls.ring() : null;
        if (ring != null) {
            for (int i = 0; i < count; i++) {
                ByteBuf message = messages[i];
                ring.send(batch[i].socket.intValue(), message.memoryAddress() + message.readerIndex(),
                        message.readableBytes());
            }
            ring.make();
        }
        for (int i = 0; i < count; i++) {
            LaterSend by = batch[i];
            ByteBuf message = messages[i];
            int sent = ring != null ? ring.outcome(i) : sendOne(by.socket, message);
            tell(by.owner, message, sent);
        }
        return send;
    }

    private static int sendOne(FileDescriptor socket, ByteBuf message) {
        try {
            return ((io.netty.channel.unix.Socket) socket).sendAddress(message.memoryAddress(), message.readerIndex(),
                    message.writerIndex());
        } catch (Errors.NativeIoException e) {
            return e.expectedErr();
        } catch (IOException e) {
            return -1;
        }
    }

    private static void tell(LaterSend.Owner owner, ByteBuf message, int sent) {
        if (sent == message.readableBytes()) {
            message.release();
            owner.sent();
        } else if (sent >= 0 || sent == Errors.ERRNO_EAGAIN_NEGATIVE || sent == Errors.ERRNO_EWOULDBLOCK_NEGATIVE) {
            message.skipBytes(Math.max(0, sent));
            owner.takeRest(message);
        } else {
            message.release();
            owner.sendFailed(Errors.newIOException("send", sent));
        }
    }
}
