package io.frontdesk.engine.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.bufs;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.offset;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.Buffers;
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
import io.frontdesk.engine.file.TempFolders;
import io.frontdesk.engine.file.TempPath;
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
    private static final int PAGE = 4096;

    private final String prefix;
    private final Directive<Long> connectTimeout;
    private final Directive<Long> sendTimeout;
    private final Directive<Long> readTimeout;
    private final Directive<Set<NextCondition>> nextUpstream;
    private final Directive<Integer> nextUpstreamTries;
    private final Directive<Long> nextUpstreamTimeout;
    private final Directive<Buffering> buffering;
    private final Directive<Boolean> requestBuffering;
    private final Directive<Long> bufferSize;
    private final Directive<Buffers> buffers;
    private final Directive<Long> busyBuffersSize;
    private final Directive<Long> maxTempFileSize;
    private final Directive<Long> tempFileWriteSize;
    private final Directive<TempPath> tempPath;
    private final Directive<Boolean> ignoreClientAbort;
    private final Directive<Boolean> interceptErrors;
    private final Directive<Boolean> forceRanges;
    private final Directive<Boolean> passTrailers;
    private final Directive<String> limitRate;
    private final Directive<List<Word>> bind;
    private final Directive<Boolean> socketKeepalive;
    private final Directive<String> hideHeader;
    private final Directive<String> passHeader;
    private final Directive<Set<IgnoredHeader>> ignoreHeaders;
    private final Directive<Boolean> passRequestBody;
    private final Directive<Boolean> passRequestHeaders;
    private final StoreDirectives store;
    private final CacheDirectives cache;

    /** Those of a module whose directives begin with {@code prefix} and an underscore. */
    public UpstreamDirectives(String prefix) {
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
        buffering = directive(name("buffering"), Buffering.shape()).in(HTTP, SERVER, LOCATION).orElse(Buffering.ON)
                .doc("Whether a response is taken from the server faster than the client takes it: in memory, then in a "
                        + "file. `auto` (ours) does so unless the response is a stream.");
        requestBuffering = flag("request_buffering", true,
                "Whether a request's body is read whole before a server is asked.");
        bufferSize = directive(name("buffer_size"), size()).in(HTTP, SERVER, LOCATION).orElse((long) PAGE)
                .doc("The size that a response's head may have.");
        buffers = directive(name("buffers"), bufs()).in(HTTP, SERVER, LOCATION).orElse(new Buffers(8, PAGE))
                .doc("How much of a response waits in memory for a slow client: so many buffers of this size.");
        busyBuffersSize = directive(name("busy_buffers_size"), size()).in(HTTP, SERVER, LOCATION)
                .doc("Checked against the other sizes; what is sent at a time follows the socket.");
        maxTempFileSize = directive(name("max_temp_file_size"), offset()).in(HTTP, SERVER, LOCATION)
                .orElse(1L << 30).doc("How much of a response waits in a file; 0 for none.");
        tempFileWriteSize = directive(name("temp_file_write_size"), size()).in(HTTP, SERVER, LOCATION)
                .doc("Checked against the other sizes; what is written at a time follows the reads.");
        tempPath = directive(name("temp_path"), TempPath.shape()).in(HTTP, SERVER, LOCATION)
                .orElse(new TempPath(name("temp"), List.of()))
                .doc("The folder of these files, and how many digits name each level of folders below it.");
        ignoreClientAbort = flag("ignore_client_abort", false,
                "Whether a request to a server goes on when the client went away.");
        interceptErrors = flag("intercept_errors", false,
                "Whether `error_page` answers for statuses of a server, from 300 on.");
        forceRanges = flag("force_ranges", false, "Whether ranges are cut out of responses whatever they say.");
        passTrailers = flag("pass_trailers", false, "Whether trailer fields pass on to the client.");
        limitRate = directive(name("limit_rate"), text("rate")).in(HTTP, SERVER, LOCATION, LOCATION_IF)
                .doc("How many bytes of a response are read from a server in a second; 0 for no limit.");
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
        passRequestBody = flag("pass_request_body", true, "Whether a request's body passes on.");
        passRequestHeaders = flag("pass_request_headers", true, "Whether a request's fields pass on.");
        store = group(new StoreDirectives(prefix));
        cache = group(new CacheDirectives(prefix));
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

    /** Whether a request's fields pass on. */
    public boolean passesRequestHeaders(Scope scope) {
        return scope.get(passRequestHeaders);
    }

    /** Whether a request's body is read whole before a server is asked. */
    public boolean buffersRequest(Scope scope) {
        return scope.get(requestBuffering);
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
        b.buffersRequest = scope.get(requestBuffering);
        b.passesRequestBody = scope.get(passRequestBody);
        b.buffering = scope.get(buffering);
        sizes(scope, b);
        b.tempFolder = TempFolders.of(link, scope.get(tempPath));
        b.keeper = store.compile(scope, link, b.tempFolder);
        b.ignoresClientAbort = scope.get(ignoreClientAbort);
        b.interceptsErrors = scope.get(interceptErrors);
        b.forcesRanges = scope.get(forceRanges);
        b.passesTrailers = scope.get(passTrailers);
        Setting<String> rate = scope.find(limitRate);
        if (rate != null) {
            b.limitRate = link.template(rate.value(), rate.at().at());
        }
        b.hidden = hidden(scope, hidden);
        for (IgnoredHeader header : scope.get(ignoreHeaders)) {
            b.ignoredHeaders |= 1 << header.ordinal();
        }
        b.cache = cache.compile(scope, link, b.ignoredHeaders);
        if (b.cache != null && b.keeper != null) {
            throw Link.error("\"" + name("store") + "\" is incompatible with \"" + name("cache") + "\"",
                    scope.statement().at());
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

    private void sizes(Scope scope, UpstreamSettings.Builder b) throws ConfigException {
        Buffers memory = scope.get(buffers);
        b.bufferSize = Math.toIntExact(scope.get(bufferSize));
        b.buffersBytes = (int) Math.min((long) memory.count() * memory.size(), Integer.MAX_VALUE);
        b.maxTempFileBytes = scope.get(maxTempFileSize);
        if (memory.count() < 2) {
            throw error(scope, buffers, "there must be at least 2 \"" + name("buffers") + "\"");
        }
        long largest = Math.max(b.bufferSize, memory.size());
        String limit = "the maximum of the value of \"" + name("buffer_size") + "\" and one of the \"" + name("buffers")
                + "\"";
        Setting<Long> busy = scope.find(busyBuffersSize);
        long busyBytes = busy == null ? 2 * largest : busy.value();
        if (busyBytes < largest) {
            throw error(scope, busyBuffersSize,
                    "\"" + name("busy_buffers_size") + "\" must be equal to or greater than " + limit);
        }
        if (busyBytes > (long) (memory.count() - 1) * memory.size()) {
            throw error(scope, busyBuffersSize,
                    "\"" + name("busy_buffers_size") + "\" must be less than the size of all \""
                            + name("buffers") + "\" minus one buffer");
        }
        Setting<Long> write = scope.find(tempFileWriteSize);
        if (write != null && write.value() < largest) {
            throw error(scope, tempFileWriteSize,
                    "\"" + name("temp_file_write_size") + "\" must be equal to or greater than " + limit);
        }
        if (b.maxTempFileBytes != 0 && b.maxTempFileBytes < largest) {
            throw error(scope, maxTempFileSize, "\"" + name("max_temp_file_size")
                    + "\" must be equal to zero to disable temporary files usage or must be equal to or greater than "
                    + limit);
        }
    }

    /** The directives about caches. */
    public CacheDirectives cache() {
        return cache;
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
        return scope.get(buffering) == Buffering.ON;
    }

    /** {@code buffering}. */
    public Directive<?> buffering() {
        return buffering;
    }

    private static ConfigException error(Scope scope, Directive<?> directive, String message) {
        Setting<?> line = scope.find(directive);
        return Link.error(message, line == null ? scope.statement().at() : line.at().at());
    }

    private HiddenFields hidden(Scope scope, List<String> usual) {
        Set<String> names = new LinkedHashSet<>();
        usual.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        scope.all(hideHeader).forEach(line -> names.add(line.value().toLowerCase(Locale.ROOT)));
        scope.all(passHeader).forEach(line -> names.remove(line.value().toLowerCase(Locale.ROOT)));
        return new HiddenFields(new ArrayList<>(names));
    }

}
