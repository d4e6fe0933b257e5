package io.frontdesk.engine.resolve;

import io.frontdesk.codec.dns.DnsFormatException;
import io.frontdesk.codec.dns.DnsRecord;
import io.frontdesk.codec.dns.DnsResponse;
import io.frontdesk.codec.dns.DnsType;
import io.frontdesk.net.loop.Deadline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A name that is being asked for, once for all who wait: its questions, and what came of them so far. A and AAAA are asked for at the same
 * time, and together make the answer. Owned by its name, on its loop.
 */
final class Query {
    /** What a response has brought about. */
    enum Step {
        /** Another question is open. */
        OPEN,
        /** There is an answer: {@link #answer}. */
        ANSWERED,
        /** There is none: {@link #code}. */
        REFUSED
    }

    private final Name name;
    private final NameTable table;
    private final Question[] questions;
    private final Deadline resend;
    private final Set<Resolution> waiting = new LinkedHashSet<>();
    private final List<InetAddress> ipv4 = new ArrayList<>(2);
    private final List<InetAddress> ipv6 = new ArrayList<>(2);
    private final List<DnsRecord.Service> services = new ArrayList<>(0);
    private @Nullable String alias;
    private int server;
    private int moves;
    private int code;
    private long ttlSeconds = Long.MAX_VALUE;
    private long keptUntilSecond = -1;

    Query(Name name, NameTable table, Question[] questions, int server, Resolver resolver) {
        this.name = name;
        this.table = table;
        this.questions = questions;
        this.server = server;
        this.resend = new Deadline(resolver.worker().wheel(), _ -> resolver.resend(this));
    }

    Name name() {
        return name;
    }

    /** Where its name is known. */
    NameTable table() {
        return table;
    }

    Question[] questions() {
        return questions;
    }

    /** When it is to be sent again. */
    Deadline resend() {
        return resend;
    }

    /** The number of the server that was asked last. */
    int server() {
        return server;
    }

    /** Says which server is asked next. */
    void server(int next) {
        server = next;
    }

    /** Goes to another server out of turn: true once for each other one in a round. */
    boolean mayMoveOn(int servers) {
        return ++moves < servers;
    }

    /** It is sent again in turn. */
    void newRound() {
        moves = 0;
    }

    /** Who waits for it. */
    Set<Resolution> waiting() {
        return waiting;
    }

    /** Whether it is of use: somebody waits, or it refreshes an answer that is used meanwhile. */
    boolean isWanted(long nowSecond) {
        return !waiting.isEmpty() || nowSecond <= keptUntilSecond;
    }

    /** It goes on until then, though nobody waits. */
    void keepUntil(long second) {
        keptUntilSecond = second;
    }

    /** The question of a type that is open, or null. */
    @Nullable
    Question open(DnsType type) {
        for (Question question : questions) {
            if (question.type() == type && !question.isAnswered()) {
                return question;
            }
        }
        return null;
    }

    /** The code that a failed query ends with. */
    int code() {
        return code;
    }

    /** What it is answered with. */
    Answer answer(long untilSecond) {
        if (!services.isEmpty()) {
            services.sort(Comparator.comparingInt(DnsRecord.Service::priority));
            return new Answer.Services(List.copyOf(services), untilSecond);
        }
        String target = alias;
        if (target != null && ipv4.isEmpty() && ipv6.isEmpty()) {
            return new Answer.Alias(target, untilSecond);
        }
        return new Answer.Addresses(List.copyOf(ipv4), List.copyOf(ipv6), untilSecond);
    }

    /** The shortest time that one of the records may be kept. */
    long ttlSeconds() {
        return ttlSeconds;
    }

    /**
     * Takes the response to one of its questions.
     *
     * @param complaints hears what else is odd about it
     * @throws DnsFormatException when it can't be used; the question stays open
     */
    Step take(Question question, DnsResponse response, Consumer<String> complaints) throws DnsFormatException {
        int failed = response.code() == 0 ? code : response.code();
        // Read whole before anything is kept.
        List<DnsRecord> records = failed == 0 ? response.answers() : List.of();
        String target = null;
        for (DnsRecord record : records) {
            if (record instanceof DnsRecord.Alias last) {
                target = response.nameAt(last.target());
            }
        }
        question.answered();
        code = failed;
        // nginx: of two aliases the one that came last counts, and only if that response had no addresses
        alias = target;
        for (DnsRecord record : records) {
            take(record, complaints);
        }
        if (hasOpen()) {
            return Step.OPEN;
        }
        if (failed != 0) {
            return Step.REFUSED;
        }
        if (ipv4.isEmpty() && ipv6.isEmpty() && services.isEmpty() && target == null) {
            code = ResolveFault.NOT_FOUND;
            return Step.REFUSED;
        }
        return Step.ANSWERED;
    }

    private void take(DnsRecord record, Consumer<String> complaints) {
        ttlSeconds = Math.min(ttlSeconds, record.ttlSeconds());
        switch (record) {
            case DnsRecord.Address address -> (address.bytes().length == 4 ? ipv4 : ipv6).add(inet(address.bytes()));
            case DnsRecord.Service service -> services.add(service);
            case DnsRecord.Other other when !other.isExpected() -> complaints.accept(ResolveFault.unexpected(other));
            case DnsRecord.Other _,DnsRecord.Alias _ -> {
            }
        }
    }

    private boolean hasOpen() {
        for (Question question : questions) {
            if (!question.isAnswered()) {
                return true;
            }
        }
        return false;
    }

    private static InetAddress inet(byte[] bytes) {
        try {
            return bytes.length == 4
                    ? InetAddress.getByAddress(bytes)
                    : java.net.Inet6Address.getByAddress(null, bytes, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("the length is one of the two that there are", e);
        }
    }
}
