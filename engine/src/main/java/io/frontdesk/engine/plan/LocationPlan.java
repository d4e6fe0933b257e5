package io.frontdesk.engine.plan;

import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Position;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.route.LocationTree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that a location does, compiled: exactly the handlers and filters that it needs, in order. Immutable once the snapshot stands, and
 * shared by all loops.
 */
public final class LocationPlan {
    private final LocationPattern pattern;
    private final Position at;
    private final CoreSettings core;
    private final Handler[][] handlers;
    private final Filter[] filters;
    private final Map<Class<?>, Object> attachments;
    private final boolean autoRedirects;
    private final boolean allowsConnect;
    private final boolean ownContent;
    private LocationTree nested = LocationTree.EMPTY;
    private long exceptMethods;
    private int innerFilter;
    private int outerFilter;
    private boolean joinsSubrequests;
    private @Nullable LocationPlan exceptPlan;

    LocationPlan(LocationPattern pattern, Position at, CoreSettings core, Handler[][] handlers, Filter[] filters,
            Map<Class<?>, Object> attachments, boolean autoRedirects, boolean allowsConnect, boolean ownContent) {
        this.pattern = pattern;
        this.at = at;
        this.core = core;
        this.handlers = handlers;
        this.filters = filters;
        this.attachments = attachments;
        this.autoRedirects = autoRedirects;
        this.allowsConnect = allowsConnect;
        this.ownContent = ownContent;
    }

    /** The same without handlers and filters: for exchanges that are no client's. */
    public LocationPlan bare() {
        Handler[][] none = new Handler[handlers.length][0];
        return new LocationPlan(pattern, at, core, none, new Filter[0], attachments, false, false, true);
    }

    /** What it matches. */
    public LocationPattern pattern() {
        return pattern;
    }

    /** Where it stands. */
    public Position at() {
        return at;
    }

    /** Its core settings. */
    public CoreSettings core() {
        return core;
    }

    /** Its handlers for a phase; not to be changed. */
    public Handler[] handlers(Phase phase) {
        return handlers[phase.ordinal()];
    }

    /** Its filters in order; not to be changed. */
    public Filter[] filters() {
        return filters;
    }

    /** The index of the first filter that the response of a subrequest passes. */
    public int innerFilter() {
        return innerFilter;
    }

    /** The index behind the last filter that the response of a subrequest passes. */
    public int outerFilter() {
        return outerFilter;
    }

    /** The index of the filter where the output of subrequests joins that of the request, or -1. */
    public int jointFilter() {
        return joinsSubrequests ? outerFilter - 1 : -1;
    }

    /** Sets them, once, while the snapshot is compiled. */
    void joint(int inner, int outer, boolean joins) {
        innerFilter = inner;
        outerFilter = outer;
        joinsSubrequests = joins;
    }

    /** What a module attached, or null. */
    public <T> @Nullable T attachment(Class<T> type) {
        return type.cast(attachments.get(type));
    }

    /** Whether the path without its last slash is redirected to it. */
    public boolean redirectsToSlash() {
        return autoRedirects;
    }

    /** Whether it answers CONNECT. */
    boolean allowsConnect() {
        return allowsConnect;
    }

    /** Whether a line of its own says what answers (a proxy, say): files do otherwise. */
    public boolean hasOwnContent() {
        return ownContent;
    }

    /** The plan that holds for the methods that {@code limit_except} does not name, or null. */
    public @Nullable LocationPlan exceptPlan() {
        return exceptPlan;
    }

    /** Whether a method is one that {@code limit_except} names. */
    public boolean exceptsMethod(Method method) {
        return exceptPlan == null || (exceptMethods & 1L << method.ordinal()) != 0;
    }

    /** Sets what {@code limit_except} says, once, while the snapshot is compiled. */
    void except(long methods, LocationPlan plan) {
        exceptMethods = methods;
        exceptPlan = plan;
    }

    /** The locations inside it. */
    public LocationTree nested() {
        return nested;
    }

    /** Sets the locations inside it, once, while the snapshot is compiled. */
    void nested(LocationTree tree) {
        nested = tree;
    }
}
