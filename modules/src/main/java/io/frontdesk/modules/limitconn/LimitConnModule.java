package io.frontdesk.modules.limitconn;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Numbers;
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

/** Limits how many requests of a key run at once: a request counts from its head to its end. */
public final class LimitConnModule extends HttpModule {
    private static final int MAX_LIMIT = 65_535;

    private final Directive<List<Word>> zone = directive("limit_conn_zone", words("key zone=name:size", 2, 2))
            .in(HTTP).repeatable().doc("A zone that counts, for each key, the requests that run.");
    private final Directive<List<Word>> limit = directive("limit_conn", words("zone number", 2, 2))
            .in(HTTP, SERVER, LOCATION).list()
            .doc("The zone that limits requests here, and how many of one key may run at once.");
    private final Directive<Integer> status = directive("limit_conn_status", integer(400, 599))
            .in(HTTP, SERVER, LOCATION)
            .orElse(503).doc("The status that answers a refused request.");
    private final Directive<Severity> level = directive("limit_conn_log_level",
            choice(new TreeMap<>(Map.of("info", Severity.INFO, "notice", Severity.NOTICE, "warn", Severity.WARN,
                    "error", Severity.ERROR))))
            .in(HTTP, SERVER, LOCATION).orElse(Severity.ERROR)
            .doc("The level that refusals are logged with.");
    private final Directive<Boolean> dryRun = directive("limit_conn_dry_run", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false).doc("Whether the limits are only counted and logged.");

    private final Map<String, LimitConnZone> carried = new HashMap<>();
    private int slot;

    /** A zone and the key that is counted in it. */
    private record Counted(LimitConnZone zone, Template key) {}

    private static final class Zones {
        final Map<String, Counted> byName = new HashMap<>();
    }

    /** The module; one object per process. */
    public LimitConnModule() {
        super("limit_conn");
    }

    @Override
    public void variables(Variables variables) {
        int mine = variables.newSlot();
        slot = mine;
        variables.declare("limit_conn_status",
                "What limit_conn made of the request: PASSED, REJECTED, or REJECTED_DRY_RUN.", (ex, out) -> {
                    Object value = ex.slot(mine);
                    if (value == null) {
                        return false;
                    }
                    out.write((String) value);
                    return true;
                });
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        Zones zones = link.shared(Zones.class, Zones::new);
        for (Setting<List<Word>> line : http.own(zone)) {
            zone(line, zones, link);
        }
    }

    /** What is counted carries over to the next configuration, once this one has turned out to be right. */
    @Override
    public void finish(Scope http, Link link) {
        if (!link.isTesting()) {
            carried.clear();
            link.shared(Zones.class, Zones::new).byName
                    .forEach((name, counted) -> carried.put(name, counted.zone()));
        }
    }

    private void zone(Setting<List<Word>> line, Zones zones, Link link) throws ConfigException {
        Template key = link.template(line.value().getFirst());
        String text = line.value().get(1).text();
        if (!text.startsWith("zone=")) {
            throw line.error("invalid parameter \"%s\"", text);
        }
        ZoneArgument argument = ZoneArgument.parse(text, line);
        String name = argument.name();
        if (name.isEmpty()) {
            throw line.error("\"limit_conn_zone\" must have \"zone\" parameter");
        }
        Counted other = zones.byName.get(name);
        if (other != null) {
            throw line.error("limit_conn_zone \"%s\" is already bound to key \"%s\"", name, other.key().source());
        }
        @Nullable
        LimitConnZone before = carried.get(name);
        zones.byName.put(name, new Counted(
                before != null && before.key().equals(key.source())
                        ? before
                        : new LimitConnZone(name, key.source(), argument.sizeBytes()),
                key));
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        List<Setting<List<Word>>> lines = scope.all(limit);
        if (lines.isEmpty()) {
            return;
        }
        Zones zones = link.shared(Zones.class, Zones::new);
        List<LimitConnHandler.Limit> limits = new ArrayList<>();
        for (Setting<List<Word>> line : lines) {
            LimitConnHandler.Limit made = limit(line, zones);
            for (LimitConnHandler.Limit other : limits) {
                if (other.zone() == made.zone()) {
                    throw line.error("\"limit_conn\" directive is duplicate");
                }
            }
            limits.add(made);
        }
        plan.on(Phase.PREACCESS,
                new LimitConnHandler(limits, scope.get(status), scope.get(level), scope.get(dryRun), slot));
    }

    private static LimitConnHandler.Limit limit(Setting<List<Word>> line, Zones zones) throws ConfigException {
        String name = line.value().getFirst().text();
        String text = line.value().get(1).text();
        long number = Numbers.parse(text).orElse(0);
        if (number <= 0) {
            throw line.error("invalid number of connections \"%s\"", text);
        }
        if (number > MAX_LIMIT) {
            throw line.error("connection limit must be less 65536");
        }
        Counted counted = zones.byName.get(name);
        if (counted == null) {
            throw line.error("zero size shared memory zone \"%s\"", name);
        }
        return new LimitConnHandler.Limit(counted.zone(), counted.key(), (int) number, line.at().at());
    }
}
