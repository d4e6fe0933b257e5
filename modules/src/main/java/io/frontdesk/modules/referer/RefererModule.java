package io.frontdesk.modules.referer;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Context;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Variables;
import java.util.ArrayList;
import java.util.List;

/** Tells by the Referer field whether a request came from a page that is listed. */
public final class RefererModule extends HttpModule {
    private final CoreModule core;
    private final Directive<List<Word>> validReferers = directive("valid_referers",
            words("none | blocked | server_names | string ...", 1, Integer.MAX_VALUE)).in(SERVER, LOCATION).list()
            .doc("The values of Referer for which `$invalid_referer` is empty: `none` for no such field, `blocked` "
                    + "for one without http:// or https://, `server_names` for the server's names, names "
                    + "with or without an asterisk label at an end and with or without the beginning of a path, "
                    + "and expressions behind `~`, which see what follows the scheme.");
    private final Directive<Long> refererHashMaxSize = directive("referer_hash_max_size", size()).in(SERVER, LOCATION)
            .orElse(2048L).doc("Accepted; hashes size themselves.");
    private final Directive<Long> refererHashBucketSize = directive("referer_hash_bucket_size", size())
            .in(SERVER, LOCATION).orElse(64L).doc("Accepted; hashes size themselves.");

    /** The module; one object per process. */
    public RefererModule(CoreModule core) {
        super("referer");
        this.core = core;
    }

    @Override
    public void variables(Variables variables) {
        variables.declareChangeable("invalid_referer", "1 when Referer is not among `valid_referers`, otherwise empty.",
                (ex, out) -> {
                    ValidReferers valid = ex.location().attachment(ValidReferers.class);
                    if (valid != null && !valid.accepts(ex)) {
                        out.write('1');
                    }
                    return true;
                });
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        ValidReferers.Builder valid = new ValidReferers.Builder();
        List<Setting<List<Word>>> lines = scope.all(validReferers);
        for (Setting<List<Word>> line : lines) {
            for (Word word : line.value()) {
                if (word.is("server_names")) {
                    serverNames(scope.ancestor(Context.SERVER), valid, line);
                } else {
                    valid.add(word.text(), line.at().at());
                }
            }
        }
        if (!valid.hasRegexes()) {
            // nginx: the expressions of an outer block stay valid where an inner one has names only
            for (Word word : outerRegexes(scope)) {
                valid.add(word.text(), word.at());
            }
        }
        if (!lines.isEmpty()) {
            plan.attach(ValidReferers.class, valid.build());
        }
    }

    private void serverNames(Scope server, ValidReferers.Builder valid, Setting<?> line) throws ConfigException {
        List<Setting<List<Word>>> lines = server.own(core.serverName);
        if (lines.isEmpty()) {
            valid.addServerName("", line.at().at());
        }
        for (Setting<List<Word>> names : lines) {
            for (Word name : names.value()) {
                valid.addServerName(name.text(), line.at().at());
            }
        }
    }

    private List<Word> outerRegexes(Scope scope) {
        for (Scope s = scope; s != null; s = s.parent()) {
            List<Word> regexes = new ArrayList<>();
            for (Setting<List<Word>> line : s.own(validReferers)) {
                for (Word word : line.value()) {
                    if (word.text().startsWith("~")) {
                        regexes.add(word);
                    }
                }
            }
            if (!regexes.isEmpty()) {
                return regexes;
            }
        }
        return List.of();
    }
}
