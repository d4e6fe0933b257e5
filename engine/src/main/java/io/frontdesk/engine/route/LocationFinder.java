package io.frontdesk.engine.route;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.core.Redirects;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPlan;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.request.RequestUri;
import io.frontdesk.engine.trace.Trace;
import io.frontdesk.net.regex.RegexLimitException;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the location of an exchange by nginx's rules: an exact match ends the search; of the prefixes the longest is kept; unless it says
 * {@code ^~}, the regexes are tried in order, innermost level first; the first that matches wins, otherwise the prefix. Stateless.
 */
public final class LocationFinder {
    private LocationFinder() {}

    /** The FIND_LOCATION phase. */
    public static Outcome find(Exchange ex) {
        LocationPlan found;
        ex.locationFinal(false);
        Trace trace = ex.trace();
        LocationReport report = trace == null ? null : new LocationReport(ex.uri().path());
        try {
            found = search(ex, ex.server().locations(), ex.server().root(), report);
        } catch (RegexLimitException e) {
            ex.blame().log(FaultKind.REGEX_LIMIT,
                    "pcre2_match() failed: match limit exceeded on \"" + ex.uri().path() + "\"");
            return ex.finish(500);
        }
        if (trace != null && report != null) {
            report.tell(trace, found, ex);
        }
        if (found == null) {
            return redirectToSlash(ex);
        }
        LocationPlan except = found.exceptPlan();
        ex.location(except != null && !found.exceptsMethod(ex.method()) ? except : found);
        if (!ex.isInternal() && found.core().isInternal()) {
            return ex.finish(404);
        }
        long length = ex.request().contentLength();
        long max = found.core().clientMaxBodySize();
        if (length > 0 && max > 0 && length > max && !ex.body().isRead() && !ex.isSubrequest()) {
            ex.blame().log(FaultKind.BODY_TOO_LARGE, "client intended to send too large body: " + length + " bytes",
                    found.core().bodySizeLimit());
            ex.body().discardUnasked();
            return ex.finish(413);
        }
        return Outcome.NEXT;
    }

    /** The plan that a path leads to; {@code otherwise} when no location of the level fits; null when it wants its slash. */
    private static @Nullable LocationPlan search(Exchange ex, LocationTree level, LocationPlan otherwise,
            @Nullable LocationReport report) {
        if (level.isEmpty()) {
            return otherwise;
        }
        RequestUri uri = ex.uri();
        byte[] path = uri.pathBytes();
        int offset = uri.pathOffset();
        int length = uri.pathLength();
        LocationPlan exact = level.exact(path, offset, length);
        if (report != null) {
            report.level(level, exact, level.longestPrefix(path, offset, length));
        }
        if (exact != null) {
            ex.locationFinal(true);
            return exact;
        }
        LocationPlan prefix = level.longestPrefix(path, offset, length);
        if (prefix == null || prefix.pattern().text().length() != length) {
            LocationPlan slash = level.withSlash(path, offset, length);
            if (slash != null) {
                ex.location(slash);
                return null;
            }
        }
        LocationPlan best = otherwise;
        if (prefix != null) {
            LocationPlan inner = search(ex, prefix.nested(), prefix, report);
            if (inner == null || ex.isLocationFinal()) {
                return inner;
            }
            best = inner;
            if (prefix.pattern().kind() == LocationPattern.Kind.PREFIX_NO_REGEX) {
                if (report != null) {
                    report.untried(level.regexes(), 0, prefix);
                }
                return best;
            }
        }
        int tried = 0;
        for (LocationPlan regex : level.regexes()) {
            io.frontdesk.engine.variable.Pattern pattern = regex.pattern().regex();
            boolean matches = pattern != null && pattern.matches(ex, path, offset, length);
            tried++;
            if (report != null) {
                report.regex(regex, matches, ex);
            }
            if (matches) {
                if (report != null) {
                    report.untried(level.regexes(), tried, regex);
                }
                LocationPlan inner = search(ex, regex.nested(), regex, report);
                ex.locationFinal(true);
                return inner;
            }
        }
        return best;
    }

    private static Outcome redirectToSlash(Exchange ex) {
        Bytes target = ex.worker().takeScratch();
        try {
            Bytes path = Bytes.of(ex.location().pattern().text());
            UriEscape.URI.escape(path.array(), 0, path.length(), target);
            if (ex.uri().argsLength() > 0) {
                target.write((byte) '?');
                ex.uri().appendArgs(target);
            }
            Redirects.location(ex, target);
        } finally {
            ex.worker().giveBackScratch(target);
        }
        return ex.finish(301);
    }
}
