package io.frontdesk.net.loop;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandler;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.FileDescriptor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands between epoll and one channel, and keeps what the channel wants apart from what epoll was asked for, which is
 * changed as rarely as it can be: a channel that stops reading for a moment costs no system call, only one whose peer sends
 * meanwhile does.
 *
 * <p>It also sees to it that a channel that does not want to read is not read. Left to itself, Netty reads all that there is
 * when the peer ends its side, wanted or not, and that may be megabytes that a slow client can't take yet. Here such a channel
 * gets a {@link PeerEnd} event, and the bytes and the end stay in the kernel until it reads again.
 *
 * <p>A connection that only reads is asked for edge-triggered: the kernel tells of bytes once, and need not look again at each connection
 * that it told of in the turn before. What was told and not read to its end is remembered here, and read on in the next turn when the
 * channel wants that. One that waits for room to write is asked for level-triggered, as Netty expects it.
 *
 * <p>Owned by its channel, used on its loop's thread alone.
 */
@SuppressWarnings("try") // Netty's close() may throw anything
final class EpollInterest implements EpollIoHandle, IoRegistration {

    private static final int IN = EpollIoOps.EPOLLIN.value();
    private static final int OUT = EpollIoOps.EPOLLOUT.value();
    private static final int RDHUP = EpollIoOps.EPOLLRDHUP.value();
    private static final int ERR = EpollIoOps.EPOLLERR.value();
    private static final int HUP = 0x10;
    private static final int EDGE = EpollIoOps.EPOLLET.value();
    /** Asks for nothing. ERR and HUP can't be declined, but edge-triggered they come once and not for ever. */
    private static final int SILENT = EDGE;

    private static final Event READ = new Event(EpollIoOps.EPOLLIN);
    private static final Event WRITE = new Event(EpollIoOps.EPOLLOUT);
    private static final Event READ_AND_WRITE = new Event(EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLOUT));

    private record Event(EpollIoOps ops) implements EpollIoEvent {}

    private final EpollIoHandle handle;
    private final @Nullable Channel channel;
    private final Loop loop;
    private final boolean edges;
    private final long bornInTurn;
    private @Nullable IoRegistration registration;
    /** What the channel wants to hear of. */
    private int wanted;
    /** What epoll was asked for; 0 before the first time. */
    private int asked;
    /** The end was seen while reading was not wanted, so it is not asked for until it is. */
    private boolean endSeen;
    private boolean endTold;
    /** The kernel has said that the peer sends no more: who reads then reads up to the end. */
    private boolean ending;
    /** Epoll has told of bytes, or of the end, that are not read yet. It does so once. */
    private boolean unread;
    private boolean reading;
    boolean readsNextTurn;
    @Nullable
    EpollInterest next;

    private EpollInterest(EpollIoHandle handle, @Nullable Channel channel, Loop loop) {
        this.handle = handle;
        this.channel = channel;
        this.loop = loop;
        this.edges = channel instanceof EpollSocketChannel || channel instanceof EpollDomainSocketChannel;
        this.bornInTurn = loop.turns();
    }

    /** Registers {@code handle}, which is that of {@code channel} when that is known, with {@code transport}. */
    static IoRegistration register(IoHandler transport, EpollIoHandle handle, @Nullable Channel channel, Loop loop)
            throws Exception {
        var interest = new EpollInterest(handle, channel, loop);
        interest.registration = transport.register(interest);
        return interest;
    }

    // What epoll says.

    @Override
    public void handle(IoRegistration of, IoEvent event) {
        loop.activity().works();
        if (bornInTurn == loop.turns()) {
            // It was there before this channel was: it is for one of the same descriptor, closed earlier in this turn.
            return;
        }
        int ops = ((EpollIoEvent) event).ops().value();
        boolean broken = (ops & (ERR | HUP)) != 0;
        boolean ended = broken || (ops & RDHUP) != 0;
        boolean read = (wanted & IN) != 0 && (ended || (ops & IN) != 0);
        boolean write = (wanted & OUT) != 0 && (broken || (ops & OUT) != 0);
        ending |= ended;
        unread |= ended || (ops & IN) != 0;
        boolean plain = read && !write && !ending && channel != null;
        if (plain && loop.reads().available() && loop.reads().add(this)) {
            return;
        }
        if (read) {
            read(write ? READ_AND_WRITE : READ);
        } else if (write) {
            handle.handle(this, WRITE);
        } else {
            if (ended) {
                endSeen = true;
                tellEnd(broken ? PeerEnd.RESET : PeerEnd.FINISHED);
            }
            // Told of the end, the channel may have gone on to read, or closed.
            if ((asked & EDGE) == 0 && (wanted & IN) == 0 && handle.fd().isOpen()) {
                int less = (wanted | asked & RDHUP) & ~(endSeen ? IN | RDHUP : IN);
                ask(broken && (less & OUT) == 0 ? SILENT : less);
            }
        }
    }

    /** Lets Netty read, which stops where it likes. */
    private void read(Event event) {
        ReadHint hint = loop.readHint();
        hint.ending = ending;
        hint.drained = false;
        reading = true;
        try {
            handle.handle(this, event);
        } finally {
            hint.ending = false;
            unread = !hint.drained;
            reading = false;
            readOn();
        }
    }

    /** Reads on in the next turn, so that the others have theirs, what epoll will not tell of again. */
    private void readOn() {
        if (unread && !reading && !readsNextTurn && (asked & EDGE) != 0 && wantsRead()) {
            loop.reads().nextTurn(this);
        }
    }

    // What the turn's reads do.

    /** Whether there is still somebody to read for. */
    boolean wantsRead() {
        return (wanted & IN) != 0 && handle.fd().isOpen();
    }

    /** How much may be read at a time. */
    int readLimit() {
        RecvByteBufAllocator by = readChannel().config().getRecvByteBufAllocator();
        return by instanceof ReadLimit limit ? limit.bytes() : TurnReads.BYTES;
    }

    /** The next turn has come. */
    void readRest() {
        if (unread) {
            readNow();
        }
    }

    /** Reads as Netty does it. */
    private void readNow() {
        if (wantsRead()) {
            read(READ);
        }
    }

    /** So many bytes of {@code limit} were read into {@code buffer}, which is lent: hands them on, and reads what is left. */
    void received(ByteBuf buffer, int bytes, int limit) {
        Channel to = readChannel();
        if (!to.isActive()) {
            return;
        }
        boolean more = bytes == limit;
        unread = more;
        reading = true;
        boolean goesOn = false;
        try {
            handOn(to, buffer.retain().writerIndex(buffer.writerIndex() + bytes));
            goesOn = more && wantsRead();
            if (!goesOn) {
                completeRead(to);
            }
        } finally {
            reading = false;
            if (!goesOn) {
                readOn();
            }
        }
        if (goesOn) {
            read(READ);
        }
    }

    // Most channels have one handler alone, which is called without the pipeline between.

    private void handOn(Channel to, ByteBuf bytes) {
        ChannelHandlerContext context = only(to.pipeline());
        if (context == null) {
            to.pipeline().fireChannelRead(bytes);
            return;
        }
        try {
            ((ChannelInboundHandler) context.handler()).channelRead(context, bytes);
        } catch (Exception | Error bug) {
            failed(bug);
        }
    }

    private void completeRead(Channel to) {
        ChannelHandlerContext context = only(to.pipeline());
        if (context == null || (wanted & IN) == 0) {
            // The pipeline's head then asks to read on, which changes nothing while input is wanted.
            to.pipeline().fireChannelReadComplete();
            return;
        }
        try {
            ((ChannelInboundHandler) context.handler()).channelReadComplete(context);
        } catch (Exception | Error bug) {
            failed(bug);
        }
    }

    /**
     * The context of a pipeline's one handler, or null. Handlers of ours are added on the loop's thread, have no executor of their own, and
     * do not intercept {@code read}: of that the pipeline would take care.
     */
    private static @Nullable ChannelHandlerContext only(ChannelPipeline pipeline) {
        ChannelHandlerContext first = pipeline.firstContext();
        return first != null && first == pipeline.lastContext() && first.handler() instanceof ChannelInboundHandler
                ? first
                : null;
    }

    /** The read brought no bytes: 0 at the peer's end, which Netty finds once more, {@code -errno}, or nobody has read. */
    void receivedNothing(int result) {
        if (result == 0 || result == CallRing.NOT_MADE) {
            readNow();
        } else if (result == Errors.ERRNO_EAGAIN_NEGATIVE || result == Errors.ERRNO_EWOULDBLOCK_NEGATIVE) {
            unread = false;
        } else if (wantsRead()) {
            // The error is told once: Netty would find an end.
            readChannel().pipeline().fireExceptionCaught(Errors.newIOException("recv", result));
            readNow();
        }
    }

    /** Something was thrown that nobody caught: the channel hears of it, as of what its handlers throw. */
    void failed(Throwable bug) {
        readChannel().pipeline().fireExceptionCaught(bug);
    }

    private Channel readChannel() {
        return Objects.requireNonNull(channel);
    }

    private void tellEnd(PeerEnd end) {
        Channel of = channel;
        if (of == null || endTold || of instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
            return;
        }
        endTold = true;
        of.pipeline().fireUserEventTriggered(end);
    }

    // What the channel says.

    @Override
    public long submit(IoOps ops) {
        wanted = ((EpollIoOps) ops).value();
        if ((wanted & IN) != 0) {
            endSeen = false;
        }
        int needed = endSeen ? wanted & ~RDHUP : wanted;
        if (asked == 0) {
            // Whoever is added will read sooner or later: asking for that now saves asking again.
            return ask(needed | IN);
        }
        boolean more = (needed & ~asked & ~ERR) != 0;
        boolean writesNoMore = (asked & ~needed & OUT) != 0;
        if (more || writesNoMore) {
            ask(needed | asked & IN);
        }
        readOn();
        return asked;
    }

    private long ask(int ops) {
        IoRegistration with = registration;
        int bits = ops == 0 || edges && (ops & OUT) == 0 ? ops | EDGE : ops;
        if (with == null || bits == asked) {
            return asked;
        }
        asked = bits;
        // Asked anew, epoll tells anew.
        unread = false;
        return with.submit(EpollIoOps.valueOf(bits));
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature
    public <T> T attachment() {
        return Objects.requireNonNull(registration).attachment();
    }

    @Override
    public boolean isValid() {
        return registration != null && registration.isValid();
    }

    @Override
    public boolean cancel() {
        return registration != null && registration.cancel();
    }

    @Override
    public FileDescriptor fd() {
        return handle.fd();
    }

    @Override
    public void registered() {
        handle.registered();
    }

    @Override
    public void unregistered() {
        handle.unregistered();
    }

    @Override
    public void close() throws Exception {
        handle.close();
    }
}
