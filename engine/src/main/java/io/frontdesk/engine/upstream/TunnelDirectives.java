package io.frontdesk.engine.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Word;
import io.frontdesk.engine.fault.LimitSource;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.connect.BindAddress;
import io.frontdesk.net.connect.ConnectOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The directives about a connection that nothing but bytes pass through: a group of the tunnel module. Control plane only. */
public final class TunnelDirectives extends Module {
    private static final long PAGE = 4096;

    private final String prefix;
    private final Directive<Long> connectTimeout;
    private final Directive<Long> sendTimeout;
    private final Directive<Long> readTimeout;
    private final Directive<Set<NextCondition>> nextUpstream;
    private final Directive<Integer> nextUpstreamTries;
    private final Directive<Long> nextUpstreamTimeout;
    private final Directive<List<Word>> bind;
    private final Directive<Boolean> socketKeepalive;

    /** Those of a module whose directives begin with {@code prefix} and an underscore. */
    public TunnelDirectives(String prefix) {
        super(prefix);
        this.prefix = prefix;
        connectTimeout = time("connect_timeout", "How long connecting may take.");
        sendTimeout = time("send_timeout", "How long a server may take nothing of what waits for it.");
        readTimeout = time("read_timeout", "How long nothing may pass in either direction.");
        nextUpstream = directive(name("next_upstream"), flags(NextCondition.class, conditions()))
                .in(HTTP, SERVER, LOCATION).joins(Shapes::union)
                .orElse(EnumSet.of(NextCondition.ERROR, NextCondition.TIMEOUT))
                .doc("When another server is connected to instead.");
        nextUpstreamTries = directive(name("next_upstream_tries"), number()).in(HTTP, SERVER, LOCATION).orElse(0)
                .doc("How many servers are tried at most; 0 for all.");
        nextUpstreamTimeout = directive(name("next_upstream_timeout"), millis()).in(HTTP, SERVER, LOCATION).orElse(0L)
                .doc("For how long other servers are tried; 0 for no limit.");
        bind = directive(name("bind"), words("address [transparent] | off", 1, 2)).in(HTTP, SERVER, LOCATION)
                .doc("The address that connections to servers come from.");
        socketKeepalive = directive(name("socket_keepalive"), Shapes.flag()).in(HTTP, SERVER, LOCATION).orElse(false)
                .doc("Whether TCP keep-alive is on for these connections.");
        unused("socket_rcvbuf", 0, "the system sizes the buffers of sockets.");
        unused("socket_sndbuf", 0, "the system sizes the buffers of sockets.");
        unused("send_lowat", 0, "Linux has no such mark.");
        unused("buffer_size", PAGE, "what is read at a time follows the socket.");
    }

    private String name(String rest) {
        return prefix + "_" + rest;
    }

    private Directive<Long> time(String rest, String doc) {
        return directive(name(rest), millis()).in(HTTP, SERVER, LOCATION).orElse(60_000L).doc(doc);
    }

    private void unused(String rest, long usual, String why) {
        directive(name(rest), size()).in(HTTP, SERVER, LOCATION).orElse(usual)
                .doc("Accepted without effect: " + why);
    }

    private static Map<String, NextCondition> conditions() {
        return new TreeMap<>(
                Map.of("error", NextCondition.ERROR, "timeout", NextCondition.TIMEOUT, "off", NextCondition.OFF));
    }

    /** Reads the settings of a location. */
    public UpstreamSettings compile(Scope scope, Link link) throws ConfigException {
        UpstreamSettings.Builder b = new UpstreamSettings.Builder();
        b.connecting = new ConnectOptions(scope.get(connectTimeout), null, scope.get(socketKeepalive), false);
        bind(scope, link, b);
        LimitSource head = new LimitSource(name("buffer_size"), "4k", null);
        b.limits = new UpstreamLimits(LimitSource.of(scope, connectTimeout, "60s"),
                LimitSource.of(scope, sendTimeout, "60s"), LimitSource.of(scope, readTimeout, "60s"), head);
        b.sendTimeoutMillis = scope.get(sendTimeout);
        b.readTimeoutMillis = scope.get(readTimeout);
        // Nothing was sent when connecting fails, so a method that must not be repeated is no reason to stop.
        int conditions = NextCondition.bits(scope.get(nextUpstream));
        b.nextUpstream = conditions == 0 ? 0 : conditions | NextCondition.NON_IDEMPOTENT.bit();
        b.nextTries = scope.get(nextUpstreamTries);
        b.nextTimeoutMillis = scope.get(nextUpstreamTimeout);
        return new UpstreamSettings(b);
    }

    private void bind(Scope scope, Link link, UpstreamSettings.Builder b) throws ConfigException {
        Setting<List<Word>> line = scope.find(bind);
        if (line == null) {
            return;
        }
        List<Word> words = line.value();
        String parameter = words.size() > 1 ? words.get(1).text() : null;
        Template value = link.template(words.getFirst());
        b.connecting = b.connecting.withTransparent("transparent".equals(parameter));
        if (!value.isConstant()) {
            b.bind = value;
            return;
        }
        switch (BindAddress.parse(words.getFirst().text(), parameter)) {
            case BindAddress.From from -> b.connecting = b.connecting.withLocal(from.address());
            case BindAddress.Any any -> {
            }
            case BindAddress.Refused refused -> throw line.error("%s", refused.reason());
        }
    }
}
