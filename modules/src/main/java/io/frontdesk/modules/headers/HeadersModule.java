package io.frontdesk.modules.headers;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Context;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code add_header}, {@code add_trailer} and {@code expires}. */
public final class HeadersModule extends HttpModule {
    private final Directive<List<Word>> addHeader = directive("add_header",
            of("name value [always]", 2, 3, HeadersModule::parse)).in(HTTP, SERVER, LOCATION, LOCATION_IF).list()
            .doc("Adds a field to responses with status 200, 201, 204, 206, 301, 302, 303, 304, 307 or 308; with "
                    + "`always` to all. An empty value adds nothing. `ETag` and `Last-Modified` replace what is there.");
    private final Directive<Inherit> addHeaderInherit = directive("add_header_inherit", choice(Inherit.class))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF).orElse(Inherit.ON)
            .doc("Whether the fields of outer blocks are added: `on` where a block has none of its own, `merge` behind "
                    + "its own, `off` never.");
    private final Directive<List<Word>> addTrailer = directive("add_trailer",
            of("name value [always]", 2, 3, HeadersModule::parse)).in(HTTP, SERVER, LOCATION, LOCATION_IF).list()
            .doc("Adds a field behind the body of a response that is sent in chunks.");
    private final Directive<Inherit> addTrailerInherit = directive("add_trailer_inherit", choice(Inherit.class))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF).orElse(Inherit.ON)
            .doc("As `add_header_inherit`, for trailers.");
    private final Directive<List<Word>> expires = directive("expires",
            of("[modified] time | epoch | max | off", 1, 2, HeadersModule::parseExpires))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .doc("Sets Expires and Cache-Control: so long from now, or with `modified` from the entity's own time; "
                    + "`@15h30m` is the next such time of day; `epoch` and negative times say `no-cache`.");

    /** The module; one object per process. */
    public HeadersModule() {
        super("headers");
        rules(new HeaderRules(addHeader, addHeaderInherit));
    }

    /** {@code add_header_inherit}. */
    enum Inherit {
        /** Only the block's own. */
        OFF,
        /** The nearest block's. */
        ON,
        /** The block's own, and then those that the block around it has. */
        MERGE
    }

    private static List<Word> parse(Call call) throws ConfigException {
        if (call.args().size() == 3 && !call.text(2).equals("always")) {
            throw call.invalidParameter(call.args().get(2));
        }
        return call.args();
    }

    private static List<Word> parseExpires(Call call) throws ConfigException {
        boolean modified = call.args().size() == 2;
        if (modified && !call.text(0).equals("modified")) {
            throw call.directiveError("invalid value");
        }
        String value = call.args().getLast().text();
        try {
            if (value.indexOf('$') < 0) {
                Expires.parse(value, modified);
            }
        } catch (IllegalArgumentException e) {
            throw call.directiveError(String.valueOf(e.getMessage()));
        }
        return call.args();
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        AddedField[] headers = fields(lines(scope, addHeader, addHeaderInherit), link);
        AddedField[] trailers = fields(lines(scope, addTrailer, addTrailerInherit), link);
        Expires when = expires(scope, link);
        if (when != null || headers.length > 0 || trailers.length > 0) {
            plan.filter(FilterStage.HEADERS, new HeadersFilter(when, headers, trailers, at(scope)));
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the directive is one of the two, whose values are lists of words
    public <T> List<Setting<T>> inForce(Scope scope, Directive<T> directive) {
        if (directive == addHeader) {
            return (List<Setting<T>>) (List<?>) lines(scope, addHeader, addHeaderInherit);
        }
        if (directive == addTrailer) {
            return (List<Setting<T>>) (List<?>) lines(scope, addTrailer, addTrailerInherit);
        }
        return super.inForce(scope, directive);
    }

    private @Nullable Position at(Scope scope) {
        @Nullable
        Setting<List<Word>> line = scope.find(expires);
        return line == null ? null : line.at().at();
    }

    private static List<Setting<List<Word>>> lines(Scope scope, Directive<List<Word>> directive,
            Directive<Inherit> rule) {
        List<Setting<List<Word>>> own = scope.own(directive);
        Scope around = scope.parent();
        Inherit inherit = scope.get(rule);
        if (around == null || scope.context() == Context.HTTP || inherit == Inherit.OFF) {
            return own;
        }
        List<Setting<List<Word>>> outer = lines(around, directive, rule);
        if (own.isEmpty()) {
            return outer;
        }
        if (inherit == Inherit.ON) {
            return own;
        }
        List<Setting<List<Word>>> all = new ArrayList<>(own);
        all.addAll(outer);
        return all;
    }

    private static AddedField[] fields(List<Setting<List<Word>>> lines, Link link) throws ConfigException {
        List<AddedField> fields = new ArrayList<>();
        for (Setting<List<Word>> line : lines) {
            String name = line.value().getFirst().text();
            int id = FieldName.idOf(name);
            if (!FieldKey.isValid(name) || id == FieldName.CONTENT_LENGTH || id == FieldName.TRANSFER_ENCODING) {
                // one place decides about framing, and a name that is no token would break the head
                link.warn("the field \"" + name + "\" cannot be added, ignored", line.at().at());
                continue;
            }
            fields.add(new AddedField(FieldKey.of(name), id, link.template(line.value().get(1)),
                    line.value().size() == 3, line.at().at()));
        }
        return fields.toArray(new AddedField[0]);
    }

    private @Nullable Expires expires(Scope scope, Link link) throws ConfigException {
        @Nullable
        Setting<List<Word>> line = scope.find(expires);
        if (line == null) {
            return null;
        }
        boolean modified = line.value().size() == 2;
        Word value = line.value().getLast();
        if (value.text().indexOf('$') >= 0) {
            return new Expires.Varying(modified, link.template(value));
        }
        Expires.Fixed fixed = Expires.parse(value.text(), modified);
        return fixed.kind() == Expires.Kind.OFF ? null : fixed;
    }
}
