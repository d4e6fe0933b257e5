package io.frontdesk.modules.realip;

import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import io.frontdesk.engine.address.TrustedPeers;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.VariableNames;
import io.frontdesk.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What lint finds about addresses that a request tells. */
final class RealipRules extends HttpRules {
    /** Directives that decide something by a value. */
    private static final Set<String> DECIDING = Set.of("map", "geo", "if", "limit_req_zone", "limit_conn_zone",
            "split_clients", "hash");
    private static final Set<String> TOLD = Set.of("http_x_forwarded_for", "http_x_real_ip", "http_x_client_ip",
            "http_true_client_ip");

    final LintRule trusted = rule("forwarded-for-trusted", LintLevel.WARNING)
            .doc("""
                    The client's address is taken from `X-Forwarded-For` or its kin, and nobody says which proxies may tell it: `real_ip_header` \
                    without `set_real_ip_from` does nothing, `set_real_ip_from` for all addresses believes everybody, and `$http_x_forwarded_for` \
                    in a `map`, an `if` or a limit's key is whatever the client wrote. Name the proxies, and use `$remote_addr`.""");

    private final RealipModule module;

    RealipRules(RealipModule module) {
        super("realip");
        this.module = module;
    }

    @Override
    public void check(Linting lint) {
        for (Scope scope : lint.scopes()) {
            for (Setting<String> line : scope.own(module.header)) {
                if (!hasFrom(scope)) {
                    lint.report(trusted, line, "real_ip_header without set_real_ip_from does nothing",
                            "$remote_addr stays the address of the proxy in front, for access rules, limits and logs",
                            "set_real_ip_from with the addresses of that proxy");
                }
            }
            for (Setting<TrustedPeers> line : scope.own(module.from)) {
                if (line.value().networks().stream().anyMatch(RealipRules::isAll)) {
                    lint.report(trusted, line, "every address is believed when it tells the address of its client",
                            "a client that sends \"" + scope.get(module.header)
                                    + ": 10.0.0.1\" passes \"allow 10.0.0.0/8\" "
                                    + "and has a limit of its own",
                            "the addresses of the proxies in front only");
                }
            }
            for (Setting<?> line : scope.entries()) {
                if (DECIDING.contains(line.directive().name())) {
                    deciding(line, lint);
                }
            }
        }
    }

    /** Whether a proxy is named here, around or in a block inside. */
    private boolean hasFrom(Scope scope) {
        return !scope.all(module.from).isEmpty() || scope.entries().stream()
                .anyMatch(line -> line.body() != null && hasFrom(line.body()));
    }

    private static boolean isAll(Cidr network) {
        return network.bits() == 0;
    }

    private void deciding(Setting<?> line, Linting lint) {
        Statement statement = line.at();
        for (Word word : statement.args()) {
            for (String name : new ArrayList<>(VariableNames.in(word.text()))) {
                if (TOLD.contains(name) && !isBehind(line.scope()) && !handsOn(statement, name)) {
                    lint.report(trusted, word, "$" + name + " is whatever the client wrote",
                            "a client that sends \"" + field(name) + ": 10.0.0.1\" decides what \""
                                    + statement.name().text() + "\" makes of it",
                            "$remote_addr, with set_real_ip_from and real_ip_header " + field(name)
                                    + " where a proxy stands in front");
                    return;
                }
            }
        }
    }

    private boolean isBehind(Scope scope) {
        return !scope.all(module.from).isEmpty();
    }

    /** Whether a table only gives a value where there is none, and hands it on otherwise. */
    private static boolean handsOn(Statement table, String name) {
        Collection<Statement> lines = table.children();
        List<Word> values = new ArrayList<>();
        if (lines != null && table.name().is("map")) {
            lines.forEach(line -> values.addAll(line.args()));
        }
        return values.stream().anyMatch(value -> VariableNames.in(value.text()).contains(name));
    }

    private static String field(String variable) {
        return switch (variable) {
            case "http_x_forwarded_for" -> "X-Forwarded-For";
            case "http_x_real_ip" -> "X-Real-IP";
            case "http_x_client_ip" -> "X-Client-IP";
            default -> "True-Client-IP";
        };
    }
}
