package io.frontdesk.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Pass 2's result: one block with typed values. Grows while it is checked, by one thread; does not change after, and
 * then any thread may read it.
 */
public final class Scope {

    private final Context context;
    private final @Nullable Scope parent;
    private final Statement statement;
    private final List<Setting<?>> entries = new ArrayList<>();
    private final Map<Directive<?>, List<Setting<?>>> settings = new HashMap<>();

    Scope(Context context, @Nullable Scope parent, Statement statement) {
        this.context = context;
        this.parent = parent;
        this.statement = statement;
    }

    /** What kind of block it is. */
    public Context context() {
        return context;
    }

    /** The block around it; null for the main one. */
    public @Nullable Scope parent() {
        return parent;
    }

    /** The block as written; for the main one a statement that nobody wrote. */
    public Statement statement() {
        return statement;
    }

    /**
     * The value that holds here: from this block, from an outer one if the directive inherits, or its default.
     *
     * @throws IllegalStateException
     *             if there is no line and no default, or the directive may have several lines
     */
    public <T> T get(Directive<T> directive) {
        Setting<T> found = find(directive);
        if (found != null) {
            return found.value();
        }
        T value = directive.defaultValue();
        if (value == null) {
            throw new IllegalStateException("no \"" + directive + "\" here, and it has no default: use find");
        }
        return value;
    }

    /**
     * The line that holds here, or null if there is none.
     *
     * @throws IllegalStateException
     *             if the directive may have several lines
     */
    public <T> @Nullable Setting<T> find(Directive<T> directive) {
        if (directive.inheritance().isRepeated()) {
            throw new IllegalStateException("\"" + directive + "\" may have several lines: use all or own");
        }
        List<Setting<T>> lines = all(directive);
        return lines.isEmpty() ? null : lines.getLast();
    }

    /** The lines that hold here: those of the nearest block that has any; of this one only if it does not inherit. */
    public <T> List<Setting<T>> all(Directive<T> directive) {
        Scope scope = this;
        while (scope != null) {
            List<Setting<T>> lines = scope.own(directive);
            if (!lines.isEmpty() || !directive.inheritance().reachesInward()) {
                return lines;
            }
            scope = scope.parent;
        }
        return List.of();
    }

    /** The lines of this block only. */
    @SuppressWarnings("unchecked") // add files each setting under its own directive
    public <T> List<Setting<T>> own(Directive<T> directive) {
        List<?> lines = settings.get(directive);
        return lines == null ? List.of() : Collections.unmodifiableList((List<Setting<T>>) lines);
    }

    /** This block's lines in source order. */
    public List<Setting<?>> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** The blocks that this directive opens in this one. */
    public List<Scope> blocks(Directive<?> directive) {
        return own(directive).stream().map(Setting::body).filter(Objects::nonNull).toList();
    }

    /** Whether this block is of that kind, or stands in one, at any depth. */
    public boolean isWithin(Context kind) {
        return nearest(kind) != null;
    }

    /**
     * The nearest block of that kind: this one or one around it.
     *
     * @throws IllegalStateException
     *             if there is none
     */
    public Scope ancestor(Context kind) {
        Scope found = nearest(kind);
        if (found == null) {
            throw new IllegalStateException("\"" + this + "\" does not stand in " + kind.label());
        }
        return found;
    }

    /** Adds a line; if it is joined to the one that was there, {@code joined} is what then holds. */
    <T> void add(Setting<T> setting, @Nullable Setting<T> joined) {
        entries.add(setting);
        var lines = settings.computeIfAbsent(setting.directive(), key -> new ArrayList<>());
        if (joined == null) {
            lines.add(setting);
        } else {
            lines.set(0, joined);
        }
    }

    private @Nullable Scope nearest(Context kind) {
        Scope scope = this;
        while (scope != null && scope.context != kind) {
            scope = scope.parent;
        }
        return scope;
    }

    @Override
    public String toString() {
        return statement.toString();
    }
}
