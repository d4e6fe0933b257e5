package io.frontdesk.engine.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.worker.TempFolder;
import org.jspecify.annotations.Nullable;

/** The directives of the store: a part of {@link UpstreamDirectives}. Control plane only. */
final class StoreDirectives extends Module {
    private static final int OWNER = 0600;

    private final Directive<String> store;
    private final Directive<Integer> access;

    StoreDirectives(String prefix) {
        super(prefix);
        store = directive(prefix + "_store", text("on | off | string")).in(HTTP, SERVER, LOCATION)
                .doc("Whether, or under which name, answers of status 200 are kept as files.");
        access = directive(prefix + "_store_access", of("users:permissions ...", 1, 3, StoreDirectives::access,
                StoreDirectives::format)).in(HTTP, SERVER, LOCATION).orElse(OWNER)
                .doc("Who may read and write these files: `user:rw group:r all:r`.");
    }

    private static int access(Call call) throws ConfigException {
        int access = 0;
        for (Word word : call.args()) {
            String text = word.text();
            int colon = text.indexOf(':');
            int shift = colon < 0 ? -1 : switch (text.substring(0, colon)) {
                case "user" -> 6;
                case "group" -> 3;
                case "all" -> 0;
                default -> -1;
            };
            int right = colon < 0 ? -1 : switch (text.substring(colon + 1)) {
                case "r" -> 4;
                case "rw" -> 6;
                default -> -1;
            };
            if (shift < 0 || right < 0) {
                throw call.error("invalid value \"%s\"", text);
            }
            access |= right << shift;
        }
        return access | OWNER;
    }

    private static String format(int access) {
        String[] rights = {"", "", "", "", "r", "", "rw", "rw"};
        StringBuilder out = new StringBuilder("user:").append(rights[access >> 6 & 7]);
        if ((access & 070) != 0) {
            out.append(" group:").append(rights[access >> 3 & 7]);
        }
        if ((access & 7) != 0) {
            out.append(" all:").append(rights[access & 7]);
        }
        return out.toString();
    }

    @Nullable
    ResponseKeeper compile(Scope scope, Link link, TempFolder folder) throws ConfigException {
        Setting<String> line = scope.find(store);
        if (line == null || line.value().equals("off")) {
            return null;
        }
        return new ResponseStore(line.value().equals("on") ? null : link.template(line.value(), line.at().at()),
                scope.get(access), folder);
    }
}
