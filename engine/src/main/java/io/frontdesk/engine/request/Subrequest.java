package io.frontdesk.engine.request;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.response.ErrorPages;
import io.frontdesk.engine.response.Joint;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.net.file.OpenFile;
import io.frontdesk.net.loop.SharedReceive;
import io.netty.buffer.ByteBuf;
import io.netty.channel.FileRegion;
import io.netty.util.ReferenceCounted;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A request that is made inside another one: an exchange of its own on the same connection, with its own URI, location and phases, and the
 * head, the variables and the configuration of the request around it. It is the stream of its exchange: its body joins the output of the
 * request around it, is kept, or is thrown away. Loop of the exchange only.
 */
public final class Subrequest implements ClientStream {
    /** What becomes of the body. */
    public enum Output {
        /** It stands in the parent's output, in the place where the subrequest was made. */
        JOINED,
        /** It is kept, up to {@code subrequest_output_buffer_size}. */
        CAPTURED,
        /** Only the head matters. */
        DISCARDED,
        /** Nobody waits for it but the connection, which is not used again before (nginx: background). */
        BACKGROUND
    }

    /** How much output may wait for its turn before its producer must stop. */
    private static final int MAX_PENDING_BYTES = 64 * 1024;

    private final Exchange parent;
    private final Exchange exchange;
    private final Subrequests family;
    private final Output output;
    private final SubrequestListener listener;
    private final int depth;
    private final @Nullable Trace trace;
    private @Nullable Joint joint;
    private @Nullable ArrayDeque<ReferenceCounted> pending;
    private @Nullable Bytes captured;
    private long pendingBytes;
    private boolean hasOutput;
    private boolean active;
    private boolean stalled;
    private boolean over;

    private Subrequest(Exchange parent, Subrequests family, String uri, Output output, SubrequestListener listener) {
        this.parent = parent;
        Trace around = parent.trace();
        this.trace = around == null ? null : around.inside(parent, uri);
        this.family = family;
        this.output = output;
        this.listener = listener;
        this.depth = depthOf(parent) + 1;
        this.exchange = new Exchange(parent.worker(), parent.connection(), this, parent.request());
    }

    /**
     * Makes a subrequest, which begins to run in a moment.
     *
     * @param parent the exchange that it is made in
     * @param path   its URI, decoded
     * @param args   its arguments, or null
     * @param method GET, or whatever else
     * @param body   whether it has the body of the parent, as far as that was read
     * @return null when it may not be made, which was logged
     */
    public static @Nullable Subrequest make(Exchange parent, String path, @Nullable String args, Method method,
            boolean body, Output output, SubrequestListener listener) {
        Subrequests family = parent.main().subrequests();
        if (!family.mayAdd(parent, path)) {
            return null;
        }
        if (parent.stream() instanceof Subrequest outer && outer.output == Output.CAPTURED) {
            parent.log(FaultKind.SUBREQUEST_FAILED, Severity.ERROR, "nested in-memory subrequest \"" + path + "\"");
            return null;
        }
        Subrequest made = new Subrequest(parent, family, args == null || args.isEmpty() ? path : path + "?" + args,
                output,
                listener);
        made.exchange.beginInside(parent, method, body);
        made.exchange.uri().path(path);
        made.exchange.uri().args(args == null ? "" : args);
        family.add(made);
        if (output == Output.JOINED) {
            made.joint = parent.responder().join(made);
        }
        family.later(() -> made.run(false));
        return made;
    }

    /**
     * Makes a subrequest in the background that does once more what its parent is about to answer by other means: same URI, same location,
     * beginning with the content phase (nginx: a clone).
     *
     * @param atEnd what to do when it is over, or null
     * @return whether it was made; if not, that was logged, and {@code atEnd} is done
     */
    public static boolean again(Exchange parent, @Nullable AtEnd atEnd) {
        Subrequests family = parent.main().subrequests();
        if (!family.mayAdd(parent, parent.uri().path())) {
            if (atEnd != null) {
                atEnd.end();
            }
            return false;
        }
        Subrequest made = new Subrequest(parent, family, parent.uri().path(), Output.BACKGROUND,
                SubrequestListener.NONE);
        made.exchange.beginAgain(parent);
        if (atEnd != null) {
            made.exchange.takeAtEnd(atEnd);
        }
        family.add(made);
        family.later(() -> made.run(true));
        return true;
    }

    private void run(boolean again) {
        if (over) {
            return;
        }
        try {
            if (again) {
                PhaseRunner.startAgain(exchange);
            } else {
                PhaseRunner.startInside(exchange);
            }
        } catch (RuntimeException bug) {
            ErrorPages.bug(exchange, bug);
        }
    }

    /** Where it is told how it is decided, or null. */
    @Nullable
    Trace trace() {
        return trace;
    }

    /** Its own exchange. */
    public Exchange exchange() {
        return exchange;
    }

    /** The exchange that it was made in. */
    public Exchange parent() {
        return parent;
    }

    /** Whether it ended. */
    public boolean isOver() {
        return over;
    }

    /** The body of a captured one; empty when there was none. */
    public Bytes captured() {
        Bytes c = captured;
        if (c == null) {
            c = new Bytes(0);
            captured = c;
        }
        return c;
    }

    /** Calls in a moment, on this loop, unless the client's request is over by then. */
    public void later(Runnable task) {
        family.later(task);
    }

    boolean isInBackground() {
        return output == Output.BACKGROUND;
    }

    /** How many requests are around an exchange. */
    static int depthOf(Exchange ex) {
        Subrequest inside = ex.inside();
        return inside == null ? 0 : inside.depth;
    }

    // ---- its place in the parent's output

    /** Its turn has come: what waited passes on, and from here on all does at once. */
    public void activate() {
        if (active) {
            return;
        }
        active = true;
        ArrayDeque<ReferenceCounted> held = pending;
        pending = null;
        pendingBytes = 0;
        if (held != null) {
            for (ReferenceCounted chunk = held.poll(); chunk != null; chunk = held.poll()) {
                pass(chunk);
            }
        }
        if (stalled && !over) {
            stalled = false;
            family.later(exchange::onWritable);
        }
    }

    private void pass(ReferenceCounted chunk) {
        Joint at = joint;
        if (at == null) {
            chunk.release();
        } else {
            at.passFromInside(chunk);
        }
    }

    private void hold(ReferenceCounted chunk) {
        ArrayDeque<ReferenceCounted> held = pending;
        if (held == null) {
            held = new ArrayDeque<>();
            pending = held;
        }
        if (chunk instanceof ByteBuf buffer) {
            pendingBytes += buffer.readableBytes();
            held.add(SharedReceive.settle(buffer, exchange.worker().allocator()));
        } else {
            held.add(chunk);
        }
    }

    // ---- the stream of its exchange

    @Override
    public void writeHead(Exchange ex) {
        if (output == Output.DISCARDED || output == Output.BACKGROUND) {
            ex.response().headOnly(true);
        } else if (output == Output.CAPTURED && ex.response().contentLength() > captureLimit()) {
            tooBig(": " + ex.response().contentLength());
        }
    }

    private long captureLimit() {
        return exchange.location().core().subrequestOutputBufferSize();
    }

    private void tooBig(String detail) {
        exchange.blame().log(FaultKind.SUBREQUEST_FAILED, "too big subrequest response" + detail);
        over = true;
        terminate();
    }

    @Override
    public void takeBody(Exchange ex, @Nullable ReferenceCounted chunk, boolean last) {
        if (over) {
            if (chunk != null) {
                chunk.release();
            }
            return;
        }
        ReferenceCounted part = chunk;
        if (part instanceof ByteBuf buffer && !buffer.isReadable()) {
            part.release();
            part = null;
        }
        if (last && part == null && !hasOutput) {
            part = listener.replacement(this);
        }
        if (part != null) {
            hasOutput = true;
            switch (output) {
                case DISCARDED, BACKGROUND -> part.release();
                case CAPTURED -> capture(part);
                case JOINED -> {
                    if (active) {
                        pass(part);
                    } else {
                        hold(part);
                    }
                }
            }
        }
        if (last) {
            end();
        }
    }

    private void capture(ReferenceCounted chunk) {
        try {
            if (!(chunk instanceof ByteBuf part)) {
                throw new IllegalStateException("not in memory");
            }
            Bytes kept = captured();
            if (kept.length() + part.readableBytes() > captureLimit()) {
                tooBig("");
                return;
            }
            kept.take(part, part.readableBytes());
        } finally {
            chunk.release();
        }
    }

    /** A stub stands in for an answer that failed; whether there is one. */
    boolean isReplaced() {
        if (over || hasOutput || exchange.response().headSent()) {
            return false;
        }
        ByteBuf instead = listener.replacement(this);
        if (instead == null) {
            return false;
        }
        exchange.content(null);
        exchange.errorStatus(0);
        exchange.response().clear();
        exchange.response().status(200);
        exchange.response().contentType().write(parent.response().contentType());
        exchange.response().contentLength(instead.readableBytes());
        exchange.responder().answer(instead);
        return true;
    }

    private void end() {
        if (over) {
            return;
        }
        over = true;
        listener.subrequestEnded(this);
        exchange.complete();
        family.ended(this);
        Joint at = joint;
        if (at != null && active) {
            at.insideEnded();
        }
    }

    /** The client's request is over: so is this one. */
    void cancel() {
        over = true;
        exchange.complete();
        dropOutput();
    }

    /** What waits for its turn will have none. */
    public void dropOutput() {
        ArrayDeque<ReferenceCounted> held = pending;
        pending = null;
        if (held != null) {
            held.forEach(ReferenceCounted::release);
        }
    }

    /** Ends the client's request with no more said (nginx: a subrequest's error that has no status ends them all). */
    private void terminate() {
        Exchange main = exchange.main();
        if (!main.response().headSent() && main.response().status() == 0) {
            main.response().status(exchange.response().status());
        }
        main.stream().closeWithoutAnswer(main);
    }

    @Override
    public @Nullable FileRegion region(Exchange ex, OpenFile file, long position, long count) {
        return output == Output.JOINED ? parent.stream().region(parent, file, position, count) : null;
    }

    @Override
    public void flush() {
        if (active) {
            family.flushLater();
        }
    }

    @Override
    public boolean isWritable() {
        if (output != Output.JOINED) {
            return true;
        }
        boolean writable = active ? parent.stream().isWritable() : pendingBytes < MAX_PENDING_BYTES;
        stalled |= !active && !writable;
        return writable;
    }

    @Override
    public long pendingBytes() {
        return active ? parent.stream().pendingBytes() : pendingBytes;
    }

    /** What follows is missing; nginx goes on with the parent all the same. */
    @Override
    public void abort(Exchange ex) {
        end();
    }

    @Override
    public void closeWithoutAnswer(Exchange ex) {
        if (over) {
            return;
        }
        if (isInBackground()) {
            end();
        } else {
            terminate();
        }
    }

    @Override
    public void writeInterim(int status, @Nullable Fields fields) {
        // it has no head of its own
    }

    @Override
    public int discardBody(Exchange ex) {
        return 0;
    }

    @Override
    public void bodyDemandChanged(Exchange ex) {
        // what it has of a body is there
    }

    @Override
    public void startTunnel(Exchange ex, TunnelEnd end) {
        throw new IllegalStateException("a subrequest is no tunnel");
    }

    @Override
    public long bytesSent() {
        return parent.stream().bytesSent();
    }

    @Override
    public void writeTunnel(ByteBuf data) {
        data.release();
    }

    @Override
    public void readTunnel(boolean reads) {
        // never a tunnel
    }

    @Override
    public void endTunnel() {
        // never a tunnel
    }
}
