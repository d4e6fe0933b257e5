package io.frontdesk.modules.charset;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.response.MediaTypes;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/** {@code charset} and its kin. */
public final class CharsetModule extends HttpModule {
    private static final MediaTypes USUAL = MediaTypes.of("text/html", "text/xml", "text/plain", "text/vnd.wap.wml",
            "application/javascript", "application/rss+xml");

    private final Directive<String> charset = directive("charset", text("charset | off"))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .doc("The charset that is named in the Content-Type. Where it is not that of `source_charset`, the text is "
                    + "recoded. It may be a variable.");
    private final Directive<String> sourceCharset = directive("source_charset", text("charset"))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF).doc("The charset that texts are in. It may be a variable.");
    private final Directive<Boolean> overrideCharset = directive("override_charset", flag())
            .in(HTTP, SERVER, LOCATION, LOCATION_IF).orElse(false)
            .doc("Whether responses of upstreams that name a charset are recoded.");
    private final Directive<MediaTypes> charsetTypes = directive("charset_types", MediaTypes.shape("text/html"))
            .in(HTTP, SERVER, LOCATION).orElse(USUAL).doc("The media types that get a charset.");
    private final Directive<CharsetMap> charsetMap = directive("charset_map",
            of("charset1 charset2", 2, 2, CharsetMap::parse)).in(HTTP).raw()
            .doc("A table between two charsets: in each line the code of a character in both, in hexadecimal.");

    /** The module; one object per process. */
    public CharsetModule() {
        super("charset");
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        Charsets charsets = charsets(link);
        for (Setting<CharsetMap> line : http.own(charsetMap)) {
            if (!charsets.add(line.value())) {
                throw line.error("duplicate \"charset_map\" between \"%s\" and \"%s\"", line.value().from(),
                        line.value().to());
            }
        }
        names(http, charsets);
    }

    /** All names must be known before the first location is compiled: an upstream may ask for any of them. */
    private void names(Scope scope, Charsets charsets) {
        for (Setting<?> line : scope.entries()) {
            if ((line.directive() == charset || line.directive() == sourceCharset)
                    && line.value() instanceof String name && !name.startsWith("$") && !name.equals("off")) {
                charsets.name(name);
            }
            Scope body = line.body();
            if (body != null) {
                names(body, charsets);
            }
        }
    }

    private static Charsets charsets(Link link) {
        return link.shared(Charsets.class, Charsets::new);
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        Charsets charsets = charsets(link);
        @Nullable
        Template target = name(scope.find(charset), true, link);
        @Nullable
        Template source = name(scope.find(sourceCharset), false, link);
        if (target == null && charsets.isEmpty()) {
            return;
        }
        if (target != null && source != null && target.isConstant() && source.isConstant()
                && !target.source().equalsIgnoreCase(source.source())
                && charsets.map(source.source(), target.source()) == null) {
            throw Link.error("no \"charset_map\" between the charsets \"" + source.source() + "\" and \""
                    + target.source() + "\"", scope.statement().at());
        }
        plan.filter(FilterStage.CHARSET, new CharsetFilter(charsets, target, source, scope.get(overrideCharset),
                scope.get(charsetTypes)));
    }

    private static @Nullable Template name(@Nullable Setting<String> line, boolean mayBeOff, Link link)
            throws ConfigException {
        if (line == null || mayBeOff && line.value().equals("off")) {
            return null;
        }
        if (line.value().startsWith("$")) {
            return link.template(line.value(), line.at().at());
        }
        return Template.constant(line.value());
    }
}
