package io.frontdesk.engine.plan;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.core.HostNames;
import io.frontdesk.engine.core.ListenArguments;
import io.frontdesk.engine.core.ListenLine;
import io.frontdesk.engine.lookup.HostTable;
import io.frontdesk.engine.route.ServerName;
import io.frontdesk.engine.route.ServerNames;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers which servers listen where under which names, and which sockets that needs. Control plane, one compilation. */
final class SocketPlanner {
    private static final class At {
        final ListenAddress address;
        final List<ServerPlan> servers = new ArrayList<>();
        final HostTable.Builder<ServerName> names = new HostTable.Builder<>();
        final List<ServerNames.Regex> regexes = new ArrayList<>();
        ListenOptions options;
        boolean optionsSet;
        boolean tls;
        boolean http2;
        boolean proxyProtocol;
        @Nullable
        ServerPlan explicitDefault;

        At(ListenAddress address, ListenOptions options) {
            this.address = address;
            this.options = options;
        }
    }

    private final CoreModule core;
    private final Map<ListenAddress, At> byAddress = new LinkedHashMap<>();

    SocketPlanner(CoreModule core) {
        this.core = core;
    }

    /** The first name of a server, as {@code $server_name} shows it. */
    static String firstName(CoreModule core, Scope scope) {
        List<Setting<List<Word>>> lines = scope.own(core.serverName);
        if (lines.isEmpty()) {
            return "";
        }
        String name = plain(lines.getFirst().value().getFirst().text());
        return name.startsWith(".") ? name.substring(1) : name;
    }

    void add(Scope scope, ServerPlan server, Link link) throws ConfigException {
        List<Setting<ListenLine>> lines = scope.own(core.listen);
        List<At> places = new ArrayList<>();
        if (lines.isEmpty()) {
            places.add(place(ListenArguments.usual(), ListenOptions.DEFAULT));
        }
        for (Setting<ListenLine> line : lines) {
            for (ListenAddress address : line.value().addresses()) {
                At at = place(address, line.value().options());
                if (at.servers.contains(server) || places.contains(at)) {
                    throw line.error("a duplicate listen %s", line.at().args().getFirst().text());
                }
                merge(at, line, server);
                places.add(at);
            }
        }
        for (At at : places) {
            at.servers.add(server);
            names(scope, server, at, link);
        }
    }

    private At place(ListenAddress address, ListenOptions options) {
        return byAddress.computeIfAbsent(address, a -> new At(a, options));
    }

    private static void merge(At at, Setting<ListenLine> line, ServerPlan server) throws ConfigException {
        ListenLine value = line.value();
        String shown = line.at().args().getFirst().text();
        if (value.setsOptions()) {
            if (at.optionsSet) {
                throw line.error("duplicate listen options for %s", at.address.text());
            }
            at.optionsSet = true;
            at.options = value.options();
        }
        if (value.isDefault()) {
            if (at.explicitDefault != null) {
                throw line.error("a duplicate default server for %s", shown);
            }
            at.explicitDefault = server;
        }
        at.tls |= value.tls();
        at.http2 |= value.http2();
        at.proxyProtocol |= value.proxyProtocol();
    }

    private void names(Scope scope, ServerPlan server, At at, Link link) throws ConfigException {
        List<Setting<List<Word>>> lines = scope.own(core.serverName);
        ServerName none = new ServerName(server, ServerName.Rule.EXACT, "", scope.statement().at());
        if (lines.isEmpty() && !at.names.add("", none)) {
            link.warn("conflicting server name \"\" on " + at.address.text() + ", ignored", null);
        }
        for (Setting<List<Word>> line : lines) {
            for (Word word : line.value()) {
                name(word, line, server, at, link);
            }
        }
    }

    private static void name(Word word, Setting<?> line, ServerPlan server, At at, Link link) throws ConfigException {
        String text = word.text();
        if (text.startsWith("~")) {
            if (text.length() == 1) {
                throw line.error("empty regex in server name \"%s\"", text);
            }
            String regex = text.substring(1);
            // nginx: a name without capitals is matched without regard to case
            boolean caseless = regex.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
            at.regexes.add(new ServerNames.Regex(link.pattern(regex, caseless, word.at()),
                    new ServerName(server, ServerName.Rule.REGEX, text, word.at())));
            return;
        }
        if (text.startsWith("*") && (text.length() < 3 || text.charAt(1) != '.') || text.equals(".")) {
            throw line.error("server name \"%s\" is invalid", text);
        }
        if (text.indexOf('/') >= 0) {
            link.warn("server name \"" + text + "\" has suspicious symbols", line.at().at());
        }
        String name = plain(text);
        if (!HostTable.isValid(name)) {
            throw line.error("invalid server name or wildcard \"%s\" on %s", name, at.address.text());
        }
        if (!addName(at, name, server, word)) {
            // nginx names no place here
            link.warn("conflicting server name \"" + name + "\" on " + at.address.text() + ", ignored", null);
        }
    }

    /** A name that begins with a dot is two: one with an asterisk before it, and one without the dot. */
    private static boolean addName(At at, String name, ServerPlan server, Word word) {
        ServerName exact = new ServerName(server, ServerName.Rule.EXACT, word.text(), word.at());
        ServerName wildcard = new ServerName(server, ServerName.Rule.WILDCARD, word.text(), word.at());
        if (name.length() > 1 && name.startsWith(".")) {
            return at.names.add(name.substring(1), exact) && at.names.add("*" + name, wildcard);
        }
        return at.names.add(name, name.indexOf('*') < 0 ? exact : wildcard);
    }

    /** A name in the form that hosts are compared with. */
    private static String plain(String text) {
        String name = text.equalsIgnoreCase("$hostname") ? HostNames.own() : text;
        return name.startsWith("~") ? name : name.toLowerCase(Locale.ROOT);
    }

    /** The sockets: where a port has a wildcard, one socket serves its specific addresses too. */
    List<SocketPlan> plan() {
        List<SocketPlan> sockets = new ArrayList<>();
        for (At at : byAddress.values()) {
            if (at.address.unix()) {
                sockets.add(new SocketPlan(at.address, at.options, List.of(listen(at))));
                continue;
            }
            At wildcard = wildcardFor(at);
            if (wildcard == null) {
                sockets.add(new SocketPlan(at.address, at.options, List.of(listen(at))));
            } else if (wildcard == at) {
                List<ListenPlan> plans = new ArrayList<>();
                for (At other : byAddress.values()) {
                    if (other != at && wildcardFor(other) == at) {
                        plans.add(listen(other));
                    }
                }
                plans.add(listen(at));
                sockets.add(new SocketPlan(at.address, at.options, plans));
            }
        }
        return sockets;
    }

    private @Nullable At wildcardFor(At at) {
        if (!(at.address instanceof ListenAddress.Inet mine)) {
            return null;
        }
        for (At other : byAddress.values()) {
            if (other.address instanceof ListenAddress.Inet inet && inet.wildcard() && inet.port() == mine.port()
                    && inet.ipv6() == mine.ipv6()) {
                return other;
            }
        }
        return null;
    }

    private static ListenPlan listen(At at) {
        ServerPlan chosen = at.explicitDefault == null ? at.servers.getFirst() : at.explicitDefault;
        // nginx: with one server there is nothing to choose, unless its name has groups to fill
        boolean chooses = at.servers.size() > 1 || !at.regexes.isEmpty();
        ServerNames names = chooses ? new ServerNames(at.names.build(), at.regexes) : ServerNames.NONE;
        return new ListenPlan(at.address, at.options, at.tls, at.http2, at.proxyProtocol, chosen, names,
                List.copyOf(at.servers));
    }
}
