package io.frontdesk.modules.ssi;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Subrequest;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The body of one response that is read for commands as it passes. What comes while an include is waited for is kept, and its producer
 * stopped. Owned by its responder; loop only.
 */
final class SsiPage implements AutoCloseable {
    /** Texts up to this size are gathered, so that a page of many commands does not go out in as many pieces. */
    private static final int GATHER_BYTES = 4 * 1024;
    private static final int GATHERED_BYTES = 16 * 1024;

    private final Exchange exchange;
    private final int index;
    private final SsiSettings settings;
    private final SsiContext context;
    private final SsiParser parser;
    private final SsiCommands commands;
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>(0);
    private @Nullable Bytes block;
    private @Nullable ByteBuf gathered;
    private @Nullable Subrequest awaited;
    private boolean shows = true;
    private boolean lastSeen;
    private boolean closed;
    private String errorMessage = "[an error occurred while processing the directive]";
    private String timeForm = SsiDate.USUAL;

    SsiPage(Exchange exchange, int index, SsiSettings settings) {
        this.exchange = exchange;
        this.index = index;
        this.settings = settings;
        this.context = SsiContext.of(exchange, settings.slot());
        this.parser = new SsiParser(settings.maxValue());
        this.commands = new SsiCommands(this);
    }

    /** The form of the time variables in the page that the exchange's response is, or the usual one. */
    static String timeForm(Exchange ex) {
        SsiPage page = ex.responder().state(SsiPage.class);
        return page == null ? SsiDate.USUAL : page.timeForm;
    }

    void timeForm(String form) {
        timeForm = form;
    }

    void errorMessage(String text) {
        errorMessage = text;
    }

    Exchange exchange() {
        return exchange;
    }

    SsiContext context() {
        return context;
    }

    // ---- input

    void take(@Nullable ReferenceCounted chunk, boolean last) {
        lastSeen |= last;
        if (chunk instanceof ByteBuf part) {
            if (awaited != null) {
                queue.add(SharedReceive.settle(part, exchange.worker().allocator()));
                return;
            }
            read(part);
        } else if (chunk != null) {
            // the response was said to be needed in memory
            chunk.release();
            throw new IllegalStateException("a region of a file among included text");
        }
        if (awaited == null) {
            passOn(lastSeen);
        }
    }

    /** Reads a part, which it owns, up to its end or to an include that is waited for. */
    private void read(ByteBuf in) {
        while (awaited == null && !closed) {
            switch (parser.read(in)) {
                case TEXT -> text(in);
                case COMMAND -> command(parser.command());
                case PROBLEM -> {
                    exchange.log(FaultKind.SSI_COMMAND, Severity.ERROR, parser.problem());
                    error();
                }
                case NEED_MORE -> {
                    in.release();
                    return;
                }
            }
        }
        if (closed) {
            in.release();
        } else {
            queue.addFirst(SharedReceive.settle(in, exchange.worker().allocator()));
        }
    }

    private void command(SsiCommand command) {
        if (!commands.run(command)) {
            error();
        }
    }

    private void error() {
        if (!settings.silent()) {
            show(errorMessage);
        }
    }

    private void text(ByteBuf in) {
        Bytes into = shows ? null : block;
        if (!shows && into == null) {
            return;
        }
        if (into != null) {
            into.write(SsiParser.OPENING, 0, parser.carried());
            int before = in.readerIndex();
            in.readerIndex(parser.textOffset());
            into.take(in, parser.textLength());
            in.readerIndex(before);
            return;
        }
        if (parser.carried() > 0) {
            show(SsiParser.OPENING.substring(0, parser.carried()));
        }
        int length = parser.textLength();
        if (length > GATHER_BYTES) {
            passGathered(false);
            exchange.responder().takeFrom(index + 1, in.retainedSlice(parser.textOffset(), length), false);
        } else {
            room(length).writeBytes(in, parser.textOffset(), length);
        }
    }

    // ---- what commands do to the page

    /** Whether text is shown: not in a branch that was not taken, nor in a block. */
    boolean shows() {
        return shows;
    }

    void shows(boolean value) {
        shows = value;
    }

    /** The block that is being read, or null. */
    @Nullable
    Bytes block() {
        return block;
    }

    void block(@Nullable Bytes into) {
        block = into;
        shows = into == null;
    }

    /** Shows a text of one byte a char. */
    void show(String text) {
        ByteBuf to = room(text.length());
        for (int i = 0; i < text.length(); i++) {
            to.writeByte(text.charAt(i));
        }
    }

    private ByteBuf room(int length) {
        ByteBuf to = gathered;
        if (to != null && to.maxWritableBytes() < length) {
            passGathered(false);
            to = null;
        }
        if (to == null) {
            to = exchange.worker().allocator().directBuffer(Math.max(512, length), Math.max(GATHERED_BYTES, length));
            gathered = to;
        }
        return to;
    }

    /** Hands on what was gathered: it stands before what comes next. */
    void passGathered(boolean last) {
        ByteBuf out = gathered;
        gathered = null;
        if (out != null || last) {
            exchange.responder().takeFrom(index + 1, out, last);
        }
    }

    private void passOn(boolean last) {
        if (closed) {
            return;
        }
        int rest = last ? parser.rest() : 0;
        if (rest > 0 && shows) {
            // the body ended in what might have become a command
            show(SsiParser.OPENING.substring(0, rest));
        }
        passGathered(last);
    }

    // ---- waiting

    /** Reads no further until the subrequest is over. */
    void await(Subrequest subrequest) {
        awaited = subrequest;
        exchange.responder().hold();
    }

    /** A subrequest is over; reads on if it was the one. */
    void ended(Subrequest subrequest) {
        if (closed || awaited != subrequest) {
            return;
        }
        awaited = null;
        while (awaited == null && !queue.isEmpty()) {
            read(queue.poll());
        }
        if (closed) {
            return;
        }
        boolean done = awaited == null;
        if (done) {
            passOn(lastSeen);
        } else {
            passGathered(false);
        }
        if (!closed) {
            exchange.flushLater();
            exchange.responder().letGo();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (ByteBuf part = queue.poll(); part != null; part = queue.poll()) {
            part.release();
        }
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
