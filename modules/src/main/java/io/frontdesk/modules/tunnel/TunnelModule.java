package io.frontdesk.modules.tunnel;

import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.TunnelDirectives;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamAddresses;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tunnel_pass}: a server that takes CONNECT. */
public final class TunnelModule extends HttpModule {
    /** nginx: without an argument, where the request line says. */
    private static final String USUAL = "$host:$request_port";

    private final Directive<List<Word>> pass = directive("tunnel_pass", words("[address]", 0, 1))
            .in(SERVER, LOCATION, LOCATION_IF).local()
            .doc("Where a client that sends CONNECT is connected to; where it wants, if this says nothing.");
    private final TunnelDirectives common = group(new TunnelDirectives("tunnel"));

    /** The module; one object per process. */
    public TunnelModule() {
        super("tunnel");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        Setting<List<Word>> line = passOf(scope);
        if (line == null || line.scope() != scope && plan.hasContent()) {
            return;
        }
        plan.allowConnect();
        plan.content(new TunnelHandler(plan(scope, line, link)));
    }

    /** The line that holds in a block: {@code if} and {@code limit_except} take that of the location around them. */
    private @Nullable Setting<List<Word>> passOf(Scope scope) {
        Scope s = scope;
        while (true) {
            List<Setting<List<Word>>> own = s.own(pass);
            if (!own.isEmpty()) {
                return own.getFirst();
            }
            Scope outer = s.parent();
            if (!Link.isImplicit(s) || outer == null) {
                return null;
            }
            s = outer;
        }
    }

    private TunnelPlan plan(Scope scope, Setting<List<Word>> line, Link link) throws ConfigException {
        Upstreams upstreams = link.shared(Upstreams.class, Upstreams::new);
        List<Word> words = line.value();
        Template template = words.isEmpty()
                ? link.template(USUAL, line.at().at())
                : link.template(words.getFirst());
        return template.isConstant()
                ? new TunnelPlan(common.compile(scope, link), upstreams, upstream(line, upstreams), null)
                : new TunnelPlan(common.compile(scope, link), upstreams, null, template);
    }

    private static Upstream upstream(Setting<List<Word>> line, Upstreams upstreams) throws ConfigException {
        String text = line.value().getFirst().text();
        try {
            UpstreamUrl url = UpstreamUrl.parse(text, false);
            if (url.port() == 0 && url.unixPath() == null && upstreams.named(url.hostText()) == null) {
                throw line.error("no port in upstream \"%s\"", text);
            }
            return UpstreamAddresses.find(url, 0, upstreams, line.at().at());
        } catch (UpstreamUrl.Malformed e) {
            throw line.error("%s in upstream \"%s\"", String.valueOf(e.getMessage()), text);
        }
    }
}
