package io.frontdesk.engine.core;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPattern.Kind;
import java.util.List;

/** Reads what a location matches, and checks where it may stand. */
final class LocationParser {
    private LocationParser() {}

    static LocationPattern parse(Setting<List<Word>> line, Link link) throws ConfigException {
        LocationPattern pattern = pattern(line, link);
        Scope around = line.scope();
        if (around.context() == io.frontdesk.config.Context.LOCATION) {
            checkInside(line, pattern, link.patternOf(around));
        }
        return pattern;
    }

    private static LocationPattern pattern(Setting<List<Word>> line, Link link) throws ConfigException {
        List<Word> words = line.value();
        String first = words.getFirst().text();
        if (words.size() == 2) {
            String text = words.get(1).text();
            return switch (first) {
                case "=" -> new LocationPattern(Kind.EXACT, text, null);
                case "^~" -> new LocationPattern(Kind.PREFIX_NO_REGEX, text, null);
                case "~" -> regex(line, text, false, link);
                case "~*" -> regex(line, text, true, link);
                default -> throw line.error("invalid location modifier \"%s\"", first);
            };
        }
        if (first.startsWith("=")) {
            return new LocationPattern(Kind.EXACT, first.substring(1), null);
        }
        if (first.startsWith("^~")) {
            return new LocationPattern(Kind.PREFIX_NO_REGEX, first.substring(2), null);
        }
        if (first.startsWith("~*")) {
            return regex(line, first.substring(2), true, link);
        }
        if (first.startsWith("~")) {
            return regex(line, first.substring(1), false, link);
        }
        return new LocationPattern(first.startsWith("@") ? Kind.NAMED : Kind.PREFIX, first, null);
    }

    private static LocationPattern regex(Setting<?> line, String text, boolean caseless, Link link)
            throws ConfigException {
        return new LocationPattern(caseless ? Kind.REGEX_CASELESS : Kind.REGEX, text,
                link.pattern(text, caseless, line.at().at()));
    }

    private static void checkInside(Setting<?> line, LocationPattern inner, LocationPattern outer)
            throws ConfigException {
        if (outer.kind() == Kind.EXACT) {
            throw line.error("location \"%s\" cannot be inside the exact location \"%s\"", inner.text(), outer.text());
        }
        if (outer.kind() == Kind.NAMED) {
            throw line.error("location \"%s\" cannot be inside the named location \"%s\"", inner.text(), outer.text());
        }
        if (inner.kind() == Kind.NAMED) {
            throw line.error("named location \"%s\" can be on the server level only", inner.text());
        }
        if (!inner.isRegex() && !outer.isRegex() && !inner.text().startsWith(outer.text())) {
            throw line.error("location \"%s\" is outside location \"%s\"", inner.text(), outer.text());
        }
    }
}
