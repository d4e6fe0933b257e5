package io.frontdesk.app;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.codec.Bytes;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Context;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.variable.Template;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Directives that nginx.conf files hold whether or not they use the feature, so that they parse before the feature is there. The feature's
 * own module takes its line from here.
 */
final class PlaceholderModule extends HttpModule {
    final Directive<List<Word>> proxyTempPath = tempPath("proxy_temp_path");
    final Directive<List<Word>> fastcgiTempPath = tempPath("fastcgi_temp_path");
    final Directive<List<Word>> uwsgiTempPath = tempPath("uwsgi_temp_path");
    final Directive<List<Word>> scgiTempPath = tempPath("scgi_temp_path");

    final Directive<List<Word>> accessLog = directive("access_log", words(1, 8)).in(HTTP, SERVER, LOCATION).list()
            .doc("Accepted without effect.");
    final Directive<List<Word>> returns = directive("return", words("code [text]", 1, 2)).in(SERVER, LOCATION)
            .repeatable().doc("Answers.");

    PlaceholderModule() {
        super("placeholder");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        for (Setting<List<Word>> line : scope.own(returns)) {
            int status = Integer.parseInt(line.value().getFirst().text());
            if (line.value().size() == 1) {
                plan.on(Phase.REWRITE, ex -> ex.finish(status));
                return;
            }
            Template text = link.template(line.value().get(1));
            plan.on(scope.context() == Context.SERVER ? Phase.SERVER_REWRITE : Phase.REWRITE, ex -> {
                Bytes out = ex.worker().takeScratch();
                text.append(ex, out);
                ByteBuf body = ex.worker().allocator().buffer(out.length()).writeBytes(out.array(), 0, out.length());
                ex.worker().giveBackScratch(out);
                ex.response().status(status);
                ex.response().contentType("text/plain");
                ex.response().contentLength(body.readableBytes());
                ex.responder().answer(body);
                return Outcome.ANSWERED;
            });
        }
    }

    private Directive<List<Word>> tempPath(String name) {
        return directive(name, words("path [level1 [level2 [level3]]]", 1, 4)).in(HTTP, SERVER, LOCATION)
                .doc("Accepted without effect.");
    }
}
