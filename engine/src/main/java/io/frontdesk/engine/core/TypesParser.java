package io.frontdesk.engine.core;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Statement;
import io.frontdesk.config.Word;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads {@code types}: a media type, and the extensions that stand for it. */
final class TypesParser {
    /** In force when there is no {@code types} at all. */
    static final Map<String, String> USUAL = Map.of("html", "text/html", "gif", "image/gif", "jpg", "image/jpeg");

    private TypesParser() {}

    static Map<String, String> parse(Call call) throws ConfigException {
        Map<String, String> types = new HashMap<>();
        for (Statement line : call.children()) {
            if (line.args().isEmpty()) {
                throw call.errorAt(line, "invalid number of arguments in \"types\" directive");
            }
            for (Word extension : line.args()) {
                types.put(extension.text().toLowerCase(Locale.ROOT), line.name().text());
            }
        }
        return types;
    }

    static Map<String, String> join(Map<String, String> first, Map<String, String> second) {
        Map<String, String> both = new HashMap<>(first);
        both.putAll(second);
        return both;
    }
}
