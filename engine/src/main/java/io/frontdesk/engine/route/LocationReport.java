package io.frontdesk.engine.route;

import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPattern.Kind;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes down one search for a location, in the order in which nginx looks: exact and prefix locations of a level, those inside the longest
 * prefix, the expressions of the level. One search; loop of the exchange.
 */
final class LocationReport {
    private static final class Entry {
        final LocationPlan plan;
        String verdict;
        boolean leads;

        Entry(LocationPlan plan, String verdict) {
            this.plan = plan;
            this.verdict = verdict;
        }
    }

    private final String path;
    private final List<Entry> entries = new ArrayList<>();

    LocationReport(String path) {
        this.path = path;
    }

    /** The exact and prefix locations of a level: the one that is the path, and the longest that the path begins with. */
    void level(LocationTree level, @Nullable LocationPlan exact, @Nullable LocationPlan longest) {
        List<LocationPlan> plain = new ArrayList<>();
        for (LocationPlan plan : level.inOrder()) {
            if (!plan.pattern().isRegex() && plan.pattern().kind() != Kind.NAMED) {
                plain.add(plan);
            }
        }
        plain.sort(Comparator.comparing(plan -> plan.pattern().kind() != Kind.EXACT));
        for (LocationPlan plan : plain) {
            Entry entry = new Entry(plan, plainVerdict(plan.pattern(), exact, plan == longest));
            entry.leads = plan == exact || plan == longest && exact == null;
            entries.add(entry);
        }
    }

    private String plainVerdict(LocationPattern pattern, @Nullable LocationPlan exact, boolean isLongest) {
        if (pattern.kind() == Kind.EXACT) {
            return path.equals(pattern.text()) ? "wins: it is the path" : "loses: it is not the path";
        }
        if (!path.startsWith(pattern.text())) {
            return "loses: the path does not begin with it";
        }
        if (exact != null) {
            return "loses: the path begins with it, but an exact location is the path";
        }
        return isLongest ? "the longest prefix" : "loses: the path begins with it, but a longer one fits too";
    }

    /** An expression was tried. */
    void regex(LocationPlan plan, boolean matches, Exchange ex) {
        Entry entry = new Entry(plan, matches
                ? "wins: the first expression that matches" + ex.captures().describe()
                : "loses: it does not match");
        entry.leads = matches;
        entries.add(entry);
    }

    /** Expressions were not tried, as {@code winner} ends the search before. */
    void untried(LocationPlan[] regexes, int from, LocationPlan winner) {
        for (int i = from; i < regexes.length; i++) {
            entries.add(new Entry(regexes[i], winner.pattern().kind() == Kind.PREFIX_NO_REGEX
                    ? "loses: not tried, as " + winner.pattern() + " keeps expressions out"
                    : "loses: not tried, as an expression before it matches"));
        }
    }

    /** The search is over; null: the path wants its last slash. */
    void tell(Trace trace, @Nullable LocationPlan found, Exchange ex) {
        List<Trace.Candidate> all = new ArrayList<>();
        LocationPlan winner = found == null ? ex.location() : found;
        for (Entry entry : entries) {
            LocationPlan plan = entry.plan;
            String verdict = entry.verdict;
            if (plan == winner) {
                verdict = found == null
                        ? "wins: it is the path but for the last slash, to which the client is sent"
                        : verdict.startsWith("wins") ? verdict : "wins: the longest prefix that the path begins with";
            } else if (entry.leads) {
                verdict = holds(plan, winner)
                        ? "leads inward: " + verdict.replace("wins: ", "") + ", and a location inside it fits"
                        : "loses: the longest prefix, but " + winner.pattern() + " matches";
            }
            all.add(new Trace.Candidate(plan.pattern().toString(), plan.at(), verdict));
        }
        trace.considered(all);
        if (winner.pattern().kind() == Kind.SERVER) {
            trace.step("location", winner.at(), "no location fits " + path + ": the server's own lines hold");
        } else {
            trace.location(winner, winner.pattern() + " takes " + path);
        }
    }

    private static boolean holds(LocationPlan outer, LocationPlan inner) {
        for (LocationPlan plan : outer.nested().inOrder()) {
            if (plan == inner || holds(plan, inner)) {
                return true;
            }
        }
        return false;
    }
}
