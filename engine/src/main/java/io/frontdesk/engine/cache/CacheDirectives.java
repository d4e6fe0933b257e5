package io.frontdesk.engine.cache;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.offset;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.codec.http.Method;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Numbers;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Template;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The directives about caches that proxy and its kin share but for their prefix. Control plane only. */
public final class CacheDirectives extends Module {
    private static final Set<Integer> USUAL_STATUSES = Set.of(200, 301, 302);

    private final String prefix;
    private final Directive<List<Word>> path;
    private final Directive<String> cache;
    private final Directive<String> key;
    private final Directive<List<Word>> valid;
    private final Directive<Set<Method>> methods;
    private final Directive<Integer> minUses;
    private final Directive<List<Word>> bypass;
    private final Directive<List<Word>> noCache;
    private final Directive<Set<NextCondition>> useStale;
    private final Directive<Boolean> revalidate;
    private final Directive<Boolean> convertHead;
    private final Directive<Boolean> backgroundUpdate;
    private final Directive<Boolean> lock;
    private final Directive<Long> lockTimeout;
    private final Directive<Long> lockAge;
    private final Directive<Long> maxRangeOffset;
    private final Directive<List<Word>> purge;

    /** Those of a module whose directives begin with {@code prefix} and an underscore. */
    public CacheDirectives(String prefix) {
        super(prefix);
        this.prefix = prefix;
        path = directive(name("path"),
                words("path [levels=levels] keys_zone=name:size [max_size=size] [inactive=time] ...",
                        2, Integer.MAX_VALUE))
                .in(HTTP).list()
                .doc("A cache: its folder, and the name by which locations use it. What comes is written beside where it "
                        + "is kept, whatever `use_temp_path` says.");
        cache = directive(name(""), text("zone | off")).in(HTTP, SERVER, LOCATION)
                .doc("The cache that answers, and keeps what the server says.");
        key = directive(name("key"), text()).in(HTTP, SERVER, LOCATION)
                .doc("What tells responses apart; where nothing is said `$host$scheme$proxy_host` and the URI that a "
                        + "server is asked for.");
        valid = directive(name("valid"), words("[code ...] time", 1, Integer.MAX_VALUE)).in(HTTP, SERVER, LOCATION)
                .list().doc("For how long responses are kept that do not say so themselves.");
        methods = directive(name("methods"), flags(Method.class, methodNames())).in(HTTP, SERVER, LOCATION)
                .joins(Shapes::union).orElse(EnumSet.of(Method.GET, Method.HEAD))
                .doc("The methods of requests that are cached; GET and HEAD always are.");
        minUses = directive(name("min_uses"), integer(1)).in(HTTP, SERVER, LOCATION).orElse(1)
                .doc("From which request on a response is kept.");
        bypass = directive(name("bypass"), words("condition ...", 1, Integer.MAX_VALUE)).in(HTTP, SERVER, LOCATION)
                .list().doc("When one of these is neither empty nor 0, the server answers.");
        noCache = directive(prefix + "_no_cache", words("condition ...", 1, Integer.MAX_VALUE))
                .in(HTTP, SERVER, LOCATION).list()
                .doc("When one of these is neither empty nor 0, the response is not kept.");
        useStale = directive(name("use_stale"), flags(NextCondition.class)).in(HTTP, SERVER, LOCATION)
                .joins(Shapes::union).orElse(EnumSet.noneOf(NextCondition.class))
                .doc("When a response that is too old answers all the same.");
        revalidate = directive(name("revalidate"), flag()).in(HTTP, SERVER, LOCATION).orElse(false)
                .doc("Whether a server is asked if what is too old has changed.");
        convertHead = directive(name("convert_head"), flag()).in(HTTP, SERVER, LOCATION).orElse(true)
                .doc("Whether a HEAD is passed on as a GET, so that there is something to keep.");
        backgroundUpdate = directive(name("background_update"), flag()).in(HTTP, SERVER, LOCATION).orElse(false)
                .doc("Whether a request in the background renews what is too old while it answers all the same.");
        lock = directive(name("lock"), flag()).in(HTTP, SERVER, LOCATION).orElse(false)
                .doc("Whether, of several requests for what is not kept yet, one asks the server and the others wait.");
        lockTimeout = directive(name("lock_timeout"), millis()).in(HTTP, SERVER, LOCATION).orElse(5000L)
                .doc("For how long they wait: then they ask the server, and what it says is not kept.");
        lockAge = directive(name("lock_age"), millis()).in(HTTP, SERVER, LOCATION).orElse(5000L)
                .doc("After what time another one may ask the server.");
        maxRangeOffset = directive(name("max_range_offset"), offset()).in(HTTP, SERVER, LOCATION)
                .doc("From which offset on a range passes to the server, and what it says is not kept.");
        purge = directive(name("purge"), words("condition ...", 1, Integer.MAX_VALUE)).in(HTTP, SERVER, LOCATION)
                .list()
                .doc("When one of these is neither empty nor 0, what is kept under the key is forgotten, or under "
                        + "all keys that begin so when it ends with `*`; the answer is 204, or 404 when there was none.");
    }

    private String name(String rest) {
        return prefix + "_cache" + (rest.isEmpty() ? "" : "_" + rest);
    }

    private static Map<String, Method> methodNames() {
        Map<String, Method> names = new LinkedHashMap<>();
        names.put("GET", Method.GET);
        names.put("HEAD", Method.HEAD);
        names.put("POST", Method.POST);
        return names;
    }

    /** Makes the caches of a configuration. */
    public void link(Scope http, Link link) throws ConfigException {
        for (Setting<List<Word>> line : http.all(path)) {
            CacheZones.of(link).add(line, link);
        }
    }

    /** Whether a location has a cache. */
    public boolean isOn(Scope scope) {
        Setting<String> line = scope.find(cache);
        return line != null && !line.value().equals("off");
    }

    /** Reads the settings of a location, null when it has no cache. */
    public @Nullable CacheSettings compile(Scope scope, Link link, int ignoredHeaders) throws ConfigException {
        Setting<String> line = scope.find(cache);
        if (line == null || line.value().equals("off")) {
            return null;
        }
        Map<String, CacheZone> zones = CacheZones.of(link).byName();
        Template zone = link.template(line.value(), line.at().at());
        if (zone.isConstant() && !zones.containsKey(line.value())) {
            throw line.error("\"%s\" zone \"%s\" is unknown", name(""), line.value());
        }
        Setting<String> own = scope.find(key);
        Template keyText = own == null
                ? link.template("$host$scheme$proxy_host", line.at().at())
                : link.template(own.value(), own.at().at());
        CacheSettings.Builder b = new CacheSettings.Builder(name(""), line.at().at(), zone, keyText);
        b.keyHasUri = own == null;
        b.zones = zones;
        b.valid = valid(scope);
        b.methods = EnumSet.of(Method.GET, Method.HEAD);
        b.methods.addAll(scope.get(methods));
        b.bypass = templates(scope, bypass, link);
        b.noCache = templates(scope, noCache, link);
        b.purge = templates(scope, purge, link);
        b.ignoredHeaders = ignoredHeaders;
        Setting<Long> offset = scope.find(maxRangeOffset);
        b.maxRangeOffset = offset == null ? CacheSettings.ANY_OFFSET : offset.value();
        b.minUses = scope.get(minUses);
        b.useStale = NextCondition.bits(scope.get(useStale));
        b.revalidates = scope.get(revalidate);
        b.convertsHead = scope.get(convertHead);
        b.updatesInBackground = scope.get(backgroundUpdate);
        b.locks = scope.get(lock);
        b.lockTimeoutMillis = scope.get(lockTimeout);
        b.lockAgeMillis = scope.get(lockAge);
        return new CacheSettings(b);
    }

    private static List<Template> templates(Scope scope, Directive<List<Word>> directive, Link link)
            throws ConfigException {
        List<Template> templates = new ArrayList<>();
        for (Setting<List<Word>> line : scope.all(directive)) {
            for (Word word : line.value()) {
                templates.add(link.template(word));
            }
        }
        return templates;
    }

    private List<CacheSettings.Valid> valid(Scope scope) throws ConfigException {
        List<CacheSettings.Valid> rules = new ArrayList<>();
        for (Setting<List<Word>> line : scope.all(valid)) {
            List<Word> words = line.value();
            long seconds = Times.seconds(words.getLast().text())
                    .orElseThrow(() -> line.error("invalid time value \"%s\"", words.getLast().text()));
            Set<Integer> statuses = new HashSet<>(words.size() == 1 ? USUAL_STATUSES : Set.of());
            boolean any = false;
            for (Word word : words.subList(0, words.size() - 1)) {
                if (word.is("any")) {
                    any = true;
                    continue;
                }
                long status = Numbers.parse(word.text()).orElse(0);
                if (status < 100 || status > 599) {
                    throw line.error("invalid status \"%s\"", word.text());
                }
                statuses.add((int) status);
            }
            rules.add(new CacheSettings.Valid(any ? Set.of() : statuses, seconds));
        }
        return rules;
    }
}
