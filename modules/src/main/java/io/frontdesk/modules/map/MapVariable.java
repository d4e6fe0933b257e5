package io.frontdesk.modules.map;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.lookup.HostTable;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.engine.variable.CachedVariable;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.regex.RegexMatchException;
import org.jspecify.annotations.Nullable;

/** The variable of one {@code map}. Immutable, shared by all loops. */
final class MapVariable extends CachedVariable {
    private final String name;
    private final Template source;
    private final HostTable<Integer> table;
    private final Line[] values;
    private final Pattern[] patterns;
    private final Line[] results;
    private final Line otherwise;
    private final boolean hostnames;

    /**
     * A line of the block.
     *
     * @param value what the variable is
     * @param at    where it stands
     */
    record Line(Template value, Position at) {}

    MapVariable(int slot, String name, Template source, HostTable<Integer> table, Line[] values, Pattern[] patterns,
            Line[] results, Line otherwise, boolean hostnames) {
        super(slot);
        this.name = name;
        this.source = source;
        this.table = table;
        this.values = values;
        this.patterns = patterns;
        this.results = results;
        this.otherwise = otherwise;
        this.hostnames = hostnames;
    }

    @Override
    protected byte @Nullable [] find(Exchange exchange) {
        Bytes scratch = exchange.worker().takeScratch();
        try {
            source.append(exchange, scratch);
            if (hostnames && !scratch.isEmpty() && scratch.get(scratch.length() - 1) == '.') {
                scratch.truncate(scratch.length() - 1);
            }
            Line line = choose(exchange, scratch);
            if (exchange.trace() != null) {
                tell(exchange.trace(), exchange, line, scratch.toString());
            }
            Template value = line.value();
            byte[] constant = value.constantBytes();
            if (constant != null) {
                return constant;
            }
            scratch.clear();
            value.append(exchange, scratch);
            return scratch.toArray();
        } catch (RegexMatchException e) {
            exchange.blame().log(FaultKind.REGEX_LIMIT, Severity.ALERT, String.valueOf(e.getMessage()), null);
            exchange.fail(500);
            return null;
        } finally {
            exchange.worker().giveBackScratch(scratch);
        }
    }

    private void tell(Trace trace, Exchange exchange, Line line, String key) {
        trace.step("map", line.at(),
                name + " is \"" + line.value().value(exchange) + "\", as " + source.source() + " is \""
                        + key + "\"" + (line == otherwise ? ", which no line has" : ""));
    }

    private Line choose(Exchange exchange, Bytes key) {
        Integer found = table.find(key.array(), 0, key.length());
        if (found != null) {
            return values[found];
        }
        for (int i = 0; i < patterns.length && !key.isEmpty(); i++) {
            if (patterns[i].matches(exchange, key)) {
                return results[i];
            }
        }
        return otherwise;
    }
}
