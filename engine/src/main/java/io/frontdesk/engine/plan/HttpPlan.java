package io.frontdesk.engine.plan;

import io.frontdesk.config.Position;
import io.frontdesk.engine.core.CoreSettings;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.response.Filter;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.response.JoinFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the modules put together for one location while a configuration is compiled; {@link #freeze} makes the plan that runs. */
public final class HttpPlan {
    private final LocationPattern pattern;
    private final Position at;
    private final Map<Phase, List<Handler>> handlers = new EnumMap<>(Phase.class);
    private final Map<FilterStage, List<Filter>> filters = new EnumMap<>(FilterStage.class);
    private final Map<Class<?>, Object> attachments = new HashMap<>();
    private @Nullable CoreSettings core;
    private @Nullable Handler content;
    private boolean autoRedirects;
    private boolean allowsConnect;

    HttpPlan(LocationPattern pattern, Position at) {
        this.pattern = pattern;
        this.at = at;
    }

    /** What the location matches. */
    public LocationPattern pattern() {
        return pattern;
    }

    /** Adds a handler to a phase, behind those that are there. */
    public void on(Phase phase, Handler handler) {
        handlers.computeIfAbsent(phase, p -> new ArrayList<>()).add(handler);
    }

    /** Sets the handler that answers, alone (nginx: {@code clcf->handler}): proxy_pass, return, stub_status … */
    public void content(Handler handler) {
        content = handler;
    }

    /** Whether a content handler was set. */
    public boolean hasContent() {
        return content != null;
    }

    /** The content handler that was set, or null. */
    public @Nullable Handler contentHandler() {
        return content;
    }

    /** Adds a filter. */
    public void filter(FilterStage stage, Filter filter) {
        filters.computeIfAbsent(stage, p -> new ArrayList<>()).add(filter);
    }

    /** Says that responses of the location may have subrequests in them. */
    public void joinsSubrequests() {
        filters.put(FilterStage.SUBREQUESTS, List.of(JoinFilter.INSTANCE));
    }

    private int filtersBefore(FilterStage stage) {
        int count = 0;
        for (Map.Entry<FilterStage, List<Filter>> entry : filters.entrySet()) {
            if (entry.getKey().compareTo(stage) < 0) {
                count += entry.getValue().size();
            }
        }
        return count;
    }

    /** Says that a request without the location's last slash is redirected to it (proxy_pass and its kin). */
    public void autoRedirects() {
        autoRedirects = true;
    }

    /** Says that the method CONNECT is answered here; elsewhere no request with it comes to any location. */
    public void allowConnect() {
        allowsConnect = true;
    }

    /** Sets the core settings. */
    public void core(CoreSettings settings) {
        core = settings;
    }

    /** Keeps something of a module with the plan, found again by {@link LocationPlan#attachment}: for variables, not for hot paths. */
    public <T> void attach(Class<T> type, T value) {
        attachments.put(type, value);
    }

    /** The plan, which nothing changes any more. */
    LocationPlan freeze() {
        if (content != null) {
            handlers.put(Phase.CONTENT, List.of(content));
        }
        List<Filter> chain = new ArrayList<>();
        filters.values().forEach(chain::addAll);
        Handler[][] byPhase = new Handler[Phase.values().length][];
        for (Phase phase : Phase.values()) {
            byPhase[phase.ordinal()] = handlers.getOrDefault(phase, Collections.emptyList()).toArray(new Handler[0]);
        }
        CoreSettings settings = core;
        if (settings == null) {
            throw new IllegalStateException("a plan without core settings");
        }
        LocationPlan plan = new LocationPlan(pattern, at, settings, byPhase, chain.toArray(new Filter[0]),
                Map.copyOf(attachments), autoRedirects, allowsConnect, content != null);
        plan.joint(filtersBefore(FilterStage.GUNZIP), filtersBefore(FilterStage.GZIP),
                filters.containsKey(FilterStage.SUBREQUESTS));
        return plan;
    }
}
