package io.frontdesk.engine.core;

import io.frontdesk.config.Context;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.Place;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPattern.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lint finds about {@code root} and {@code alias}. */
final class FileRules extends HttpRules {
    final LintRule traversal = rule("alias-traversal", LintLevel.ERROR)
            .doc("""
                    An `alias` that ends with a slash in a location that does not. What follows the location's text is put behind the folder, so \
                    `/img../` leads out of it: everything next to the folder can be read.""");
    final LintRule slash = rule("alias-slash", LintLevel.WARNING)
            .doc("""
                    An `alias` without a slash at its end in a location that has one: the name of the file is glued to the name of the folder.""");
    final LintRule rootInLocations = rule("root-in-locations", LintLevel.WARNING)
            .doc("""
                    A server whose `root` stands only inside some locations: all other URIs are looked up in the default folder, `html` under the \
                    prefix. Say `root` in the server, and in a location only what differs.""");

    private final CoreModule core;

    FileRules(CoreModule core) {
        super("core");
        this.core = core;
    }

    @Override
    public void check(Linting lint) {
        for (Place place : lint.places()) {
            place.scope().own(core.alias).forEach(line -> alias(place, line, lint));
        }
        for (Scope server : lint.servers()) {
            if (server.find(core.root) == null) {
                roots(server, lint.places().stream().filter(place -> place.server() == server).toList(), lint);
            }
        }
    }

    private void alias(Place place, Setting<String> line, Linting lint) {
        LocationPattern pattern = place.pattern();
        if (pattern.kind() != Kind.PREFIX && pattern.kind() != Kind.PREFIX_NO_REGEX) {
            return;
        }
        String location = pattern.text();
        String folder = line.value();
        Word word = line.at().args().getFirst();
        if (!location.endsWith("/") && folder.endsWith("/")) {
            String uri = location + "../secret";
            lint.report(traversal, word, "the alias ends with a slash, the location \"" + location + "\" does not",
                    "the URI " + uri + " is the file " + shown(place, uri) + ", which is outside of " + folder,
                    "location " + location + "/ { alias " + folder + "; }");
        } else if (location.endsWith("/") && !folder.endsWith("/")) {
            String uri = location + "a.png";
            lint.report(slash, word, "the location \"" + location + "\" ends with a slash, the alias does not",
                    "the URI " + uri + " is the file " + shown(place, uri), "alias " + folder + "/;");
        }
    }

    private static String shown(Place place, String uri) {
        String file = place.plan().core().root().map(uri);
        return file == null ? place.plan().core().root().template() + " and the rest behind it" : file;
    }

    private void roots(Scope server, List<Place> places, Linting lint) {
        Setting<String> first = null;
        List<Place> without = new ArrayList<>();
        for (Place place : places) {
            Scope scope = place.scope();
            if (first == null && scope.context() == Context.LOCATION && !scope.own(core.root).isEmpty()) {
                first = scope.own(core.root).getFirst();
            }
            if (fallsToDefault(place, server)) {
                without.add(place);
            }
        }
        if (first == null || without.isEmpty()) {
            return;
        }
        Place place = without.getFirst();
        String uri = sample(place);
        String what = place.scope() == server
                ? "URIs that no location takes have none"
                : "location " + place.pattern() + " (" + Linting.place(place.scope().statement()) + ") has none";
        lint.report(rootInLocations, first, "root is set only inside locations, and " + what,
                "the URI " + uri + " is the file " + shown(place, uri),
                "root in the server block, as the default of all");
    }

    /** Whether it serves files out of the folder that nobody named. */
    private boolean fallsToDefault(Place place, Scope server) {
        Scope scope = place.scope();
        boolean serves = scope == server && !coversAll(server) || scope.context() == Context.LOCATION;
        if (!serves || place.plan().hasOwnContent() || place.refuses() || hasRefusingServer(server)
                || place.says("error_page") || place.says("rewrite") || place.says("try_files")) {
            return false;
        }
        for (Scope s = scope; s != null && s != server.parent(); s = s.parent()) {
            if (!s.own(core.root).isEmpty() || !s.own(core.alias).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasRefusingServer(Scope server) {
        return server.entries().stream().anyMatch(line -> line.directive().name().equals("return"));
    }

    /** Whether some location takes each URI, so that the server's own plan takes none. */
    private boolean coversAll(Scope server) {
        for (Setting<List<Word>> line : server.own(core.location)) {
            String text = line.at().args().getLast().text();
            if (text.equals("/") || text.equals(".*") || text.equals("^/")) {
                return true;
            }
        }
        return false;
    }

    private static String sample(Place place) {
        LocationPattern pattern = place.pattern();
        @Nullable
        String text = switch (pattern.kind()) {
            case EXACT -> pattern.text();
            case PREFIX, PREFIX_NO_REGEX -> pattern.text() + (pattern.text().endsWith("/") ? "x.html" : "/x.html");
            default -> "/x.html";
        };
        return text;
    }
}
