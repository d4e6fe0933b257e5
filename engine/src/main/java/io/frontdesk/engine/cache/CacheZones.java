package io.frontdesk.engine.cache;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Sizes;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.file.TempFolders;
import io.frontdesk.engine.file.TempPath;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.Running;
import io.frontdesk.engine.plan.Snapshot;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.file.NativeFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one configuration by the names of their zones. Control plane only, but for reading. What they know carries over to the next
 * configuration.
 */
final class CacheZones implements Running {
    private static final long TEN_MINUTES = 600_000;
    private static final int ENTRIES_PER_MEGABYTE = 8000;
    private static final long MIN_ZONE_BYTES = 2 * 4096;
    private static final int FOLDER_MODE = 0700;

    private final Map<String, CacheZone> zones = new HashMap<>();
    private final List<CacheUpkeep> upkeeps = new ArrayList<>();

    /** The caches of a configuration. */
    static CacheZones of(Link link) {
        return link.shared(CacheZones.class, CacheZones::new);
    }

    /** By the names of their zones. */
    Map<String, CacheZone> byName() {
        return zones;
    }

    /** A {@code proxy_cache_path} line, or one of its kin. */
    void add(Setting<List<Word>> line, Link link) throws ConfigException {
        Words words = new Words();
        for (Word word : line.value().subList(1, line.value().size())) {
            words.read(word);
        }
        String zone = words.zone;
        if (zone == null) {
            throw line.error("\"%s\" must have \"keys_zone\" parameter", line.directive().name());
        }
        String path = line.value().getFirst().text();
        path = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        TempFolders.of(link, new TempPath(path, List.of()));
        CacheLimits limits = new CacheLimits(
                (int) Math.min(Integer.MAX_VALUE, Math.max(64, words.zoneBytes * ENTRIES_PER_MEGABYTE >> 20)),
                words.maxBytes, words.minFreeBytes, words.inactiveMillis, words.loader.pace(), words.keeper.pace());
        CacheIndex index = new CacheIndex(link.paths().underPrefix(path), words.levels);
        if (zones.putIfAbsent(zone, new CacheZone(zone, index, limits)) != null) {
            throw line.error("duplicate zone \"%s\"", zone);
        }
    }

    @Override
    @ControlPlane("the engine's thread, as it goes over to this configuration")
    public void start(List<Worker> workers, Snapshot now, @Nullable Snapshot before) {
        CacheZones old = before == null ? null : before.shared(CacheZones.class);
        for (CacheZone zone : zones.values()) {
            CacheZone same = old == null ? null : old.zones.get(zone.name());
            if (same != null) {
                zone.inherit(same);
            }
            NativeFiles.makeParents(zone.path() + "/", FOLDER_MODE);
            CacheUpkeep upkeep = new CacheUpkeep(zone, () -> workers.getFirst().errorLog());
            upkeeps.add(upkeep);
            upkeep.start();
        }
    }

    @Override
    @ControlPlane("the engine's thread")
    public void stop() {
        upkeeps.forEach(CacheUpkeep::stop);
        upkeeps.clear();
    }

    /** The parameters of a line. */
    private static final class Words {
        List<Integer> levels = List.of();
        @Nullable
        String zone;
        long zoneBytes;
        long maxBytes = Long.MAX_VALUE;
        long minFreeBytes;
        long inactiveMillis = TEN_MINUTES;
        final PaceWords loader = new PaceWords();
        final PaceWords keeper = new PaceWords();
        final PaceWords purger = new PaceWords();

        void read(Word word) throws ConfigException {
            String text = word.text();
            int equals = text.indexOf('=');
            String name = equals < 0 ? "" : text.substring(0, equals);
            String value = text.substring(equals + 1);
            switch (name) {
                case "levels" -> levels = levels(word, value);
                case "keys_zone" -> keysZone(word, value);
                case "max_size" -> maxBytes = valid(Sizes.offset(value), name, word);
                case "min_free" -> minFreeBytes = valid(Sizes.offset(value), name, word);
                case "inactive" -> inactiveMillis = valid(Times.seconds(value), name, word) * 1000;
                // both are checked only: see CacheWriter and CachePurges
                case "use_temp_path" -> checkFlag(word, value, true);
                case "purger" -> checkFlag(word, value, false);
                default -> {
                    if (!loader.read("loader_", name, value, word) && !keeper.read("manager_", name, value, word)
                            && !purger.read("purger_", name, value, word)) {
                        throw Link.error("invalid parameter \"" + text + "\"", word.at());
                    }
                }
            }
        }

        private void keysZone(Word word, String value) throws ConfigException {
            int colon = value.indexOf(':');
            long size = colon < 0 ? -1 : Sizes.size(value.substring(colon + 1)).orElse(-1);
            if (colon <= 0 || size < 0) {
                throw Link.error("invalid keys zone size \"" + word.text() + "\"", word.at());
            }
            zone = value.substring(0, colon);
            zoneBytes = size;
            if (size < MIN_ZONE_BYTES) {
                throw Link.error("keys zone \"" + zone + "\" is too small", word.at());
            }
        }

        private static void checkFlag(Word word, String value, boolean explains) throws ConfigException {
            if (!value.equals("on") && !value.equals("off")) {
                String name = word.text().substring(0, word.text().indexOf('='));
                throw Link.error("invalid " + name + " value \"" + word.text() + "\""
                        + (explains ? ", it must be \"on\" or \"off\"" : ""), word.at());
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
            return List.copyOf(levels);
        }
    }

    /** How fast something goes on: three parameters with a common beginning. */
    private static final class PaceWords {
        private long files = 100;
        private long thresholdMillis = 200;
        private long sleepMillis = 50;

        boolean read(String prefix, String name, String value, Word word) throws ConfigException {
            if (!name.startsWith(prefix)) {
                return false;
            }
            switch (name.substring(prefix.length())) {
                case "files" -> files = valid(Numbers.parse(value), name, word);
                case "threshold" -> thresholdMillis = valid(Times.millis(value), name, word);
                case "sleep" -> sleepMillis = valid(Times.millis(value), name, word);
                default -> {
                    return false;
                }
            }
            return true;
        }

        CacheLimits.Pace pace() {
            return new CacheLimits.Pace((int) Math.min(files, Integer.MAX_VALUE), thresholdMillis, sleepMillis);
        }
    }

    private static long valid(OptionalLong value, String name, Word word) throws ConfigException {
        if (value.isEmpty()) {
            throw Link.error("invalid " + name + " value \"" + word.text() + "\"", word.at());
        }
        return value.getAsLong();
    }
}
