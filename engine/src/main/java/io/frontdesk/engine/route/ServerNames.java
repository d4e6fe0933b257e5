package io.frontdesk.engine.route;

import io.frontdesk.engine.lookup.HostTable;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a server of one address by the host: exact name, longest {@code *.name}, longest {@code name.*}, first regex. Immutable, shared
 * by all loops; a search makes no String.
 */
public final class ServerNames {
    /** No names: for an address with one server, which gets all there is. */
    public static final ServerNames NONE = new ServerNames(new HostTable.Builder<ServerName>().build(), List.of());

    private final HostTable<ServerName> table;
    private final Regex[] regexes;

    /** A server that takes the hosts which an expression matches. */
    public record Regex(Pattern pattern, ServerName name) {}

    /** The names of an address; regexes in order. */
    public ServerNames(HostTable<ServerName> table, List<Regex> regexes) {
        this.table = table;
        this.regexes = regexes.toArray(new Regex[0]);
    }

    /** Whether there is no name at all: every host goes to the default server. */
    public boolean isEmpty() {
        return table.isEmpty() && regexes.length == 0;
    }

    /**
     * The name that a host fits, or null. A regex that matches fills the captures of the exchange.
     *
     * @param host lower case, without port and trailing dot; an empty one is a name like others
     * @throws io.frontdesk.net.regex.RegexMatchException when it cannot be said whether an expression matches
     */
    public @Nullable ServerName find(Exchange exchange, byte[] host, int offset, int length) {
        ServerName found = table.find(host, offset, length);
        if (found != null || length == 0) {
            return found;
        }
        for (Regex regex : regexes) {
            if (regex.pattern().matches(exchange, host, offset, length)) {
                return regex.name();
            }
        }
        return null;
    }
}
