package io.frontdesk.engine.resolve;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.net.AddressText;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.resolve.HostLookup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads a {@code resolver} line. */
@ControlPlane("loading a configuration; asks the system for the names of servers")
final class ResolverLine {
    private static final int DNS_PORT = 53;

    private final Call call;
    private final List<InetSocketAddress> servers = new ArrayList<>();
    private long validSeconds;
    private boolean ipv4 = true;
    private boolean ipv6 = true;

    private ResolverLine(Call call) {
        this.call = call;
    }

    static ResolverSettings parse(Call call) throws ConfigException {
        return new ResolverLine(call).read();
    }

    private ResolverSettings read() throws ConfigException {
        for (Word word : call.args()) {
            String text = word.text();
            int equals = text.indexOf('=');
            switch (equals < 0 ? "" : text.substring(0, equals)) {
                case "valid" -> validSeconds = Times.seconds(text.substring(equals + 1))
                        .orElseThrow(() -> invalid(text));
                case "ipv4" -> ipv4 = isOn(text, equals);
                case "ipv6" -> ipv6 = isOn(text, equals);
                case "status_zone" -> {
                    // nginx Plus: counters for its API; taken so that such a configuration loads.
                }
                default -> addServers(text);
            }
        }
        if (!ipv4 && !ipv6) {
            throw call.error("\"ipv4\" and \"ipv6\" cannot both be \"off\"");
        }
        if (servers.isEmpty()) {
            throw call.error("no name servers defined");
        }
        return new ResolverSettings(servers, validSeconds, ipv4, ipv6, ResolverSettings.RESEND_MILLIS);
    }

    private boolean isOn(String text, int equals) throws ConfigException {
        return switch (text.substring(equals + 1)) {
            case "on" -> true;
            case "off" -> false;
            default -> throw invalid(text);
        };
    }

    private ConfigException invalid(String text) {
        return call.error("invalid parameter: %s", text);
    }

    private void addServers(String text) throws ConfigException {
        boolean bracketed = text.startsWith("[");
        int close = bracketed ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', close + 1);
        String host = colon < 0 ? text : text.substring(0, colon);
        if (bracketed && (close < 0 || close + 1 != host.length())) {
            throw wrong("invalid host", text);
        }
        int port = DNS_PORT;
        if (colon >= 0) {
            OptionalLong number = Numbers.parse(text.substring(colon + 1));
            if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > 65_535) {
                throw wrong("invalid port", text);
            }
            port = (int) number.getAsLong();
        }
        if (host.isEmpty()) {
            throw wrong("no host", text);
        }
        for (InetAddress address : addresses(host, text)) {
            servers.add(new InetSocketAddress(address, port));
        }
    }

    private List<InetAddress> addresses(String host, String text) throws ConfigException {
        if (host.startsWith("[")) {
            InetAddress literal = AddressText.literal(host.substring(1, host.length() - 1));
            if (literal == null) {
                throw wrong("invalid IPv6 address", text);
            }
            return List.of(literal);
        }
        InetAddress literal = AddressText.literal(host);
        List<InetAddress> found = literal == null ? HostLookup.system().addresses(host) : List.of(literal);
        if (found.isEmpty()) {
            throw wrong("host not found", text);
        }
        return found;
    }

    private ConfigException wrong(String reason, String text) {
        return call.error("%s in resolver \"%s\"", reason, text);
    }
}
