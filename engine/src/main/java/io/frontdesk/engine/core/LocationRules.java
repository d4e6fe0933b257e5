package io.frontdesk.engine.core;

import io.frontdesk.config.Context;
import io.frontdesk.config.LintLevel;
import io.frontdesk.config.LintRule;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Word;
import io.frontdesk.engine.lint.HttpRules;
import io.frontdesk.engine.lint.Linting;
import io.frontdesk.engine.lint.Place;
import io.frontdesk.engine.lint.RegexFacts;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPattern.Kind;
import io.frontdesk.net.regex.Regex;
import io.frontdesk.net.regex.RegexException;
import io.frontdesk.net.regex.RegexMatchException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What lint finds about the expressions of locations. */
final class LocationRules extends HttpRules {
    final LintRule unreachable = rule("location-unreachable", LintLevel.WARNING)
            .doc("""
                    A regex location that can never take a request: an expression before it matches all that it does, or all its paths begin with \
                    a `^~` location, which keeps expressions out. Reported only where that is certain.""");
    final LintRule unanchored = rule("location-unanchored", LintLevel.WARNING)
            .doc("""
                    A regex location that matches more than it says: a suffix such as `\\.php` without `$` at its end, or a plain path such as \
                    `/admin` with neither `^` nor `$`. Locations that only refuse are left alone.""");

    /** A dot and an extension, or several, and nothing behind it. */
    private static final Pattern OPEN_SUFFIX = Pattern
            .compile(
                    "(?:.*[^/])?\\\\\\.(?:[A-Za-z][A-Za-z0-9]{0,4}|\\((?:\\?:)?[A-Za-z0-9]{1,5}(?:\\|[A-Za-z0-9]{1,5})*\\))");
    private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9_-]{2,}(?:/[A-Za-z0-9_-]*)*");

    LocationRules() {
        super("core");
    }

    @Override
    public void check(Linting lint) {
        Map<Scope, List<Place>> levels = new LinkedHashMap<>();
        for (Place place : lint.places()) {
            Scope around = place.scope().parent();
            if (place.scope().context() == Context.LOCATION && around != null) {
                levels.computeIfAbsent(around, scope -> new ArrayList<>()).add(place);
            }
        }
        levels.values().forEach(level -> level(level, lint));
    }

    private void level(List<Place> level, Linting lint) {
        ShadowTable before = new ShadowTable(level);
        for (Place place : level) {
            LocationPattern pattern = place.pattern();
            if (!pattern.isRegex()) {
                continue;
            }
            RegexFacts facts = RegexFacts.of(pattern.text(), pattern.kind() == Kind.REGEX_CASELESS);
            Place shadow = before.of(pattern, facts);
            if (shadow != null) {
                shadowed(place, shadow, facts, lint);
            } else if (facts != null && !place.refuses()) {
                anchors(place, facts, lint);
            }
            before.add(place, facts);
        }
    }

    private void shadowed(Place place, Place shadow, @Nullable RegexFacts facts, Linting lint) {
        String by = "location " + shadow.pattern() + " (" + Linting.place(shadow.scope().statement()) + ")";
        String uri = facts == null ? null : sample(facts, shadow);
        String how = shadow.pattern().isRegex()
                ? "is tried before it and matches all that it does"
                : "keeps expressions out of all paths that it could match";
        lint.report(unreachable, word(place), "this location never takes a request: " + by + " " + how,
                uri == null ? "all its requests go to " + by : "the URI " + uri + " goes to " + by,
                shadow.pattern().isRegex()
                        ? "put it before " + Linting.place(shadow.scope().statement()) + ", or remove it"
                        : "a location inside of " + shadow.pattern() + ", or that one without ^~");
    }

    private static @Nullable String sample(RegexFacts facts, Place shadow) {
        String text = facts.sample();
        if (text == null) {
            return null;
        }
        String uri = text.startsWith("/") ? text : facts.starts() ? null : "/a" + text;
        if (uri == null || !matches(facts.text(), facts.caseless(), uri)) {
            return null;
        }
        LocationPattern pattern = shadow.pattern();
        boolean taken = pattern.isRegex()
                ? matches(pattern.text(), pattern.kind() == Kind.REGEX_CASELESS, uri)
                : uri.startsWith(pattern.text());
        return taken ? uri : null;
    }

    private void anchors(Place place, RegexFacts facts, Linting lint) {
        String text = facts.text();
        String uri = null;
        String instead = null;
        if (!facts.ends() && OPEN_SUFFIX.matcher(text).matches()) {
            uri = extended(facts, ".txt");
            instead = "location " + operator(place) + text + "$";
        } else if (!facts.starts() && !facts.ends() && PLAIN_PATH.matcher(text).matches()) {
            uri = "/other" + text + "-old";
            instead = "location ^~ " + text + ", or the expression ^" + text + "(/|$)";
        }
        if (uri == null || instead == null || !matches(text, facts.caseless(), uri)) {
            return;
        }
        lint.report(unanchored, word(place),
                "the expression " + text + " has no end"
                        + (facts.starts() ? "" : facts.ends() ? "" : " and no beginning"),
                "the URI " + uri + " is taken by this location too", instead);
    }

    private static String operator(Place place) {
        String text = place.pattern().toString();
        return text.startsWith("~* ") ? "~* " : "~ ";
    }

    private static @Nullable String extended(RegexFacts facts, String more) {
        String sample = facts.sample();
        return sample == null ? null : (sample.startsWith("/") ? "" : "/a") + sample + more;
    }

    private static boolean matches(String text, boolean caseless, String uri) {
        try {
            return Regex.compile(text, caseless).matches(uri);
        } catch (RegexException | RegexMatchException e) {
            return false;
        }
    }

    private static Word word(Place place) {
        return Objects.requireNonNull(place.scope().statement().args().getLast());
    }
}
