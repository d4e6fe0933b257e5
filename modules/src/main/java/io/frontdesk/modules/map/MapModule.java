package io.frontdesk.modules.map;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.size;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.Link;

/** Defines variables by tables of other values. */
public final class MapModule extends HttpModule {
    private final Directive<MapBlock> map = directive("map", of("string $variable", 2, 2, MapBlock::parse)).in(HTTP)
            .raw()
            .doc("Defines a variable: each line of the block has a value of the string, and what the variable is then. "
                    + "A key behind `~` or `~*` is an expression, tried in order when no exact key fits; `default` is "
                    + "for all else. With `hostnames`, keys may begin or end with an asterisk label; with `volatile`, "
                    + "the value is found anew at each use. `include` takes lines from a file; `\\` before a key takes "
                    + "its meaning away.");
    private final Directive<Long> mapHashMaxSize = directive("map_hash_max_size", size()).in(HTTP).orElse(2048L)
            .doc("Accepted; hashes size themselves.");
    private final Directive<Long> mapHashBucketSize = directive("map_hash_bucket_size", size()).in(HTTP).orElse(64L)
            .doc("Accepted; hashes size themselves.");

    /** The module; one object per process. */
    public MapModule() {
        super("map");
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        for (Setting<MapBlock> line : http.own(map)) {
            MapBlock block = line.value();
            link.define(block.name(), line.at().at(), block.variable(line.at().at(), link));
        }
    }
}
