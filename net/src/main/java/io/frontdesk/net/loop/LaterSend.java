package io.frontdesk.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.IovArray;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection sends one message past its channel's queue as the turn ends, together with all others that do so
 * ({@link TurnSends}), or a large one at once. Only for channels in the clear, and only while nothing waits in the queue, which the
 * message would overtake. Owned by its connection, used on its loop's thread alone.
 */
public final class LaterSend {

    /** Who has something to send. */
    public interface Owner {
        /** Gives the message, a direct buffer of one piece, or null when it came to nothing meanwhile. */
        @Nullable
        ByteBuf giveMessage();

        /** All of the message is with the kernel. */
        void sent();

        /** The socket is full: takes what is left of the message, to be sent through the channel. */
        void takeRest(ByteBuf rest);

        /** The connection is broken; nothing was sent. What this or another of these throws goes to the channel's handlers. */
        void sendFailed(IOException cause);
    }

    final Owner owner;
    final FileDescriptor socket;
    private final Channel channel;
    private final TurnSends sends;
    boolean pending;
    @Nullable
    LaterSend next;

    private LaterSend(Loop loop, Channel channel, FileDescriptor socket, Owner owner) {
        this.owner = owner;
        this.channel = channel;
        this.socket = socket;
        this.sends = loop.sends();
    }

    /** The later sends of {@code channel} on {@code loop}; null for channels that can't have any. */
    public static @Nullable LaterSend of(Loop loop, Channel channel, Owner owner) {
        boolean can = channel instanceof EpollSocketChannel || channel instanceof EpollDomainSocketChannel;
        return can ? new LaterSend(loop, channel, ((UnixChannel) channel).fd(), owner) : null;
    }

    /** Whether a message would overtake nothing that the channel was told to send; what it only holds the caller must know. */
    public boolean isFree() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        return queue != null && queue.isEmpty() && queue.totalPendingWriteBytes() == 0 && channel.isActive();
    }

    /**
     * Sends both now, by one system call, when {@link #isFree}. The owner hears of it as of a message; what is left of the first is
     * written to the channel before the owner is given what is left of the second.
     *
     * @param first a direct buffer of one piece, with bytes, now the callee's
     * @param second as {@code first}; may be a part of another
     */
    public void sendNow(ByteBuf first, ByteBuf second) {
        int firstBytes = first.readableBytes();
        IovArray parts = sends.parts();
        parts.clear();
        parts.add(first, first.readerIndex(), firstBytes);
        parts.add(second, second.readerIndex(), second.readableBytes());
        long sent;
        try {
            sent = socket.writevAddresses(parts.memoryAddress(0), parts.count());
        } catch (IOException e) {
            first.release();
            second.release();
            owner.sendFailed(e);
            return;
        }
        if (sent >= firstBytes) {
            first.release();
        } else {
            channel.write(first.skipBytes((int) sent), channel.voidPromise());
        }
        int ofSecond = (int) Math.max(0, sent - firstBytes);
        if (ofSecond == second.readableBytes()) {
            second.release();
            owner.sent();
        } else {
            owner.takeRest(second.skipBytes(ofSecond));
        }
    }

    /** Whether the socket is still the one of this number. */
    boolean isOpen() {
        return socket.isOpen();
    }

    /** The owner has thrown: its channel hears of that, as of what its handlers throw. */
    void failed(Throwable bug) {
        channel.pipeline().fireExceptionCaught(bug);
    }

    /** The owner will be asked for its message as the turn ends. */
    public void ask() {
        if (!pending) {
            sends.add(this);
        }
    }
}
