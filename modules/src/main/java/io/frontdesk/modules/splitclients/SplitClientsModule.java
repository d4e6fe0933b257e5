package io.frontdesk.modules.splitclients;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;

/** Defines variables that have different values for shares of the clients. */
public final class SplitClientsModule extends HttpModule {
    private final Directive<SplitBlock> splitClients = directive("split_clients",
            of("string $variable", 2, 2, SplitBlock::parse)).in(HTTP).raw()
            .doc("Defines a variable by a hash of the string: each line of the block has a share, such as `0.5%`, "
                    + "and what the variable is for it; `*` is the rest.");

    /** The module; one object per process. */
    public SplitClientsModule() {
        super("split_clients");
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        for (Setting<SplitBlock> line : http.own(splitClients)) {
            SplitBlock block = line.value();
            Position at = line.at().at();
            link.define(block.variable(), at, new SplitVariable(link.variables().newSlot(),
                    link.template(block.source(), at), block, at));
        }
    }
}
