package io.frontdesk.engine.resolve;

import io.frontdesk.codec.dns.DnsFormatException;
import io.frontdesk.codec.dns.DnsResponse;
import io.frontdesk.codec.dns.DnsType;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.AddressText;
import io.frontdesk.net.resolve.NameServer;
import io.frontdesk.net.resolve.ServerFault;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a {@code resolver} line, asked by one loop, with what they said. One query serves all who wait for a name; it is sent to
 * the servers in turns, again to the next one every five seconds. Answers are kept for as long as they say, and longer while no server
 * says anything. Made by {@link LoopResolvers}, used on its loop's thread alone.
 */
public final class Resolver implements NameServer.Listener {
    /** How many names are known at most. */
    static final int MAX_NAMES = 4096;
    /** How many names may be asked for at the same time. */
    static final int MAX_QUERIES = 1024;
    /** A chain of more aliases than that is no good; nginx follows 50. */
    static final int MAX_ALIASES = 16;

    /** For so long an answer that is used beyond its time is asked for with nobody waiting. */
    private static final long REFRESH_SECONDS = 30;
    /** Before servers that fail are asked for the same name again, while its last answer holds. */
    private static final long FAILING_SECONDS = 1;
    /** nginx: how long a failure is remembered by those who ask regularly. */
    private static final long FAULT_SECONDS = 10;

    private final Worker worker;
    private final ResolverSettings settings;
    private final NameServer[] servers;
    private final NameTable hosts = new NameTable(MAX_NAMES);
    private final NameTable services = new NameTable(MAX_NAMES);
    private final Responses responses = new Responses(this);
    private final QueryIds ids = new QueryIds();
    private final Set<Query> queries = new LinkedHashSet<>();
    private int nextServer;

    Resolver(Worker worker, ResolverSettings settings) {
        this.worker = worker;
        this.settings = settings;
        List<NameServer> made = new ArrayList<>();
        for (InetSocketAddress address : settings.servers()) {
            made.add(new NameServer(worker.loop(), address, this));
        }
        this.servers = made.toArray(new NameServer[0]);
    }

    // ---- asking

    /**
     * Finds the addresses of a name, or of an address literal.
     *
     * @param name          a byte string in any case; a dot at its end is ignored
     * @param timeoutMillis how long the listener waits; 0 for ever
     */
    public Resolution resolve(String name, long timeoutMillis, Resolution.Listener listener) {
        return resolve(name, timeoutMillis, listener, false);
    }

    /**
     * As {@link #resolve(String, long, Resolution.Listener)}, for who has an answer and wants a new one: where the last is used beyond its
     * time, he does not get that but waits for what the servers say.
     */
    public Resolution renew(String name, long timeoutMillis, Resolution.Listener listener) {
        return resolve(name, timeoutMillis, listener, true);
    }

    private Resolution resolve(String name, long timeoutMillis, Resolution.Listener listener, boolean renews) {
        Resolution resolution = new Resolution(this, hosts, timeoutMillis, renews, new HostSink(listener));
        InetAddress literal = AddressText.literal(name);
        if (literal != null) {
            resolution.answered(new Answer.Addresses(List.of(literal), List.of(), Long.MAX_VALUE), false);
            return resolution;
        }
        find(resolution, normal(name));
        return resolution;
    }

    private static String normal(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** Finds the records of a service, {@code _http._tcp.example.org}, as {@link #renew} does. */
    Resolution renewService(String name, long timeoutMillis, Resolution.Sink sink) {
        Resolution resolution = new Resolution(this, services, timeoutMillis, true, sink);
        find(resolution, normal(name));
        return resolution;
    }

    private final class HostSink implements Resolution.Sink {
        private final Resolution.Listener listener;

        HostSink(Resolution.Listener listener) {
            this.listener = listener;
        }

        @Override
        public void answered(Answer answer, boolean cached) {
            Answer.Addresses found = (Answer.Addresses) answer;
            listener.resolved(cached ? found.rotated(worker.randomLong()) : found.all(),
                    Math.max(0, found.untilSecond() - nowSecond()));
        }

        @Override
        public void failed(ResolveFault fault) {
            listener.failed(fault);
        }
    }

    /** Goes on with a name: answers, follows its alias, or waits. */
    private void find(Resolution resolution, String first) {
        String text = first;
        while (true) {
            Name name = resolution.table().get(text);
            Answer answer = name.answer(nowSecond());
            if (answer != null && !name.isFresh(nowSecond()) && name.mayAskAgain(nowSecond())) {
                if (resolution.renews() && !resolution.isLate()) {
                    waitFor(name, resolution);
                    return;
                }
                refresh(name, resolution.table());
            }
            switch (answer) {
                case Answer.Alias alias -> {
                    if (!resolution.followAlias()) {
                        resolution.failed(fault(ResolveFault.NOT_FOUND));
                        return;
                    }
                    text = alias.target();
                }
                case null -> {
                    waitFor(name, resolution);
                    return;
                }
                default -> {
                    resolution.answered(answer, true);
                    return;
                }
            }
        }
    }

    private void waitFor(Name name, Resolution resolution) {
        Query query = name.query();
        if (query == null && !resolution.isLate()) {
            query = ask(name, resolution.table());
        }
        if (query != null && !resolution.isLate()) {
            resolution.waitFor(query);
            return;
        }
        resolution.table().dropIfEmpty(name);
        resolution.failed(fault(resolution.isLate()
                ? ResolveFault.TIMED_OUT
                : queries.size() >= MAX_QUERIES ? ResolveFault.SERVER_FAILURE : ResolveFault.NOT_FOUND));
    }

    private void refresh(Name name, NameTable table) {
        Query query = name.query();
        if (query == null) {
            query = ask(name, table);
        }
        if (query != null) {
            query.keepUntil(nowSecond() + REFRESH_SECONDS);
        }
    }

    /** Begins a query; null when the name is none, or too many are on their way. */
    private @Nullable Query ask(Name name, NameTable table) {
        if (queries.size() >= MAX_QUERIES) {
            log(MAX_QUERIES + " names are being resolved already, " + name.text() + " is not");
            return null;
        }
        Question[] questions = questions(name.text(), table);
        if (questions.length == 0) {
            return null;
        }
        Query query = new Query(name, table, questions, nextServer, this);
        nextServer = (nextServer + 1) % servers.length;
        name.query(query);
        queries.add(query);
        send(query);
        query.resend().arm(settings.resendMillis());
        return query;
    }

    private Question[] questions(String name, NameTable table) {
        List<Question> questions = new ArrayList<>(2);
        for (DnsType type : DnsType.values()) {
            boolean wanted = switch (type) {
                case A -> table == hosts && settings.ipv4();
                case AAAA -> table == hosts && settings.ipv6();
                case SRV -> table == services;
            };
            Question question = wanted ? Question.of(type, ids.next(), name) : null;
            if (question != null) {
                questions.add(question);
            }
        }
        return questions.toArray(new Question[0]);
    }

    // ---- sending

    /** Sends what is open; a server that can't be asked makes way for the next one, once. */
    private void send(Query query) {
        if (!sendTo(query, servers[query.server()])) {
            query.server((query.server() + 1) % servers.length);
            sendTo(query, servers[query.server()]);
        }
    }

    private boolean sendTo(Query query, NameServer server) {
        for (Question question : query.questions()) {
            if (!question.isAnswered()) {
                ServerFault fault = question.send(server);
                if (fault != null) {
                    complain(server, fault);
                    return false;
                }
            }
        }
        return true;
    }

    /** The deadline of a query: another server may know, if somebody still wants to. */
    void resend(Query query) {
        if (!query.isWanted(nowSecond())) {
            end(query);
            query.table().dropIfEmpty(query.name());
            return;
        }
        query.newRound();
        query.server((query.server() + 1) % servers.length);
        send(query);
        query.resend().arm(settings.resendMillis());
    }

    private void end(Query query) {
        query.name().query(null);
        query.resend().release();
        queries.remove(query);
    }

    // ---- hearing

    @Override
    public void received(NameServer from, byte[] message, boolean overTcp) {
        responses.take(message, overTcp);
    }

    @Override
    public void failed(NameServer server, ServerFault fault) {
        complain(server, fault);
        // nginx waits for the five seconds; but who says that nobody listens there needs no patience
        for (Query query : List.copyOf(queries)) {
            if (servers[query.server()] == server && query.mayMoveOn(servers.length)) {
                query.server((query.server() + 1) % servers.length);
                sendTo(query, servers[query.server()]);
            }
        }
    }

    private void complain(NameServer server, ServerFault fault) {
        log(fault.message() + " while resolving, resolver: " + server.name());
    }

    /** A response that fits an open question. */
    void take(Query query, Question question, DnsResponse response) throws DnsFormatException {
        if (response.isTruncated()) {
            // RFC 7766 §5; the server that said so has the whole.
            question.useTcp();
            question.send(servers[query.server()]);
            query.resend().arm(settings.resendMillis());
            return;
        }
        Query.Step step = query.take(question, response, this::log);
        if (step == Query.Step.OPEN) {
            return;
        }
        end(query);
        Name name = query.name();
        List<Resolution> waiting = List.copyOf(query.waiting());
        query.waiting().clear();
        waiting.forEach(Resolution::left);
        if (step == Query.Step.REFUSED) {
            ResolveFault fault = fault(query.code());
            Answer before = fault.isNotFound() ? null : keptDespite(fault, name);
            if (before != null) {
                waiting.forEach(resolution -> guarded(() -> goOn(resolution, before)));
                return;
            }
            name.refused();
            query.table().dropIfEmpty(name);
            waiting.forEach(resolution -> guarded(() -> resolution.failed(fault)));
            return;
        }
        long valid = settings.validSeconds() > 0 ? settings.validSeconds() : query.ttlSeconds();
        Answer answer = query.answer(valid == 0 ? -1 : nowSecond() + valid);
        name.answered(answer);
        for (Resolution resolution : waiting) {
            guarded(() -> goOn(resolution, answer));
        }
    }

    /** Servers in trouble (RFC 8767 §4) say nothing about the name: its last answer, if that is not too old. */
    private @Nullable Answer keptDespite(ResolveFault fault, Name name) {
        name.failing(nowSecond() + FAILING_SECONDS);
        Answer before = name.answer(nowSecond());
        if (before != null) {
            log(name.text() + " could not be resolved " + fault.reason() + ", its last answer is used");
        }
        return before;
    }

    /** The answer is for all who waited, even if it is not to be kept at all. */
    private void goOn(Resolution resolution, Answer answer) {
        if (resolution.isSettled()) {
            return;
        }
        if (!(answer instanceof Answer.Alias alias)) {
            resolution.answered(answer, false);
        } else if (resolution.followAlias()) {
            find(resolution, alias.target());
        } else {
            resolution.failed(fault(ResolveFault.NOT_FOUND));
        }
    }

    /** Somebody's time is over: an answer of before is better than none. */
    void timedOut(Resolution resolution, Query query) {
        Name name = query.name();
        name.silent();
        if (name.answer(nowSecond()) != null) {
            log(name.text() + " could not be resolved (110: Operation timed out), its last answer is used");
        }
        guarded(() -> find(resolution, name.text()));
    }

    /** One who waits must not harm the others. */
    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            worker.errorLog().log(FaultKind.BUG, Severity.ALERT, "exception while a name was resolved: " + e);
        }
    }

    // ---- what its parts ask

    Worker worker() {
        return worker;
    }

    NameTable hosts() {
        return hosts;
    }

    NameTable services() {
        return services;
    }

    /** Its seconds: monotonic, from nowhere in particular. */
    long nowSecond() {
        return worker.clock().millis() / 1000;
    }

    ResolveFault fault(int code) {
        return new ResolveFault(code, settings.validSeconds() > 0 ? settings.validSeconds() : FAULT_SECONDS);
    }

    void log(String line) {
        worker.errorLog().log(FaultKind.DNS_FAILURE, Severity.ERROR, line);
    }

    /** Closes its sockets if it does nothing now; it can be used again. */
    boolean closeIfIdle() {
        if (!queries.isEmpty()) {
            return false;
        }
        for (NameServer server : servers) {
            server.close();
        }
        return true;
    }
}
