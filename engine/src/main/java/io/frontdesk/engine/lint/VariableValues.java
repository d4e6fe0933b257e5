package io.frontdesk.engine.lint;

import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a variable can be, as far as the configuration itself says: the values that {@code set}, {@code map}, {@code geo} and
 * {@code split_clients} give it. Immutable; control plane.
 */
public final class VariableValues {
    private static final Set<String> TABLES = Set.of("map", "geo", "split_clients");
    private static final Set<String> PARAMETERS = Set.of("default", "hostnames", "volatile", "include", "ranges",
            "proxy",
            "proxy_recursive", "delete");

    private final Map<String, List<Word>> byName = new HashMap<>();

    private VariableValues() {}

    /** Of a configuration. */
    public static VariableValues of(Linting lint) {
        return lint.shared(VariableValues.class, () -> {
            VariableValues values = new VariableValues();
            lint.scopes().forEach(values::read);
            return values;
        });
    }

    private void read(Scope scope) {
        for (Setting<?> line : scope.entries()) {
            Statement statement = line.at();
            List<Statement> children = statement.children();
            String name = line.directive().name();
            if (name.equals("set")) {
                add(statement.args().getFirst(), statement.args().get(1));
            } else if (TABLES.contains(name) && children != null) {
                table(statement.args().getLast(), children);
            }
        }
    }

    private void table(Word variable, List<Statement> lines) {
        boolean complete = false;
        for (Statement line : lines) {
            if (line.args().size() == 1 && !PARAMETERS.contains(line.name().text()) || line.name().is("default")
                    || line.name().is("*")) {
                add(variable, line.args().getLast());
            }
            complete |= line.name().is("default") || line.name().is("*");
        }
        if (!complete) {
            add(variable, Word.synthetic(""));
        }
    }

    private void add(Word variable, Word value) {
        if (variable.text().startsWith("$")) {
            byName.computeIfAbsent(variable.text().substring(1).toLowerCase(Locale.ROOT), key -> new ArrayList<>())
                    .add(value);
        }
    }

    /** The values that a variable is given, some with variables themselves; empty where the configuration gives it none. */
    public List<Word> given(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** All values that a text can have; null where something but the configuration decides, or where there are very many. */
    public @Nullable List<String> all(String text) {
        List<String> values = new ArrayList<>();
        return expand(text, values, new HashSet<>()) ? values : null;
    }

    private boolean expand(String text, List<String> into, Set<String> within) {
        List<String> names = VariableNames.in(text);
        if (names.isEmpty()) {
            into.add(text);
            return into.size() <= 1000;
        }
        String name = names.getFirst();
        List<Word> given = given(name);
        if (given.isEmpty() || !within.add(name)) {
            return false;
        }
        for (Word value : given) {
            String replaced = replace(text, name, value.text());
            if (!expand(replaced, into, within)) {
                return false;
            }
        }
        within.remove(name);
        return true;
    }

    private static String replace(String text, String name, String value) {
        String lower = text.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("${" + name + "}");
        if (at >= 0) {
            return text.substring(0, at) + value + text.substring(at + name.length() + 3);
        }
        at = lower.indexOf("$" + name);
        return text.substring(0, at) + value + text.substring(at + name.length() + 1);
    }
}
