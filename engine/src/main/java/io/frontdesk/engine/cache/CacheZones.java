package io.frontdesk.engine.cache;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Sizes;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The caches of one configuration by the names of their zones. Control plane only, but for reading. */
final class CacheZones {
    private static final long TEN_MINUTES = 600_000;

    private final Map<String, CacheZone> zones = new HashMap<>();

    static Map<String, CacheZone> of(Link link) {
        return link.shared(CacheZones.class, CacheZones::new).zones;
    }

    /** A {@code proxy_cache_path} line. */
    static void add(Setting<List<Word>> line, Link link) throws ConfigException {
        List<Integer> levels = List.of();
        String zone = null;
        long zoneBytes = 0;
        long maxBytes = Long.MAX_VALUE;
        long inactive = TEN_MINUTES;
        for (Word word : line.value().subList(1, line.value().size())) {
            String text = word.text();
            int equals = text.indexOf('=');
            String value = text.substring(equals + 1);
            switch (equals < 0 ? "" : text.substring(0, equals)) {
                case "levels" -> levels = levels(word, value);
                case "keys_zone" -> {
                    int colon = value.indexOf(':');
                    if (colon <= 0) {
                        throw Link.error("invalid keys zone size \"" + text + "\"", word.at());
                    }
                    zone = value.substring(0, colon);
                    zoneBytes = Sizes.size(value.substring(colon + 1))
                            .orElseThrow(() -> Link.error("invalid keys zone size \"" + text + "\"", word.at()));
                }
                case "max_size" -> maxBytes = Sizes.offset(value)
                        .orElseThrow(() -> Link.error("invalid max_size value \"" + text + "\"", word.at()));
                case "min_free" -> Sizes.offset(value)
                        .orElseThrow(() -> Link.error("invalid min_free value \"" + text + "\"", word.at()));
                case "inactive" -> inactive = Times.millis(value)
                        .orElseThrow(() -> Link.error("invalid inactive value \"" + text + "\"", word.at()));
                case "use_temp_path", "loader_files", "loader_sleep", "loader_threshold", "manager_files",
                        "manager_sleep", "manager_threshold" -> {
                    // nothing is loaded, and nobody manages
                }
                default -> throw Link.error("invalid parameter \"" + text + "\"", word.at());
            }
        }
        if (zone == null) {
            throw line.error("\"%s\" must have \"keys_zone\" parameter", line.directive().name());
        }
        CacheZone made = new CacheZone(zone, link.paths().underPrefix(line.value().getFirst().text()), levels,
                zoneBytes, maxBytes, inactive);
        if (of(link).putIfAbsent(zone, made) != null) {
            throw line.error("duplicate zone \"%s\"", zone);
        }
    }

    private static List<Integer> levels(Word word, String value) throws ConfigException {
        List<Integer> levels = new ArrayList<>();
        for (String level : value.split(":", -1)) {
            long digits = Numbers.parse(level).orElse(0);
            if (digits < 1 || digits > 2 || levels.size() == 3) {
                throw Link.error("invalid \"levels\" \"" + word.text() + "\"", word.at());
            }
            levels.add((int) digits);
        }
        return levels;
    }
}
