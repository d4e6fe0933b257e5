package io.frontdesk.engine.core;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LIMIT_EXCEPT;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.MAIN;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.block;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Context;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.file.TempFolders;
import io.frontdesk.engine.log.ErrorLogs;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.response.ErrorPage;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The blocks {@code http}, {@code server} and {@code location}, and what every location has. */
public final class CoreModule extends CoreDirectives {
    /** {@code http}. */
    public final Directive<Boolean> http = directive("http", block()).in(MAIN).opens(HTTP)
            .doc("The block of all that is about HTTP.");
    /** {@code server}. */
    public final Directive<Boolean> server = directive("server", block()).in(HTTP).opens(SERVER)
            .doc("A server: chosen by the address that a connection came to, and by the request's host.");
    /** {@code location}. */
    public final Directive<List<Word>> location = directive("location", words("[ = | ~ | ~* | ^~ ] uri", 1, 2))
            .opens(SERVER, LOCATION).opens(LOCATION, LOCATION)
            .doc("What holds for some URIs: an exact one, those with a prefix, or those that an expression matches.");
    /** {@code limit_except}. */
    public final Directive<List<Word>> limitExcept = directive("limit_except", words("method ...", 1, 32)).in(LOCATION)
            .opens(LIMIT_EXCEPT).local().doc("Access rules for all methods but the named ones; GET includes HEAD.");
    /** {@code listen}. */
    public final Directive<ListenLine> listen = directive("listen",
            of("address[:port] [parameters]", 1, 20, ListenArguments::parse)).in(SERVER).repeatable()
            .doc("An address and port, or the path of a Unix socket, that the server takes connections on.");
    /** {@code server_name}. */
    public final Directive<List<Word>> serverName = directive("server_name", words("name ...", 1, 10_000)).in(SERVER)
            .repeatable()
            .doc("The server's names: exact, with a leading or trailing asterisk, or an expression behind ~.");
    final Directive<String> root = directive("root", text()).in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .doc("The folder that the URI is looked up in.");
    final Directive<String> alias = directive("alias", text()).in(LOCATION).local()
            .doc("The folder that stands in the place of the location's prefix.");
    final Directive<List<Word>> errorPage = directive("error_page", words("code ... [=[response]] uri", 2, 100))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF).list().doc("The URI that answers for some statuses.");
    final Directive<Map<String, String>> types = directive("types", of("", 0, 0, TypesParser::parse))
            .in(HTTP, SERVER, LOCATION).raw().inherits().joins(TypesParser::join)
            .doc("Media types and the extensions of file names that stand for them.");
    final Directive<String> defaultType = directive("default_type", text()).in(HTTP, SERVER, LOCATION)
            .orElse("text/plain").doc("The media type of files whose extension has none.");
    /** {@code error_log}. */
    public final Directive<List<Word>> errorLog = directive("error_log",
            words("file [level] [format=text | json]", 1, 5))
            .in(MAIN, HTTP, SERVER, LOCATION).list()
            .doc("Where errors are logged, and from which level on; with `format=json` each line is an object "
                    + "that names the cause, one of those of errors.md.");
    private final FileDirectives files = group(new FileDirectives());

    /** The module; one object per process. */
    public CoreModule() {
        super("core");
        rules(new FileRules(this));
        rules(new LimitRules(this));
        rules(new LocationRules());
        rules(new RegexRules());
        rules(new ServerNameRules(this));
    }

    @Override
    public void variables(Variables variables) {
        CoreVariables.declare(variables);
    }

    /** What a location block matches. */
    public LocationPattern pattern(Setting<List<Word>> setting, Link link) throws ConfigException {
        return LocationParser.parse(setting, link);
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        ErrorLogs logs = link.shared(ErrorLogs.class, () -> new ErrorLogs(link.paths()));
        plan.core(new CoreSettings(this, scope, documentRoot(scope, link), errorPages(scope, link),
                logs.of(scope.all(errorLog)), mimeTypes(scope), files.access(scope, link),
                template(scope, limitRate, link),
                template(scope, limitRateAfter, link), TempFolders.of(link, scope.get(clientBodyTempPath)),
                earlyHints(scope, link)));
    }

    private List<Template> earlyHints(Scope scope, Link link) throws ConfigException {
        List<Template> values = new ArrayList<>();
        for (Setting<List<Word>> line : scope.all(earlyHints)) {
            for (Word word : line.value()) {
                values.add(link.template(word));
            }
        }
        return values;
    }

    /** The settings of a server's connections. */
    public ServerSettings serverSettings(Scope server) {
        RequestLimits limits = new RequestLimits(Math.toIntExact(server.get(clientHeaderBufferSize)),
                server.get(largeClientHeaderBuffers).count(),
                Math.toIntExact(server.get(largeClientHeaderBuffers).size()),
                server.get(maxHeaders), server.get(ignoreInvalidHeaders), server.get(underscoresInHeaders),
                server.get(mergeSlashes), false, true);
        return new ServerSettings(limits, server.get(clientHeaderTimeout));
    }

    private Template template(Scope scope, Directive<String> directive, Link link) throws ConfigException {
        @Nullable
        Setting<String> setting = scope.find(directive);
        return setting == null ? Template.constant("0") : link.template(setting.value(), setting.at().at());
    }

    private DocumentRoot documentRoot(Scope scope, Link link) throws ConfigException {
        for (Scope s = scope; s != null; s = s.parent()) {
            List<Setting<String>> own = s.own(alias);
            if (!own.isEmpty()) {
                return alias(s, own.getFirst(), link);
            }
            own = s.own(root);
            if (!own.isEmpty()) {
                Setting<String> setting = own.getFirst();
                String value = stripSlash(setting.value());
                return new DocumentRoot(folder(value, setting, link), link.paths().prefix(), false, 0, false,
                        setting.at().at());
            }
            if (s.context() == Context.HTTP) {
                break;
            }
        }
        return new DocumentRoot(Template.constant(link.paths().prefix() + "html"), link.paths().prefix(), false, 0,
                false, null);
    }

    private DocumentRoot alias(Scope scope, Setting<String> setting, Link link) throws ConfigException {
        // an inner location inherits the alias together with the prefix that it stands for
        LocationPattern pattern = link.patternOf(scope);
        if (pattern.kind() == LocationPattern.Kind.NAMED) {
            throw setting.error("the \"alias\" directive cannot be used inside the named location");
        }
        boolean whole = pattern.isRegex();
        return new DocumentRoot(folder(setting.value(), setting, link), link.paths().prefix(), true,
                pattern.text().length(), whole, setting.at().at());
    }

    private static Template folder(String value, Setting<?> setting, Link link) throws ConfigException {
        Template template = link.template(value, setting.at().at());
        // root /; leaves nothing before the URI
        return template.isConstant() && !value.isEmpty()
                ? Template.constant(link.paths().underPrefix(value))
                : template;
    }

    private static String stripSlash(String path) {
        return path.endsWith("/") && path.length() > 0 ? path.substring(0, path.length() - 1) : path;
    }

    private MimeTypes mimeTypes(Scope scope) {
        @Nullable
        Setting<Map<String, String>> setting = scope.find(types);
        return new MimeTypes(setting == null ? TypesParser.USUAL : setting.value(), scope.get(defaultType));
    }

    private List<ErrorPage> errorPages(Scope scope, Link link) throws ConfigException {
        List<ErrorPage> pages = new ArrayList<>();
        for (Setting<List<Word>> line : scope.all(errorPage)) {
            ErrorPageParser.parse(line, link, pages);
        }
        return pages;
    }
}
