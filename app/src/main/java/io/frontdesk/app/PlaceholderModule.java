package io.frontdesk.app;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.Directive;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpModule;
import java.util.List;

/**
 * Directives that nginx.conf files hold whether or not they use the feature, so that they parse before the feature is there. The feature's
 * own module takes its line from here.
 */
final class PlaceholderModule extends HttpModule {
    final Directive<List<Word>> fastcgiTempPath = tempPath("fastcgi_temp_path");
    final Directive<List<Word>> uwsgiTempPath = tempPath("uwsgi_temp_path");
    final Directive<List<Word>> scgiTempPath = tempPath("scgi_temp_path");

    PlaceholderModule() {
        super("placeholder");
    }

    private Directive<List<Word>> tempPath(String name) {
        return directive(name, words("path [level1 [level2 [level3]]]", 1, 4)).in(HTTP, SERVER, LOCATION)
                .doc("Accepted without effect.");
    }
}
