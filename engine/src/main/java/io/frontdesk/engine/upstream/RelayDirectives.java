package io.frontdesk.engine.upstream;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.bufs;
import static io.frontdesk.config.Shapes.offset;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.Buffers;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Module;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Shapes;
import io.frontdesk.engine.cache.CacheDirectives;
import io.frontdesk.engine.file.TempFolders;
import io.frontdesk.engine.file.TempPath;
import io.frontdesk.engine.plan.Link;
import java.util.List;

/** The directives about what waits between a server and a client, and what is kept: a part of {@link UpstreamDirectives}. Control plane only. */
final class RelayDirectives extends Module {
    private static final int PAGE = 4096;

    private final String prefix;
    private final Directive<Buffering> buffering;
    private final Directive<Boolean> requestBuffering;
    private final Directive<Buffers> buffers;
    private final Directive<Long> busyBuffersSize;
    private final Directive<Long> maxTempFileSize;
    private final Directive<Long> tempFileWriteSize;
    private final Directive<TempPath> tempPath;
    private final Directive<Boolean> ignoreClientAbort;
    private final Directive<Boolean> forceRanges;
    private final Directive<Boolean> passTrailers;
    private final Directive<String> limitRate;
    private final Directive<Boolean> passRequestBody;
    private final Directive<Boolean> passRequestHeaders;
    private final StoreDirectives store;
    private final CacheDirectives cache;

    RelayDirectives(String prefix) {
        super(prefix);
        this.prefix = prefix;
        buffering = directive(name("buffering"), Buffering.shape()).in(HTTP, SERVER, LOCATION).orElse(Buffering.ON)
                .doc("Whether a response is taken from the server faster than the client takes it: in memory, then in a "
                        + "file. `auto` (ours) does so unless the response is a stream.");
        requestBuffering = flag("request_buffering", true,
                "Whether a request's body is read whole before a server is asked.");
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
        forceRanges = flag("force_ranges", false, "Whether ranges are cut out of responses whatever they say.");
        passTrailers = flag("pass_trailers", false, "Whether trailer fields pass on to the client.");
        limitRate = directive(name("limit_rate"), text("rate")).in(HTTP, SERVER, LOCATION, LOCATION_IF)
                .doc("How many bytes of a response are read from a server in a second; 0 for no limit.");
        passRequestBody = flag("pass_request_body", true, "Whether a request's body passes on.");
        passRequestHeaders = flag("pass_request_headers", true, "Whether a request's fields pass on.");
        store = group(new StoreDirectives(prefix));
        cache = group(new CacheDirectives(prefix));
    }

    private String name(String rest) {
        return prefix + "_" + rest;
    }

    private Directive<Boolean> flag(String rest, boolean value, String doc) {
        return directive(name(rest), Shapes.flag()).in(HTTP, SERVER, LOCATION).orElse(value).doc(doc);
    }

    /** Reads the settings of a location; all others are there already. */
    void compile(Scope scope, Link link, UpstreamSettings.Builder b) throws ConfigException {
        b.buffersRequest = scope.get(requestBuffering);
        b.passesRequestBody = scope.get(passRequestBody);
        b.buffering = scope.get(buffering);
        sizes(scope, b);
        b.tempFolder = TempFolders.of(link, scope.get(tempPath));
        b.keeper = store.compile(scope, link, b.tempFolder);
        b.ignoresClientAbort = scope.get(ignoreClientAbort);
        b.forcesRanges = scope.get(forceRanges);
        b.passesTrailers = scope.get(passTrailers);
        Setting<String> rate = scope.find(limitRate);
        if (rate != null) {
            b.limitRate = link.template(rate.value(), rate.at().at());
        }
        b.cache = cache.compile(scope, link, b.ignoredHeaders);
        if (b.cache != null && b.keeper != null) {
            throw Link.error("\"" + name("store") + "\" is incompatible with \"" + name("cache") + "\"",
                    scope.statement().at());
        }
    }

    private void sizes(Scope scope, UpstreamSettings.Builder b) throws ConfigException {
        Buffers memory = scope.get(buffers);
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

    private static ConfigException error(Scope scope, Directive<?> directive, String message) {
        Setting<?> line = scope.find(directive);
        return Link.error(message, line == null ? scope.statement().at() : line.at().at());
    }

    boolean passesRequestHeaders(Scope scope) {
        return scope.get(passRequestHeaders);
    }

    boolean buffersRequest(Scope scope) {
        return scope.get(requestBuffering);
    }

    boolean buffersAll(Scope scope) {
        return scope.get(buffering) == Buffering.ON;
    }

    Directive<Buffering> buffering() {
        return buffering;
    }

    CacheDirectives cache() {
        return cache;
    }
}
