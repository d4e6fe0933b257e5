package io.frontdesk.engine.upstream;

import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of requests to upstreams, compiled: those that are set, and the names of those that do not pass. What frames the body is not
 * up to the configuration: such a line only says whether there may be a field. Immutable, shared by all loops.
 *
 * @param host       the value of Host, or null for {@code $proxy_host}
 * @param hostAt     the line that says so, or null
 * @param set        all that is set besides
 * @param replaced   fields of the client's request that do not pass
 * @param hasLength  whether Content-Length may be sent
 */
public record RequestHeaders(@Nullable Template host, @Nullable Position hostAt, SetHeader[] set, HiddenFields replaced,
        boolean hasLength) {
    /** Fields about the client's own connection, and those that we make ourselves. */
    private static final List<String> OURS = List.of("Host", "Connection", "Proxy-Connection", "Content-Length",
            "Transfer-Encoding", "TE", "Keep-Alive", "Expect", "Upgrade", "Trailer");

    /** nginx: the cache judges conditions and ranges itself, and has conditions of its own. */
    private static void cached(Scope scope, Link link, Set<String> names, List<SetHeader> set)
            throws ConfigException {
        Position at = scope.statement().at();
        if (isNew(names, "If-Modified-Since")) {
            set.add(new SetHeader("If-Modified-Since", link.template("$upstream_cache_last_modified", at), at));
        }
        if (isNew(names, "If-None-Match")) {
            set.add(new SetHeader("If-None-Match", link.template("$upstream_cache_etag", at), at));
        }
        names.addAll(List.of("If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "If-Match", "Range",
                "If-Range"));
    }

    private static boolean isNew(Set<String> names, String name) {
        return names.stream().noneMatch(name::equalsIgnoreCase);
    }

    /** Reads the lines of a directive that hold in a location; {@code cached}: for those whose answers a cache may keep. */
    public static RequestHeaders compile(Scope scope, Directive<HeaderLine> lines, boolean cached, Link link)
            throws ConfigException {
        @Nullable
        Template host = null;
        @Nullable
        Position hostAt = null;
        boolean hasLength = true;
        List<SetHeader> set = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>(OURS);
        for (Setting<HeaderLine> line : scope.all(lines)) {
            String name = line.value().name();
            Template value = link.template(line.value().value(), line.at().at());
            names.add(name);
            switch (name.toLowerCase(Locale.ROOT)) {
                case "host" -> {
                    host = value;
                    hostAt = line.at().at();
                }
                case "content-length" -> hasLength = !value.isEmptyConstant();
                case "transfer-encoding" -> {
                }
                default -> {
                    if (!value.isEmptyConstant() && FieldKey.isValid(name)) {
                        set.add(new SetHeader(name, value, line.at().at()));
                    }
                }
            }
        }
        if (cached) {
            cached(scope, link, names, set);
        }
        return new RequestHeaders(host, hostAt, set.toArray(new SetHeader[0]), new HiddenFields(names), hasLength);
    }

    /** Logs that a field is not sent: a value with CR, LF or NUL never reaches a header. */
    public static void dropped(Exchange ex, byte[] name) {
        ex.log(FaultKind.INVALID_VALUE, Severity.ERROR,
                "the value of \"" + new String(name, StandardCharsets.ISO_8859_1)
                        + "\" holds a line break or a NUL, so that the field is not sent"
                        + " while sending request to upstream");
    }
}
