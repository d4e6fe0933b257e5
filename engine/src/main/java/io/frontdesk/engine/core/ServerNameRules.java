package io.frontdesk.engine.core;

import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.RegexFacts;
import io.frontdesk.engine.lookup.HostTable;
import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.regex.Regex;
import io.frontdesk.net.regex.RegexException;
import io.frontdesk.net.regex.RegexMatchException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lint finds about {@code server_name} and {@code default_server}. */
final class ServerNameRules extends HttpRules {
    private static final int MOST_REGEXES = 200;

    final LintRule duplicate = rule("server-name-duplicate", LintLevel.WARNING)
            .doc("""
                    Two servers of one address with the same name, or both without one: the first gets all requests, the second none.""");
    final LintRule overlap = rule("server-name-overlap", LintLevel.WARNING)
            .doc("""
                    A host that two servers of one address name, in different ways. An exact name goes before `*.name`, that before `name.*`, and \
                    all of them before expressions, which are tried in order. Reported with a host that does not go where its name looks.""");
    final LintRule unanchored = rule("server-name-unanchored", LintLevel.WARNING).doc("""
            An expression as a server name that takes hosts of other domains too, as it has no `^` or no `$`.""");
    final LintRule noDefault = rule("default-server-missing", LintLevel.WARNING)
            .doc("""
                    Several servers share an address and none is its `default_server`: the first of them answers requests for hosts that nobody \
                    names, and which is the first depends on the order of lines and files.""");

    private final CoreModule core;
    private final String ownName = "$hostname";

    ServerNameRules(CoreModule core) {
        super("core");
        this.core = core;
    }

    /** A server at an address. */
    private record At(Scope server, @Nullable Setting<ListenLine> line) {
        boolean isDefault() {
            return line != null && line.value().isDefault();
        }

        Word word() {
            return line == null ? server.statement().name() : line.at().args().getFirst();
        }
    }

    private record Name(Word word, Scope server) {}

    @Override
    public void check(Linting lint) {
        Map<ListenAddress, List<At>> addresses = new LinkedHashMap<>();
        for (Scope server : lint.servers()) {
            List<Setting<ListenLine>> lines = server.own(core.listen);
            if (lines.isEmpty()) {
                addresses.computeIfAbsent(ListenArguments.usual(), a -> new ArrayList<>()).add(new At(server, null));
            }
            for (Setting<ListenLine> line : lines) {
                for (ListenAddress address : line.value().addresses()) {
                    addresses.computeIfAbsent(address, a -> new ArrayList<>()).add(new At(server, line));
                }
            }
        }
        Set<Word> reported = new HashSet<>();
        addresses.forEach((address, servers) -> {
            defaults(address, servers, reported, lint);
            names(address, servers, reported, lint);
        });
    }

    private void defaults(ListenAddress address, List<At> servers, Set<Word> reported, Linting lint) {
        At first = servers.getFirst();
        List<Word> names = words(first.server());
        boolean catchesAll = names.isEmpty() || names.stream().anyMatch(name -> name.is("_") || name.is(""));
        if (servers.size() < 2 || catchesAll || servers.stream().anyMatch(At::isDefault)
                || !reported.add(first.word())) {
            return;
        }
        String name = names.getFirst().text();
        lint.report(noDefault, first.word(),
                servers.size() + " servers share " + address.text() + " and none is its default_server",
                "a request for a host that none of them names, or for the bare address, goes to " + name + " ("
                        + Linting.place(first.server().statement()) + "), as it is the first",
                "listen " + first.word().text()
                        + " default_server; in the server that is meant for them, or in one with "
                        + "\"return 444;\"");
    }

    private List<Word> words(Scope server) {
        List<Word> words = new ArrayList<>();
        server.own(core.serverName).forEach(line -> words.addAll(line.value()));
        return words;
    }

    private void names(ListenAddress address, List<At> servers, Set<Word> reported, Linting lint) {
        Map<String, Name> seen = new HashMap<>();
        HostTable.Builder<Name> table = new HostTable.Builder<>();
        List<Name> regexes = new ArrayList<>();
        Name nameless = null;
        for (At at : servers) {
            List<Word> words = words(at.server());
            if (words.isEmpty()) {
                Name name = new Name(at.word(), at.server());
                nameless = nameless == null
                        ? name
                        : twice(nameless, name, "two servers without a name at ", address, reported, lint);
            }
            for (Word word : words) {
                Name name = new Name(word, at.server());
                Name first = first(name, seen);
                if (first != null) {
                    twice(first, name, "the name \"" + word.text() + "\" stands twice at ", address, reported, lint);
                } else if (word.text().startsWith("~")) {
                    regexes.add(name);
                } else {
                    table.add(plain(word), name);
                }
            }
        }
        wildcards(seen, reported, lint);
        regexes(regexes, table.build(), reported, lint);
    }

    /** Who has a name already; nobody: it is noted, {@code .name} as the two that it stands for. */
    private @Nullable Name first(Name name, Map<String, Name> seen) {
        String key = plain(name.word());
        if (!key.startsWith(".")) {
            return seen.putIfAbsent(key, name);
        }
        Name bare = seen.putIfAbsent(key.substring(1), name);
        Name star = seen.putIfAbsent("*" + key, name);
        return bare != null ? bare : star;
    }

    private String plain(Word word) {
        String text = word.text();
        if (text.startsWith("~")) {
            return text;
        }
        return text.equalsIgnoreCase(ownName) ? HostNames.own() : text.toLowerCase(Locale.ROOT);
    }

    private Name twice(Name first, Name second, String what, ListenAddress address, Set<Word> reported,
            Linting lint) {
        if (reported.add(second.word())) {
            boolean same = first.server() == second.server();
            lint.report(duplicate, second.word(), what + address.text(),
                    same
                            ? "the second one says nothing new"
                            : "all its requests go to the server of " + Linting.place(first.server().statement())
                                    + ", which comes first; this one gets none of them",
                    same ? "the name once" : "another name, or one server");
        }
        return first;
    }

    /** {@code *.name} and {@code name.*} that have a host in common. */
    private void wildcards(Map<String, Name> seen, Set<Word> reported, Linting lint) {
        List<Map.Entry<String, Name>> leading = seen.entrySet().stream().filter(e -> e.getKey().startsWith("*."))
                .toList();
        for (Map.Entry<String, Name> trailing : seen.entrySet()) {
            if (!trailing.getKey().endsWith(".*")) {
                continue;
            }
            for (Map.Entry<String, Name> lead : leading) {
                String host = common(trailing.getKey(), lead.getKey());
                if (host != null && lead.getValue().server() != trailing.getValue().server()
                        && !seen.containsKey(host)) {
                    overlap(trailing.getValue(), lead.getValue(), host, "*.name goes before name.*", reported, lint);
                }
            }
        }
    }

    /** {@code www.example.*} and {@code *.example.com}: www.example.com. */
    private static @Nullable String common(String trailing, String leading) {
        String head = trailing.substring(0, trailing.length() - 1);
        String tail = leading.substring(1);
        for (int from = 1; from < head.length() - 1; from++) {
            if (head.charAt(from) == '.' && tail.startsWith(head.substring(from))) {
                return head + tail.substring(head.length() - from);
            }
        }
        return null;
    }

    private void regexes(List<Name> regexes, HostTable<Name> table, Set<Word> reported, Linting lint) {
        List<Regex> before = new ArrayList<>();
        for (int i = 0; i < Math.min(regexes.size(), MOST_REGEXES); i++) {
            Name name = regexes.get(i);
            String text = name.word().text().substring(1);
            boolean caseless = text.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
            RegexFacts facts = RegexFacts.of(text, caseless);
            try {
                Regex regex = Regex.compile(text, caseless);
                String host = facts == null ? null : facts.sample();
                if (facts != null && host != null && regex.matches(host)) {
                    order(name, host, table, regexes, before, reported, lint);
                    anchors(name, facts, host, regex, lint);
                }
                before.add(regex);
            } catch (RegexException | RegexMatchException e) {
                return;
            }
        }
    }

    private void order(Name name, String host, HostTable<Name> table, List<Name> regexes, List<Regex> before,
            Set<Word> reported, Linting lint) {
        byte[] bytes = host.getBytes(StandardCharsets.ISO_8859_1);
        Name taker = table.find(bytes, 0, bytes.length);
        if (taker != null && taker.server() != name.server()) {
            if (taker.word().text().contains("*") || taker.word().text().startsWith(".")) {
                overlap(name, taker, host, "a wildcard goes before an expression", reported, lint);
            }
            return;
        }
        for (int i = 0; i < before.size(); i++) {
            if (regexes.get(i).server() != name.server() && before.get(i).matches(host)) {
                overlap(name, regexes.get(i), host, "the first expression that matches wins", reported, lint);
                return;
            }
        }
    }

    private void overlap(Name name, Name taker, String host, String why, Set<Word> reported, Linting lint) {
        if (reported.add(name.word())) {
            lint.report(overlap, name.word(),
                    "\"" + name.word().text() + "\" and \"" + taker.word().text() + "\" of another server overlap",
                    "the host " + host + " goes to the server of " + Linting.place(taker.server().statement())
                            + ": " + why,
                    "names that have no host in common, or the exact names of the hosts that are meant");
        }
    }

    private void anchors(Name name, RegexFacts facts, String host, Regex regex, Linting lint) {
        String other = null;
        if (!facts.starts() && !facts.text().startsWith("\\.")) {
            other = "evil" + host;
        } else if (!facts.ends() && !facts.text().endsWith("\\.") && !facts.text().matches(".*[.\\])][*+]\\)?")) {
            other = host + ".evil.net";
        }
        if (other != null && regex.matches(other)) {
            String text = facts.text();
            lint.report(unanchored, name.word(), "the expression takes hosts of other domains too",
                    "the host " + other + " goes to this server",
                    "server_name ~" + (text.startsWith("^") ? "" : "^") + text + (text.endsWith("$") ? "" : "$") + ";");
        }
    }
}
