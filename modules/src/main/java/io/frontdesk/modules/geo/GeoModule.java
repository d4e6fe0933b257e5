package io.frontdesk.modules.geo;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Template;
import org.jspecify.annotations.Nullable;

/** Defines variables by tables of addresses. */
public final class GeoModule extends HttpModule {
    private final Directive<GeoBlock> geo = directive("geo", of("[$address] $variable", 1, 2, GeoReader::read)).in(HTTP)
            .raw()
            .doc("Defines a variable by an address: the client's, or the one in another variable. Each line of the "
                    + "block has a network and what the variable is for it; the smallest network that fits decides. "
                    + "`default` is for all else, `delete` takes a network back, `include` takes lines from a file. With "
                    + "`ranges` as the first line, there are ranges such as `10.0.0.1-10.0.0.9` instead of networks. "
                    + "`proxy` names trusted addresses, for which X-Forwarded-For says the client's; with "
                    + "`proxy_recursive` that goes on for trusted entries of it. With `volatile` the value is found "
                    + "anew at each use.");

    /** The module; one object per process. */
    public GeoModule() {
        super("geo");
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        for (Setting<GeoBlock> line : http.own(geo)) {
            GeoBlock block = line.value();
            Position at = line.at().at();
            String source = block.address();
            @Nullable
            Template address = source == null ? null : link.variable(source, at);
            int slot = block.isVolatile() ? -1 : link.variables().newSlot();
            link.define(block.variable(), at, new GeoVariable(slot, address, block, at));
        }
    }
}
