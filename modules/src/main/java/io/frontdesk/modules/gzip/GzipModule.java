package io.frontdesk.modules.gzip;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.bufs;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.config.Buffers;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.response.MediaTypes;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.engine.variable.Variables;
import io.frontdesk.modules.gzip.GzipSettings.Proxied;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compresses responses with gzip. */
public final class GzipModule extends HttpModule {
    private static final String MSIE6 = "MSIE [4-6]\\.";

    private final Directive<Boolean> gzip = directive("gzip", flag()).in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .orElse(false)
            .doc("Whether responses are compressed.");
    private final Directive<MediaTypes> types = directive("gzip_types", MediaTypes.shape("text/html"))
            .in(HTTP, SERVER, LOCATION).orElse(MediaTypes.of("text/html"), "text/html")
            .doc("The media types that are compressed, beside text/html.");
    private final Directive<Long> minLength = directive("gzip_min_length", size()).in(HTTP, SERVER, LOCATION)
            .orElse(20L)
            .doc("Responses that are known to be shorter are left alone.");
    private final Directive<Integer> level = directive("gzip_comp_level", integer(1, 9)).in(HTTP, SERVER, LOCATION)
            .orElse(1).doc("How hard it tries.");
    private final Directive<HttpVersion> version = directive("gzip_http_version",
            choice(new TreeMap<>(Map.of("1.0", HttpVersion.HTTP_1_0, "1.1", HttpVersion.HTTP_1_1))))
            .in(HTTP, SERVER, LOCATION)
            .orElse(HttpVersion.HTTP_1_1, "1.1").doc("The least version of a request that gets it.");
    private final Directive<Set<Proxied>> proxied = directive("gzip_proxied", flags(Proxied.class))
            .in(HTTP, SERVER, LOCATION).orElse(EnumSet.of(Proxied.OFF), "off")
            .doc("Which responses are compressed for requests that came by another proxy.");
    private final Directive<Boolean> vary = directive("gzip_vary", flag()).in(HTTP, SERVER, LOCATION).orElse(false)
            .doc("Whether `Vary: Accept-Encoding` is added.");
    private final Directive<List<Word>> disable = directive("gzip_disable", words("regex ...", 1, 100))
            .in(HTTP, SERVER, LOCATION).list().doc("User agents that get none.");
    private final Directive<Buffers> buffers = directive("gzip_buffers", bufs()).in(HTTP, SERVER, LOCATION)
            .orElse(new Buffers(32, 4096)).doc("Accepted; buffers are of our own size.");
    private final Directive<Long> window = directive("gzip_window", size()).in(HTTP, SERVER, LOCATION).orElse(32_768L)
            .doc("Accepted; the window is 32k.");
    private final Directive<Long> hash = directive("gzip_hash", size()).in(HTTP, SERVER, LOCATION).orElse(0L)
            .doc("Accepted without effect.");
    private final Directive<Long> postpone = directive("postpone_gzipping", size()).in(HTTP, SERVER, LOCATION)
            .orElse(0L)
            .doc("Accepted without effect.");
    private final Directive<Boolean> noBuffer = directive("gzip_no_buffer", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false)
            .doc("Accepted without effect.");
    private int slot;

    /** The module; one object per process. */
    public GzipModule() {
        super("gzip");
    }

    @Override
    public void variables(Variables variables) {
        int ratio = variables.newSlot();
        slot = ratio;
        variables.declare("gzip_ratio", "How many times smaller the response became.", (ex, out) -> {
            if (!(ex.slot(ratio) instanceof Deflation.Ratio r) || r.out == 0) {
                return false;
            }
            out.writeDecimal(r.in / r.out);
            out.write('.');
            out.writeDecimal((int) (r.in * 100 / r.out % 100), 2);
            return true;
        });
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        if (!scope.get(gzip)) {
            return;
        }
        List<Pattern> disabled = new ArrayList<>();
        for (Setting<List<Word>> line : scope.all(disable)) {
            for (Word word : line.value()) {
                disabled.add(link.pattern(word.is("msie6") ? MSIE6 : word.text(), true, word.at()));
            }
        }
        plan.filter(FilterStage.GZIP, new GzipFilter(new GzipSettings(scope.get(types), scope.get(minLength),
                scope.get(level), scope.get(version), scope.get(vary), scope.get(proxied), disabled), slot));
    }
}
