package io.frontdesk.engine.plan;

import io.frontdesk.config.Position;
import io.frontdesk.engine.core.ServerSettings;
import io.frontdesk.engine.route.LocationTree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server block, compiled. Immutable once the snapshot stands, and shared by all loops. */
public final class ServerPlan {
    private final String name;
    private final Position at;
    private final ServerSettings settings;
    private final LocationPlan root;
    private final LocationTree locations;
    private final Map<String, LocationPlan> named;
    private final List<LocationPlan> all;
    private final boolean allowsConnect;
    private final Map<Class<?>, Object> attachments;

    ServerPlan(Builder builder, LocationPlan root, LocationTree locations, Map<String, LocationPlan> named,
            List<LocationPlan> all) {
        this.name = builder.name;
        this.at = builder.at;
        this.settings = builder.settings;
        this.root = root;
        this.locations = locations;
        this.named = Map.copyOf(named);
        this.all = List.copyOf(all);
        this.allowsConnect = all.stream().anyMatch(LocationPlan::allowsConnect);
        this.attachments = Map.copyOf(builder.attachments);
    }

    /** What a module keeps with the server, or null: not for every request. */
    public <T> @Nullable T attachment(Class<T> type) {
        return type.cast(attachments.get(type));
    }

    /** Its first name ({@code $server_name}); empty when it has none. */
    public String name() {
        return name;
    }

    /** Where it stands. */
    public Position at() {
        return at;
    }

    /** Limits and manners of its connections. */
    public ServerSettings settings() {
        return settings;
    }

    /** Its own plan: in force until a location was found, and when none fits. */
    public LocationPlan root() {
        return root;
    }

    /** Its locations. */
    public LocationTree locations() {
        return locations;
    }

    /** A named location by its name with the {@code @}, or null. */
    public @Nullable LocationPlan named(String at) {
        return named.get(at);
    }

    /** Whether any of its locations answers CONNECT: nginx refuses the method on all other servers. */
    public boolean allowsConnect() {
        return allowsConnect;
    }

    /** Each plan of the server: its own, all locations at any depth, and the implicit ones. */
    public List<LocationPlan> plans() {
        return all;
    }

    /** What the modules put together for one server while a configuration is compiled. */
    public static final class Builder {
        private final Position at;
        private final ServerSettings settings;
        private String name;
        private final Map<Class<?>, Object> attachments = new HashMap<>();

        Builder(String name, Position at, ServerSettings settings) {
            this.name = name;
            this.at = at;
            this.settings = settings;
        }

        /** Changes the first name: a {@code $hostname} is known late. */
        public void name(String value) {
            name = value;
        }

        /** What a module before this one keeps with the server, or null. */
        public <T> @Nullable T attachment(Class<T> type) {
            return type.cast(attachments.get(type));
        }

        /** Keeps something of a module with the server being compiled. */
        public <T> void attach(Class<T> type, T value) {
            attachments.put(type, value);
        }
    }
}
