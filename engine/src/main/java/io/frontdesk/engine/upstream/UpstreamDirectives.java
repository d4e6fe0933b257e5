package io.frontdesk.engine.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Word;
import io.frontdesk.engine.cache.CacheDirectives;
import io.frontdesk.engine.fault.LimitSource;
import io.frontdesk.engine.fault.NextCondition;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.connect.BindAddress;
import io.frontdesk.net.connect.ConnectOptions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directives that proxy, fastcgi, uwsgi, scgi and grpc share but for their prefix: a group of each of these modules. Control plane
 * only.
 */
public final class UpstreamDirectives extends Module {
    private static final long PAGE = 4096;

    private final String prefix;
    private final Directive<Long> connectTimeout;
    private final Directive<Long> sendTimeout;
    private final Directive<Long> readTimeout;
    private final Directive<Set<NextCondition>> nextUpstream;
    private final Directive<Integer> nextUpstreamTries;
    private final Directive<Long> nextUpstreamTimeout;
    private final Directive<Long> bufferSize;
    private final Directive<Boolean> interceptErrors;
    private final Directive<List<Word>> bind;
    private final Directive<Boolean> socketKeepalive;
    private final Directive<String> hideHeader;
    private final Directive<String> passHeader;
    private final Directive<Set<IgnoredHeader>> ignoreHeaders;

    private final @Nullable RelayDirectives relay;

    /** Those of a module whose directives begin with {@code prefix} and an underscore. */
    public UpstreamDirectives(String prefix) {
        this(prefix, true);
    }

    /** Those of a module that passes requests and responses as they come, trailers and all. */
    public static UpstreamDirectives ofStreams(String prefix) {
        return new UpstreamDirectives(prefix, false);
    }

    private UpstreamDirectives(String prefix, boolean buffers) {
        super(prefix);
        this.prefix = prefix;
        connectTimeout = time("connect_timeout", "How long connecting to a server may take.");
        sendTimeout = time("send_timeout", "How long a server may take nothing of a request.");
        readTimeout = time("read_timeout", "How long a server may send nothing.");
        nextUpstream = directive(name("next_upstream"), flags(NextCondition.class)).in(HTTP, SERVER, LOCATION)
                .joins(Shapes::union).orElse(EnumSet.of(NextCondition.ERROR, NextCondition.TIMEOUT))
                .doc("When a request goes on to another server.");
        nextUpstreamTries = directive(name("next_upstream_tries"), number()).in(HTTP, SERVER, LOCATION).orElse(0)
                .doc("How many servers are tried at most; 0 for all.");
        nextUpstreamTimeout = directive(name("next_upstream_timeout"), millis()).in(HTTP, SERVER, LOCATION).orElse(0L)
                .doc("For how long other servers are tried; 0 for no limit.");
        bufferSize = directive(name("buffer_size"), size()).in(HTTP, SERVER, LOCATION).orElse(PAGE)
                .doc("The size that a response's head may have.");
        interceptErrors = flag("intercept_errors", false,
                "Whether `error_page` answers for statuses of a server, from 300 on.");
        bind = directive(name("bind"), words("address [transparent] | off", 1, 2)).in(HTTP, SERVER, LOCATION)
                .doc("The address that connections to servers come from.");
        socketKeepalive = flag("socket_keepalive", false, "Whether TCP keep-alive is on for these connections.");
        hideHeader = directive(name("hide_header"), text("field")).in(HTTP, SERVER, LOCATION).list()
                .doc("A field of responses that does not pass on to the client.");
        passHeader = directive(name("pass_header"), text("field")).in(HTTP, SERVER, LOCATION).list()
                .doc("A field that passes on although it is usually hidden.");
        ignoreHeaders = directive(name("ignore_headers"), flags(IgnoredHeader.class, ignorable()))
                .in(HTTP, SERVER, LOCATION).joins(Shapes::union).orElse(EnumSet.noneOf(IgnoredHeader.class))
                .doc("Fields of responses that are not obeyed.");
        relay = buffers ? group(new RelayDirectives(prefix)) : null;
    }

    private RelayDirectives relay() {
        RelayDirectives r = relay;
        if (r == null) {
            throw new IllegalStateException("nothing is buffered");
        }
        return r;
    }

    private String name(String rest) {
        return prefix + "_" + rest;
    }

    private Directive<Long> time(String rest, String doc) {
        return directive(name(rest), millis()).in(HTTP, SERVER, LOCATION).orElse(60_000L).doc(doc);
    }

    private Directive<Boolean> flag(String rest, boolean value, String doc) {
        return directive(name(rest), Shapes.flag()).in(HTTP, SERVER, LOCATION).orElse(value).doc(doc);
    }

    private static Map<String, IgnoredHeader> ignorable() {
        Map<String, IgnoredHeader> names = new LinkedHashMap<>();
        for (IgnoredHeader header : IgnoredHeader.values()) {
            names.put(header.field(), header);
        }
        return names;
    }

    /** The line by which requests of a block pass on: {@code if} and {@code limit_except} take that of the location around them. */
    public static @Nullable Setting<String> passOf(Scope scope, Directive<String> pass) {
        Scope s = scope;
        while (true) {
            List<Setting<String>> own = s.own(pass);
            if (!own.isEmpty()) {
                return own.getFirst();
            }
            Scope outer = s.parent();
            if (!Link.isImplicit(s) || outer == null) {
                return null;
            }
            s = outer;
        }
    }

    /** Whether a request's fields pass on. */
    public boolean passesRequestHeaders(Scope scope) {
        return relay().passesRequestHeaders(scope);
    }

    /** Whether a request's body is read whole before a server is asked. */
    public boolean buffersRequest(Scope scope) {
        return relay().buffersRequest(scope);
    }

    /** Reads the settings of a location; {@code hidden} are the fields that the protocol hides by itself. */
    public UpstreamSettings compile(Scope scope, Link link, List<String> hidden) throws ConfigException {
        return compile(scope, link, hidden, null);
    }

    /** The same for connections with TLS, as {@code tls} says; null for those in the clear. */
    public UpstreamSettings compile(Scope scope, Link link, List<String> hidden,
            UpstreamTlsDirectives.@Nullable Use tls) throws ConfigException {
        UpstreamSettings.Builder b = new UpstreamSettings.Builder();
        b.connecting = new ConnectOptions(scope.get(connectTimeout), null, scope.get(socketKeepalive), false);
        bind(scope, link, b);
        b.tls = tls == null ? null : tls.directives().compile(scope, link, tls.applications());
        b.limits = new UpstreamLimits(LimitSource.of(scope, connectTimeout, "60s"),
                LimitSource.of(scope, sendTimeout, "60s"), LimitSource.of(scope, readTimeout, "60s"),
                LimitSource.of(scope, bufferSize, "4k"));
        b.sendTimeoutMillis = scope.get(sendTimeout);
        b.readTimeoutMillis = scope.get(readTimeout);
        b.nextUpstream = NextCondition.bits(scope.get(nextUpstream));
        b.nextTries = scope.get(nextUpstreamTries);
        b.nextTimeoutMillis = scope.get(nextUpstreamTimeout);
        b.bufferSize = Math.toIntExact(scope.get(bufferSize));
        b.interceptsErrors = scope.get(interceptErrors);
        b.hidden = hidden(scope, hidden);
        for (IgnoredHeader header : scope.get(ignoreHeaders)) {
            b.ignoredHeaders |= 1 << header.ordinal();
        }
        if (relay == null) {
            b.buffersRequest = false;
            b.buffering = Buffering.OFF;
            b.passesTrailers = true;
        } else {
            relay.compile(scope, link, b);
        }
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
        if (parameter != null && parameter.equals("transparent")) {
            b.connecting = b.connecting.withTransparent(true);
        }
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

    /** The directives about caches. */
    public CacheDirectives cache() {
        return relay().cache();
    }

    /** {@code connect_timeout}. */
    public Directive<Long> connectTimeout() {
        return connectTimeout;
    }

    /** {@code read_timeout}. */
    public Directive<Long> readTimeout() {
        return readTimeout;
    }

    /** Whether every response is buffered, streams included. */
    public boolean buffersAll(Scope scope) {
        return relay().buffersAll(scope);
    }

    /** {@code buffering}. */
    public Directive<?> buffering() {
        return relay().buffering();
    }

    private HiddenFields hidden(Scope scope, List<String> usual) {
        Set<String> names = new LinkedHashSet<>();
        usual.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        scope.all(hideHeader).forEach(line -> names.add(line.value().toLowerCase(Locale.ROOT)));
        scope.all(passHeader).forEach(line -> names.remove(line.value().toLowerCase(Locale.ROOT)));
        return new HiddenFields(new ArrayList<>(names));
    }

}
