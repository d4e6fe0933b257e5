package io.frontdesk.modules.map;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Position;
import io.frontdesk.config.Statement;
import io.frontdesk.engine.lookup.HostTable;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code map} block as it was read: the table refers to the values by number, as those with variables are compiled later.
 *
 * @param source     what is looked up
 * @param name       the variable, with its dollar
 * @param table      keys to values
 * @param regexes    expressions in order
 * @param values     the values, one a line
 * @param otherwise  the number of the default value, or -1
 * @param hostnames  whether a last dot of what is looked up does not count
 * @param isVolatile whether the value is found anew at each use
 */
record MapBlock(String source, String name, HostTable<Integer> table, List<Regex> regexes, List<Value> values,
        int otherwise, boolean hostnames, boolean isVolatile) {
    /** An expression and the number of its value. */
    record Regex(String pattern, boolean caseless, int value, Position at) {}

    /** A value and where it stands. */
    record Value(String text, Position at) {}

    static MapBlock parse(Call call) throws ConfigException {
        Link.variableName(call.text(1), call.statement().at());
        return new Reader(call).read();
    }

    /** The variable that the block defines. */
    MapVariable variable(Position at, Link link) throws ConfigException {
        MapVariable.Line[] lines = new MapVariable.Line[values.size()];
        Map<String, Template> known = new HashMap<>();
        for (int i = 0; i < lines.length; i++) {
            Value value = values.get(i);
            Template template = known.get(value.text());
            if (template == null) {
                template = link.template(value.text(), value.at());
                known.put(value.text(), template);
            }
            lines[i] = new MapVariable.Line(template, value.at());
        }
        Pattern[] patterns = new Pattern[regexes.size()];
        MapVariable.Line[] results = new MapVariable.Line[patterns.length];
        for (int i = 0; i < patterns.length; i++) {
            Regex regex = regexes.get(i);
            patterns[i] = link.pattern(regex.pattern(), regex.caseless(), regex.at());
            results[i] = lines[regex.value()];
        }
        MapVariable.Line fallback = otherwise < 0 ? new MapVariable.Line(Template.EMPTY, at) : lines[otherwise];
        return new MapVariable(isVolatile ? -1 : link.variables().newSlot(), name, link.template(source, at), table,
                lines,
                patterns, results, fallback, hostnames);
    }

    /** Reads the lines of one block. */
    private static final class Reader {
        private final Call call;
        private final HostTable.Builder<Integer> table = new HostTable.Builder<>();
        private final List<Regex> regexes = new ArrayList<>();
        private final List<Value> values = new ArrayList<>();
        private @Nullable Integer otherwise;
        private boolean hostnames;
        private boolean isVolatile;

        Reader(Call call) {
            this.call = call;
        }

        MapBlock read() throws ConfigException {
            for (Statement line : call.children()) {
                line(line);
            }
            return new MapBlock(call.text(0), call.text(1), table.build(), regexes, values,
                    otherwise == null ? -1 : otherwise, hostnames, isVolatile);
        }

        private void line(Statement line) throws ConfigException {
            String key = line.name().text();
            if (line.args().isEmpty() && key.equals("hostnames")) {
                hostnames = true;
            } else if (line.args().isEmpty() && key.equals("volatile")) {
                isVolatile = true;
            } else if (line.args().size() != 1) {
                throw call.errorAt(line, "invalid number of the map parameters");
            } else {
                entry(key, number(line), line);
            }
        }

        private void entry(String key, int value, Statement line) throws ConfigException {
            if (key.equals("default")) {
                if (otherwise != null) {
                    throw call.errorAt(line, "duplicate default map parameter");
                }
                otherwise = value;
            } else if (key.startsWith("~")) {
                boolean caseless = key.startsWith("~*");
                regexes.add(new Regex(key.substring(caseless ? 2 : 1), caseless, value, line.at()));
            } else {
                String plain = key.startsWith("\\") ? key.substring(1) : key;
                if (hostnames) {
                    table.add(plain, value, line.at());
                } else if (!table.addExact(plain, value)) {
                    throw call.errorAt(line, "conflicting parameter \"%s\"", plain);
                }
            }
        }

        private int number(Statement line) {
            values.add(new Value(line.args().getFirst().text(), line.at()));
            return values.size() - 1;
        }
    }
}
