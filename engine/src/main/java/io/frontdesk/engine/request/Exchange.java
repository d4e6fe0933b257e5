package io.frontdesk.engine.request;

import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.response.Responder;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.worker.Worker;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response. Owned by its stream and reused by it for the next request; everything about it happens on one loop.
 * Decisions (server, location, URI, headers) are kept here, doing (sockets) is behind {@link ClientStream}.
 */
public final class Exchange {
    private final Worker worker;
    private final @Nullable Trace trace;
    private final ClientConnection connection;
    private final ClientStream stream;
    private final RequestHead request;
    private final RequestUri uri = new RequestUri();
    private final RequestBody body;
    private final Response response = new Response();
    private final Blame blame = new Blame(this);
    private final Responder responder;
    private final Groups captures = new Groups();
    private final RequestId id;
    /** For a subrequest: its link to the request around it. */
    private final @Nullable Subrequest inside;
    private @Nullable Object[] slots = new @Nullable Object[0];
    private boolean slotsPrepared;

    private @Nullable Snapshot snapshot;
    private @Nullable ServerPlan server;
    private @Nullable LocationPlan location;
    private @Nullable ContentState content;
    private @Nullable UpstreamExchange upstream;
    private @Nullable AtEnd atEnd;
    private boolean isAnswered;
    private @Nullable Subrequests subrequests;
    private Method method = Method.OTHER;

    private int finishStatus;
    private @Nullable String jumpTarget;
    private @Nullable String jumpArgs;
    private int errorStatus;
    private int failure;
    private boolean internal;
    private boolean errorPage;
    private boolean keepsAlive;
    private boolean clientGone;
    private boolean done;
    private boolean locationFinal;
    private boolean becameGet;
    private long startMillis;
    private long wallStartMillis;
    private long limitRate;
    private boolean limitRateSet;

    // The runner's place: see PhaseRunner.
    Phase phase = Phase.POST_READ;
    int step;
    int accessVerdict;
    boolean running;

    /** An exchange for a stream; call {@link #begin} for each request. */
    public Exchange(Worker worker, ClientConnection connection, ClientStream stream, RequestHead request) {
        this.worker = worker;
        this.trace = stream instanceof Subrequest s ? s.trace() : worker.trace();
        this.connection = connection;
        this.stream = stream;
        this.request = request;
        this.body = new RequestBody(this);
        this.responder = new Responder(this);
        this.id = new RequestId(worker);
        this.inside = stream instanceof Subrequest s ? s : null;
    }

    /** Starts a new request whose head has been read: the server is chosen, no phase has run. */
    public void begin(Snapshot on, ServerPlan chosen) {
        snapshot = on;
        server = chosen;
        location = chosen.root();
        content = null;
        subrequests = null;
        method = request.method();
        response.clear();
        responder.clear();
        blame.clear();
        if (!slotsPrepared) {
            prepareSlots(on);
        }
        slotsPrepared = false;
        finishStatus = 0;
        jumpTarget = null;
        jumpArgs = null;
        uri.clear();
        errorStatus = 0;
        failure = 0;
        becameGet = false;
        internal = false;
        errorPage = false;
        clientGone = false;
        done = false;
        limitRateSet = false;
        id.clear();
        // nginx: nothing follows CONNECT
        keepsAlive = request.keepsAlive() && request.method() != io.frontdesk.codec.http.Method.CONNECT;
        startMillis = worker.clock().millis();
        wallStartMillis = worker.clock().wallMillis();
        phase = Phase.POST_READ;
        step = 0;
        accessVerdict = 0;
    }

    /** Starts a subrequest: all but URI and body is that of the request around it, which has the same slots for its variables. */
    void beginInside(Exchange parent, Method as, boolean sharesBody) {
        slots = parent.slots;
        slotsPrepared = true;
        begin(parent.snapshot(), parent.server());
        method = as;
        becameGet = as != request.method();
        internal = true;
        keepsAlive = false;
        body.borrow(sharesBody ? parent.body : null);
    }

    /** Starts a subrequest that does once more what the request around it does: it begins with that one's location. */
    void beginAgain(Exchange parent) {
        beginInside(parent, parent.method, true);
        uri.copyFrom(parent.uri);
        captures.copyFrom(parent.captures);
        location(parent.location());
        keepsAlive = false;
    }

    /** Makes room for the slots of a snapshot before {@link #begin}: a server name's regex may fill some. */
    public void prepareSlots(Snapshot on) {
        captures.clear();
        if (slots.length < on.slotCount()) {
            slots = new @Nullable Object[on.slotCount()];
        } else {
            Arrays.fill(slots, null);
        }
        slotsPrepared = true;
    }

    /** The loop's own things. */
    public Worker worker() {
        return worker;
    }

    /** Where to tell how it is decided: null unless somebody wants it explained. */
    public @Nullable Trace trace() {
        return trace;
    }

    /** The connection that it came on. */
    public ClientConnection connection() {
        return connection;
    }

    /** The method as it stands now: an error page turns all but HEAD into GET. */
    public Method method() {
        return method;
    }

    /** Whether only the head is wanted. */
    public boolean isHead() {
        return method == Method.HEAD;
    }

    /** Makes it a GET from here on, unless it is a HEAD. */
    public void becomeGet() {
        if (!isHead()) {
            becameGet = true;
            method = Method.GET;
        }
    }

    /** Whether {@link #becomeGet} changed the method. */
    public boolean becameGet() {
        return becameGet;
    }

    /** The way back. */
    public ClientStream stream() {
        return stream;
    }

    /** The head as the client sent it. */
    public RequestHead request() {
        return request;
    }

    /** The URI as it is now. */
    public RequestUri uri() {
        return uri;
    }

    /** The request's body. */
    public RequestBody body() {
        return body;
    }

    /** The answer under way. */
    public Response response() {
        return response;
    }

    /** Takes the answer through the filters. */
    public Responder responder() {
        return responder;
    }

    /** The groups of the last match. */
    public Groups captures() {
        return captures;
    }

    /** The configuration that this request runs on. */
    public Snapshot snapshot() {
        return present(snapshot);
    }

    /** The server that was chosen. */
    public ServerPlan server() {
        return present(server);
    }

    /** The location that is in force: the server's own plan until one was found. */
    public LocationPlan location() {
        return present(location);
    }

    /** Whether a server was chosen: false while a broken head is answered on the default server is never the case. */
    public boolean hasServer() {
        return server != null;
    }

    /** Moves to another location: whether the connection stays open is up to it. */
    public void location(LocationPlan plan) {
        location = plan;
        if (keepsAlive && !KeepAlive.allows(this, plan.core())) {
            keepsAlive = false;
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the exchange has not begun");
        }
        return value;
    }

    /** A per-exchange value of a numbered slot ({@code set} variables, cached map results). */
    public @Nullable Object slot(int number) {
        return number >= slots.length ? null : slots[number];
    }

    /** Fills a slot. */
    public void slot(int number, @Nullable Object value) {
        if (number < slots.length) {
            slots[number] = value;
        }
    }

    // ---- what a handler may say

    /** Says that the answer is this status: the error page or the built-in page of it. */
    public Outcome finish(int status) {
        finishStatus = status;
        return Outcome.FINISH;
    }

    /** The status of the last {@link #finish}. */
    public int finishStatus() {
        return finishStatus;
    }

    /** Says that the request goes on at another URI (an internal redirect); null arguments mean none. */
    public Outcome jump(String path, @Nullable String args) {
        jumpTarget = path;
        jumpArgs = args;
        return Outcome.JUMP;
    }

    /** Says that the request goes on in a named location, such as {@code @fallback}, with its URI as it is. */
    public Outcome jumpNamed(String name) {
        jumpTarget = name;
        jumpArgs = null;
        return Outcome.JUMP;
    }

    @Nullable
    String jumpTarget() {
        return jumpTarget;
    }

    @Nullable
    String jumpArgs() {
        return jumpArgs;
    }

    /** Goes on after {@link Outcome#WAIT}: {@code outcome} is what the handler would have returned. */
    public void resume(Outcome outcome) {
        PhaseRunner.resume(this, outcome);
    }

    // ---- state of the walk

    /** The phase that runs. */
    public Phase phase() {
        return phase;
    }

    /** Whether the URI came about by an internal redirect, an error page or the like. */
    public boolean isInternal() {
        return internal;
    }

    /** Marks it internal. */
    public void markInternal() {
        internal = true;
    }

    /** Whether an error page is being made, so that another is only made with {@code recursive_error_pages}. */
    public boolean isErrorPage() {
        return errorPage;
    }

    /** Marks that an error page is being made. */
    public void markErrorPage() {
        errorPage = true;
    }

    /** The status that an error page keeps (nginx: {@code err_status}), or 0. */
    public int errorStatus() {
        return errorStatus;
    }

    /** Sets the status that replaces the one of the final response; 0 for none. */
    public void errorStatus(int status) {
        errorStatus = status;
    }

    /**
     * Says that a value could not be found which the answer may depend on (an expression that takes too many steps, say): the request
     * ends with this status once the handler at work returns, unless it answered or refused by itself. 0 takes it back.
     */
    public void fail(int status) {
        failure = status;
    }

    /** The status of the last {@link #fail}, or 0: asked by handlers that answer at once with what they evaluated. */
    public int failure() {
        return failure;
    }

    /** What the content handler keeps, or null. */
    public @Nullable ContentState content() {
        return content;
    }

    /** Sets what the content handler keeps; an earlier one is released first. */
    public void content(@Nullable ContentState state) {
        ContentState before = content;
        content = null;
        if (before != null && before != state) {
            before.release();
        }
        content = state;
    }

    /** The last exchange with an upstream that this request led to, or null: it stays until the request is logged. */
    public @Nullable UpstreamExchange upstream() {
        return upstream;
    }

    /** Keeps another exchange with an upstream; the one before it is over. */
    public void upstream(@Nullable UpstreamExchange next) {
        UpstreamExchange before = upstream;
        upstream = next;
        if (before != null && before != next) {
            before.requestEnded();
        }
    }

    /** Whether the connection may be used for another request after this one. */
    public boolean keepsAlive() {
        return keepsAlive;
    }

    /** Says whether the connection may be used again. */
    public void keepsAlive(boolean value) {
        keepsAlive = value;
    }

    /** Whether the client went away. */
    public boolean isClientGone() {
        return clientGone;
    }

    /** Called by the stream when the client went away: the content handler is told. */
    public void clientGone() {
        if (clientGone || done) {
            return;
        }
        clientGone = true;
        ContentState c = content;
        Subrequests s = subrequests;
        if (c != null && (s == null || !s.isAwaited())) {
            c.clientGone();
        } else {
            PhaseRunner.clientGone(this);
        }
    }

    /** Called by the stream when the client can take more. */
    public void onWritable() {
        responder.writable();
    }

    /** Whether the search for the location ended on an exact or regex match: an outer level tries no more regexes. */
    public boolean isLocationFinal() {
        return locationFinal;
    }

    /** Set by the search for the location. */
    public void locationFinal(boolean value) {
        locationFinal = value;
    }

    /** Whether the LOG phase has run. */
    public boolean isDone() {
        return done;
    }

    /** Called by the stream once, when nothing more will happen: logs, and releases all. */
    public void complete() {
        if (done) {
            return;
        }
        done = true;
        Subrequests s = subrequests;
        if (s != null) {
            s.end();
        }
        if (inside == null || location().core().logsSubrequests()) {
            PhaseRunner.log(this);
        }
        content(null);
        upstream(null);
        body.release();
        responder.clear();
        for (AtEnd last = atEnd; last != null; last = last.next) {
            last.end();
        }
        atEnd = null;
        if (trace != null) {
            trace.ended(this);
        }
    }

    /** Takes something to be done when the request is over, whatever becomes of it. */
    public void takeAtEnd(AtEnd last) {
        last.next = atEnd;
        atEnd = last;
    }

    // ---- subrequests

    /** Whether it is a request inside another one. */
    public boolean isSubrequest() {
        return inside != null;
    }

    /** Whether it is a subrequest that nobody waits for. */
    public boolean isInBackground() {
        return inside != null && inside.isInBackground();
    }

    /** The client's own request: this one, unless it is a subrequest. */
    public Exchange main() {
        Exchange ex = this;
        while (ex.inside != null) {
            ex = ex.inside.parent();
        }
        return ex;
    }

    /** A subrequest's link to the request around it, or null. */
    @Nullable
    Subrequest inside() {
        return inside;
    }

    /** The subrequests of a client's own request. */
    Subrequests subrequests() {
        Subrequests s = subrequests;
        if (s == null) {
            s = new Subrequests(this);
            subrequests = s;
        }
        return s;
    }

    /** Whether requests inside the client's run beside this one. */
    public boolean hasSubrequests() {
        Subrequests s = main().subrequests;
        return s != null && s.isAny();
    }

    /** The answer is out: what the location wants done then is begun, once. */
    public void answered() {
        if (!isAnswered) {
            isAnswered = true;
            PhaseRunner.answered(this);
        }
    }

    /** Whether subrequests run that the answer did not wait for: the request is not over before they are. */
    public boolean hasBackground() {
        return subrequests != null && subrequests.hasBackground();
    }

    /** Calls when the last of them is over. */
    public void afterBackground(Runnable then) {
        subrequests().afterBackground(then);
    }

    /** Sends what was written, once all that is due on the loop has had its turn. */
    public void flushLater() {
        main().subrequests().flushLater();
    }

    /** When the head's first byte was read, on the loop's monotonic clock. */
    public long startMillis() {
        return startMillis;
    }

    /** Sets the start: the stream knows when the first byte came. */
    public void startMillis(long monotonic) {
        startMillis = monotonic;
    }

    /** When it began, in milliseconds of the wall clock. */
    public long wallStartMillis() {
        return wallStartMillis;
    }

    /** The rate limit that a variable or an X-Accel field set, or the location's; bytes per second, 0 for none. */
    public long limitRate() {
        return limitRateSet ? limitRate : location().core().limitRate(this);
    }

    /** Bytes that go out before the limit holds. */
    public long limitRateAfter() {
        return location().core().limitRateAfter(this);
    }

    /** Sets the rate for this exchange. */
    public void limitRate(long bytesPerSecond) {
        limitRate = bytesPerSecond;
        limitRateSet = true;
    }

    /** What identifies the client's request. */
    public RequestId id() {
        return inside == null ? id : inside.parent().id();
    }

    /** What the answer is put down to, when it is an error. */
    public Blame blame() {
        return blame;
    }

    /**
     * Writes to the error log that is in force here, with the request's context behind the message: what is no error. What is one has a
     * cause: see {@link Blame#log}, and {@link #log(FaultKind, Severity, String)}.
     */
    public void log(Severity severity, String message) {
        ExchangeLog.log(this, severity, message, null, null);
    }

    /** Writes about something that went wrong, but that the answer is not put down to. */
    public void log(FaultKind cause, Severity severity, String message) {
        ExchangeLog.log(this, severity, message, cause, null);
    }
}
