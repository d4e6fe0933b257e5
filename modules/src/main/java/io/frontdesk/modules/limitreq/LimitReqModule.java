package io.frontdesk.modules.limitreq;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Severity;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.Variables;
import io.frontdesk.engine.zone.ZoneArgument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Limits how many requests a key may make: a leaky bucket, with a burst that waits or passes. */
public final class LimitReqModule extends HttpModule {
    private final Directive<List<Word>> zone = directive("limit_req_zone",
            words("key zone=name:size rate=rate [sync]", 3, 4))
            .in(HTTP).repeatable().doc("A zone that keeps, for each key, how much it is over its rate.");
    private final Directive<List<Word>> limit = directive("limit_req",
            words("zone=name [burst=number] [nodelay | delay=number]", 1, 3)).in(HTTP, SERVER, LOCATION).list()
            .doc("The zone that limits requests here, and how many may come at once.");
    private final Directive<Integer> status = directive("limit_req_status", integer(400, 599))
            .in(HTTP, SERVER, LOCATION)
            .orElse(503).doc("The status that answers a refused request.");
    private final Directive<Severity> level = directive("limit_req_log_level",
            choice(new TreeMap<>(Map.of("info", Severity.INFO, "notice", Severity.NOTICE, "warn", Severity.WARN,
                    "error", Severity.ERROR))))
            .in(HTTP, SERVER, LOCATION).orElse(Severity.ERROR)
            .doc("The level that refusals are logged with; delays are logged one below.");
    private final Directive<Boolean> dryRun = directive("limit_req_dry_run", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false).doc("Whether the limits are only counted and logged.");

    private final Map<String, LimitReqZone> carried = new HashMap<>();

    private static final class Zones {
        final Map<String, LimitReqZone> byName = new HashMap<>();
        final Map<String, Template> keys = new HashMap<>();
        int slot;
    }

    /** The module; one object per process. */
    public LimitReqModule() {
        super("limit_req");
    }

    @Override
    public void variables(Variables variables) {
        int slot = variables.newSlot();
        variables.declare("limit_req_status", "What limit_req made of the request: PASSED, DELAYED, REJECTED, and the "
                + "last two with _DRY_RUN.", (ex, out) -> {
                    Object value = ex.slot(slot);
                    if (value == null) {
                        return false;
                    }
                    out.write((String) value);
                    return true;
                });
        lastSlot = slot;
    }

    private int lastSlot;

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        Zones zones = link.shared(Zones.class, Zones::new);
        zones.slot = lastSlot;
        for (Setting<List<Word>> line : http.own(zone)) {
            zone(line, zones, link);
        }
    }

    /** What is in the zones carries over to the next configuration, once this one has turned out to be right. */
    @Override
    public void finish(Scope http, Link link) {
        if (!link.isTesting()) {
            carried.clear();
            carried.putAll(link.shared(Zones.class, Zones::new).byName);
        }
    }

    private void zone(Setting<List<Word>> line, Zones zones, Link link) throws ConfigException {
        List<Word> words = line.value();
        Template key = link.template(words.getFirst());
        String name = "";
        long size = 0;
        long rate = 1000;
        for (Word word : words.subList(1, words.size())) {
            String text = word.text();
            if (text.startsWith("zone=")) {
                ZoneArgument argument = ZoneArgument.parse(text, line);
                name = argument.name();
                size = argument.sizeBytes();
            } else if (text.startsWith("rate=")) {
                rate = rate(text.substring(5), line);
            } else if (!text.equals("sync")) {
                throw line.error("invalid parameter \"%s\"", text);
            }
        }
        if (name.isEmpty()) {
            throw line.error("\"limit_req_zone\" must have \"zone\" parameter");
        }
        if (zones.byName.containsKey(name)) {
            throw line.error("limit_req_zone \"%s\" is already bound to key \"%s\"", name,
                    zones.byName.get(name).key());
        }
        @Nullable
        LimitReqZone before = carried.get(name);
        boolean same = before != null && before.key().equals(key.source()) && before.ratePerMille() == rate;
        zones.byName.put(name, same && before != null ? before : new LimitReqZone(name, key.source(), rate, size));
        zones.keys.put(name, key);
    }

    private static long rate(String text, Setting<?> line) throws ConfigException {
        int scale = text.endsWith("r/m") ? 60 : 1;
        String number = text.endsWith("r/m") || text.endsWith("r/s") ? text.substring(0, text.length() - 3) : text;
        long rate = number(number);
        if (rate <= 0) {
            throw line.error("invalid rate \"rate=%s\"", text);
        }
        return rate * 1000 / scale;
    }

    private static long number(String text) {
        try {
            return text.isEmpty() || text.charAt(0) == '-' || text.charAt(0) == '+' ? -1 : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        List<Setting<List<Word>>> lines = scope.all(limit);
        if (lines.isEmpty()) {
            return;
        }
        Zones zones = link.shared(Zones.class, Zones::new);
        List<LimitReqLimit> limits = new ArrayList<>();
        for (Setting<List<Word>> line : lines) {
            LimitReqLimit made = limit(line, zones);
            for (LimitReqLimit other : limits) {
                if (other.zone() == made.zone()) {
                    throw line.error("\"limit_req\" directive is duplicate");
                }
            }
            limits.add(made);
        }
        plan.on(Phase.PREACCESS,
                new LimitReqHandler(limits, scope.get(status), scope.get(level), scope.get(dryRun), zones.slot));
    }

    private static LimitReqLimit limit(Setting<List<Word>> line, Zones zones) throws ConfigException {
        String name = "";
        long burst = 0;
        long delay = 0;
        for (Word word : line.value()) {
            String text = word.text();
            if (text.startsWith("zone=")) {
                name = text.substring(5);
            } else if (text.startsWith("burst=")) {
                burst = number(text.substring(6));
                if (burst <= 0) {
                    throw line.error("invalid burst value \"%s\"", text);
                }
            } else if (text.startsWith("delay=")) {
                delay = number(text.substring(6));
                if (delay <= 0) {
                    throw line.error("invalid delay value \"%s\"", text);
                }
            } else if (text.equals("nodelay")) {
                delay = Long.MAX_VALUE / 1000;
            } else {
                throw line.error("invalid parameter \"%s\"", text);
            }
        }
        if (name.isEmpty()) {
            throw line.error("\"limit_req\" must have \"zone\" parameter");
        }
        LimitReqZone zone = zones.byName.get(name);
        Template key = zones.keys.get(name);
        if (zone == null || key == null) {
            throw line.error("zero size shared memory zone \"%s\"", name);
        }
        return new LimitReqLimit(zone, key, burst * 1000, delay * 1000, line.at().at());
    }
}
