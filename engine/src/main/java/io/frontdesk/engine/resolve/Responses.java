package io.frontdesk.engine.resolve;

import io.frontdesk.codec.dns.DnsFormatException;
import io.frontdesk.codec.dns.DnsQuestion;
import io.frontdesk.codec.dns.DnsResponse;
import io.frontdesk.codec.dns.DnsType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells which query a message answers, and drops, with a line in the log, what answers none: a forged response must not end a query, so a
 * wrong one is as good as no response. Owned by its resolver, on its loop.
 */
final class Responses {
    private final Resolver resolver;

    Responses(Resolver resolver) {
        this.resolver = resolver;
    }

    void take(byte[] message, boolean overTcp) {
        try {
            read(DnsResponse.read(message), overTcp);
        } catch (DnsFormatException e) {
            resolver.log(String.valueOf(e.getMessage()));
        }
    }

    private void read(DnsResponse response, boolean overTcp) throws DnsFormatException {
        if (!response.isStandard() || response.isTruncated() && overTcp) {
            resolver.log(String.format(Locale.ROOT, "invalid %s DNS response %d fl:%04X", overTcp ? "TCP" : "UDP",
                    response.id(), response.flags()));
            return;
        }
        int code = response.code();
        if (code == ResolveFault.FORMAT_ERROR || code > ResolveFault.REFUSED) {
            // nginx: such a server may lack the question in its response, so that nothing says whose it is
            String name = code == ResolveFault.FORMAT_ERROR ? askedUnder(response.id()) : null;
            resolver.log("DNS error (" + code + ": " + ResolveFault.text(code) + "), query id:" + response.id()
                    + (name == null ? "" : ", name:\"" + name + "\""));
            return;
        }
        DnsQuestion asked = response.question();
        Name name = (asked.type() == DnsType.SRV ? resolver.services() : resolver.hosts()).find(asked.name());
        Query query = name == null ? null : name.query();
        Question question = query == null ? null : query.open(asked.type());
        if (query == null || question == null) {
            resolver.log("unexpected DNS response for " + asked.name());
            return;
        }
        if (response.isTruncated() && question.isOverTcp()) {
            return;
        }
        if (response.id() != question.id()) {
            resolver.log("wrong ident " + response.id() + " in DNS response for " + asked.name() + ", expect "
                    + question.id());
            return;
        }
        resolver.take(query, question, response);
    }

    private @Nullable String askedUnder(int id) {
        for (Name name : resolver.hosts().all()) {
            Query query = name.query();
            if (query == null) {
                continue;
            }
            for (Question question : query.questions()) {
                if (question.id() == id) {
                    return name.text();
                }
            }
        }
        return null;
    }
}
