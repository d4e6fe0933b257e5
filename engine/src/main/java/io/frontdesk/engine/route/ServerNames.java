package io.frontdesk.engine.route;

import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a server of one address by the host: exact name, longest {@code *.name}, longest {@code name.*}, first regex. Immutable, shared
 * by all loops. Loops remember their last answers, so that the common request makes no String.
 */
public final class ServerNames {
    private final Map<String, ServerPlan> exact = new HashMap<>();
    private final Map<String, ServerPlan> leading = new HashMap<>();
    private final Map<String, ServerPlan> trailing = new HashMap<>();
    private final List<Regex> regexes;
    private final @Nullable ServerPlan only;
    private final byte @Nullable [] onlyName;

    /** A server that takes the hosts which an expression matches. */
    public record Regex(Pattern pattern, ServerPlan server) {}

    /**
     * All names of an address.
     *
     * @param exact    lower-case names
     * @param leading  the part behind {@code *}, with its dot ({@code .example.com}); a name {@code .example.com} stands in exact too
     * @param trailing the part before {@code *}, with its dot ({@code www.example.})
     * @param regexes  in order
     */
    public ServerNames(Map<String, ServerPlan> exact, Map<String, ServerPlan> leading, Map<String, ServerPlan> trailing,
            List<Regex> regexes) {
        this.exact.putAll(exact);
        this.leading.putAll(leading);
        this.trailing.putAll(trailing);
        this.regexes = List.copyOf(regexes);
        if (exact.size() == 1 && leading.isEmpty() && trailing.isEmpty() && regexes.isEmpty()) {
            Map.Entry<String, ServerPlan> entry = exact.entrySet().iterator().next();
            only = entry.getValue();
            onlyName = entry.getKey().getBytes(StandardCharsets.ISO_8859_1);
        } else {
            only = null;
            onlyName = null;
        }
    }

    /** Whether there is no name at all: every host goes to the default server. */
    public boolean isEmpty() {
        return exact.isEmpty() && leading.isEmpty() && trailing.isEmpty() && regexes.isEmpty();
    }

    /**
     * The server of a host, or null when no name fits. A regex that matches fills the captures of the exchange.
     *
     * @param host lower case, without port and trailing dot
     */
    public @Nullable ServerPlan find(Exchange exchange, byte[] host, int offset, int length) {
        byte[] single = onlyName;
        if (single != null) {
            return java.util.Arrays.equals(single, 0, single.length, host, offset, offset + length) ? only : null;
        }
        return length == 0 && exact.isEmpty()
                ? null
                : find(exchange, new String(host, offset, length, StandardCharsets.ISO_8859_1));
    }

    /** The same for a byte string. */
    public @Nullable ServerPlan find(@Nullable Exchange exchange, String host) {
        ServerPlan plan = exact.get(host);
        if (plan != null) {
            return plan;
        }
        if (!leading.isEmpty()) {
            for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
                plan = dot == 0 ? null : leading.get(host.substring(dot));
                if (plan != null) {
                    return plan;
                }
            }
        }
        if (!trailing.isEmpty()) {
            for (int dot = host.lastIndexOf('.'); dot > 0; dot = host.lastIndexOf('.', dot - 1)) {
                plan = dot + 1 == host.length() ? null : trailing.get(host.substring(0, dot + 1));
                if (plan != null) {
                    return plan;
                }
            }
        }
        if (exchange != null) {
            for (Regex regex : regexes) {
                if (regex.pattern().matches(exchange, host)) {
                    return regex.server();
                }
            }
        }
        return null;
    }
}
