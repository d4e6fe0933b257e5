package io.frontdesk.modules.access;

import io.frontdesk.config.Position;
import io.frontdesk.engine.fault.FaultDetail;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.net.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides by the client's address: the first rule of its family that fits; without one it says nothing. */
final class AccessHandler implements Handler {
    private static final int MAPPED_PREFIX = 12;

    private final Rule[] four;
    private final Rule[] six;
    private final Rule[] unix;

    AccessHandler(List<Rule> four, List<Rule> six, List<Rule> unix) {
        this.four = four.toArray(new Rule[0]);
        this.six = six.toArray(new Rule[0]);
        this.unix = unix.toArray(new Rule[0]);
    }

    /**
     * A line.
     *
     * @param block
     *            the addresses, null for all of the family
     * @param denies
     *            whether it keeps out
     * @param at
     *            where it stands
     */
    record Rule(@Nullable Cidr block, boolean denies, Position at) implements FaultDetail {
        @Override
        public String describe() {
            return "deny (" + at + ")";
        }

        boolean fits(byte[] address, int offset) {
            Cidr cidr = block;
            return cidr == null || cidr.contains(address, offset);
        }
    }

    @Override
    public Outcome handle(Exchange ex) {
        byte[] address = ex.connection().remoteAddressBytes();
        if (address.length == 4) {
            return decide(ex, four, address, 0);
        }
        if (address.length != 16) {
            return decide(ex, unix, address, 0);
        }
        // nginx: an IPv4 client of an IPv6 socket is judged by the rules for IPv4
        return four.length > 0 && isMapped(address)
                ? decide(ex, four, address, MAPPED_PREFIX)
                : decide(ex, six, address, 0);
    }

    private static boolean isMapped(byte[] address) {
        for (int i = 0; i < 10; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[10] == -1 && address[11] == -1;
    }

    private static Outcome decide(Exchange ex, Rule[] rules, byte[] address, int offset) {
        for (Rule rule : rules) {
            if (rule.fits(address, offset)) {
                if (ex.trace() != null) {
                    ex.trace().step(rule.denies() ? "deny" : "allow", rule.at(),
                            "the client " + ex.connection().remoteAddress()
                                    + (rule.denies() ? " is kept out" : " is let in"));
                }
                if (!rule.denies()) {
                    return Outcome.ALLOW;
                }
                if (!ex.location().core().satisfiesAny()) {
                    ex.blame().log(FaultKind.DENIED, "access forbidden by rule", rule);
                }
                return ex.finish(403);
            }
        }
        if (ex.trace() != null) {
            ex.trace().step("allow", null, "no rule is about the client " + ex.connection().remoteAddress());
        }
        return Outcome.NEXT;
    }

    @Override
    public String kind() {
        return "access";
    }
}
