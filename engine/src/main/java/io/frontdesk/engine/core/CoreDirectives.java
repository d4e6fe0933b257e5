package io.frontdesk.engine.core;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.block;
import static io.frontdesk.config.Shapes.bufs;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.offset;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import io.frontdesk.config.Buffers;
import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.core.CoreSettings.BodyFile;
import io.frontdesk.engine.core.CoreSettings.Browser;
import io.frontdesk.engine.core.CoreSettings.IfModifiedSince;
import io.frontdesk.engine.core.CoreSettings.Lingering;
import io.frontdesk.engine.core.CoreSettings.Satisfy;
import io.frontdesk.engine.core.CoreSettings.ServerTokens;
import io.frontdesk.engine.file.TempPath;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.resolve.ResolverSettings;
import java.util.List;
import java.util.Set;

/** The core directives of http, server and location: limits, timeouts, manners. {@link CoreModule} adds the blocks. */
abstract class CoreDirectives extends HttpModule {
    // ---- connections
    final Directive<Long> clientHeaderBufferSize = directive("client_header_buffer_size", size()).in(HTTP, SERVER)
            .orElse(1024L).doc("The buffer that a request's head is read into at first.");
    final Directive<Buffers> largeClientHeaderBuffers = directive("large_client_header_buffers", bufs())
            .in(HTTP, SERVER).orElse(new Buffers(4, 8192))
            .doc("How many buffers of which size a large head may take; a longer line is refused with 414 or 400.");
    final Directive<Integer> maxHeaders = directive("max_headers", integer(1, 1_000_000)).in(HTTP, SERVER).orElse(1000)
            .doc("How many header fields a request may have.");
    final Directive<Long> clientHeaderTimeout = directive("client_header_timeout", millis()).in(HTTP, SERVER)
            .orElse(60_000L).doc("How long a client may take to send a whole head.");
    final Directive<Boolean> ignoreInvalidHeaders = directive("ignore_invalid_headers", flag()).in(HTTP, SERVER)
            .orElse(true).doc("Whether fields with invalid names are dropped rather than kept.");
    final Directive<Boolean> underscoresInHeaders = directive("underscores_in_headers", flag()).in(HTTP, SERVER)
            .orElse(false).doc("Whether underscores are valid in field names.");
    final Directive<Boolean> mergeSlashes = directive("merge_slashes", flag()).in(HTTP, SERVER).orElse(true)
            .doc("Whether adjacent slashes of a path count as one.");
    final Directive<KeepAliveTimeout> keepaliveTimeout = directive("keepalive_timeout", keepAliveTimeout())
            .in(HTTP, SERVER, LOCATION).orElse(new KeepAliveTimeout(75_000, 0), "75s")
            .doc("How long an idle connection stays open; the second value goes into the Keep-Alive field.");
    final Directive<Integer> keepaliveRequests = directive("keepalive_requests", integer(0, Integer.MAX_VALUE))
            .in(HTTP, SERVER, LOCATION).orElse(1000).doc("How many requests one connection may carry.");
    final Directive<Long> keepaliveTime = directive("keepalive_time", millis()).in(HTTP, SERVER, LOCATION)
            .orElse(3_600_000L).doc("How long one connection may carry requests.");
    final Directive<Set<Browser>> keepaliveDisable = directive("keepalive_disable", flags(Browser.class))
            .in(HTTP, SERVER, LOCATION).joins(Shapes::union).orElse(Set.of(Browser.MSIE6))
            .doc("Browsers that get no keep-alive: old MSIE after a POST, Safari on macOS.");
    final Directive<Long> sendTimeout = directive("send_timeout", millis()).in(HTTP, SERVER, LOCATION).orElse(60_000L)
            .doc("How long the client may take between two reads of the response.");
    final Directive<Lingering> lingeringClose = directive("lingering_close", choice(Lingering.class))
            .in(HTTP, SERVER, LOCATION).orElse(Lingering.ON)
            .doc("Whether what a client still sends is read before its connection is closed.");
    final Directive<Long> lingeringTime = directive("lingering_time", millis()).in(HTTP, SERVER, LOCATION)
            .orElse(30_000L).doc("How long that may take in all.");
    final Directive<Long> lingeringTimeout = directive("lingering_timeout", millis()).in(HTTP, SERVER, LOCATION)
            .orElse(5_000L).doc("How long that may take between two reads.");
    final Directive<Boolean> resetTimedoutConnection = directive("reset_timedout_connection", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Whether a connection that timed out is closed by a reset.");
    final Directive<Boolean> tcpNodelay = directive("tcp_nodelay", flag()).in(HTTP, SERVER, LOCATION).orElse(true)
            .doc("Whether small packets are sent at once.");
    final Directive<Boolean> tcpNopush = directive("tcp_nopush", flag()).in(HTTP, SERVER, LOCATION).orElse(false)
            .doc("Accepted; head and body go out in one call anyway.");

    // ---- request bodies
    final Directive<Long> clientMaxBodySize = directive("client_max_body_size", offset()).in(HTTP, SERVER, LOCATION)
            .orElse(1L << 20).doc("The largest body of a request; 0 for no limit. A larger one is refused with 413.");
    final Directive<Long> clientBodyBufferSize = directive("client_body_buffer_size", size())
            .in(HTTP, SERVER, LOCATION).orElse(16_384L)
            .doc("How much of a body is kept in memory; the rest goes to a file.");
    final Directive<Long> clientBodyTimeout = directive("client_body_timeout", millis()).in(HTTP, SERVER, LOCATION)
            .orElse(60_000L).doc("How long a client may take between two writes of its body.");
    final Directive<Long> clientBodyMinRate = directive("client_body_min_rate", size()).in(HTTP, SERVER, LOCATION)
            .orElse(0L)
            .doc("How many bytes of a body a client must send each second, on average from the time on that "
                    + "`client_body_timeout` has passed; one that is slower gets 408. 0 for no such limit.");
    final Directive<BodyFile> clientBodyInFileOnly = directive("client_body_in_file_only", choice(BodyFile.class))
            .in(HTTP, SERVER, LOCATION).orElse(BodyFile.OFF).doc("Whether every body is written to a file.");
    final Directive<Boolean> clientBodyInSingleBuffer = directive("client_body_in_single_buffer", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Accepted; a body in memory is one buffer anyway.");
    final Directive<TempPath> clientBodyTempPath = directive("client_body_temp_path", TempPath.shape())
            .in(HTTP, SERVER, LOCATION).orElse(new TempPath("client_body_temp", List.of()))
            .doc("The folder of the files for bodies, and how many digits name each level of folders below it.");

    // ---- responses
    final Directive<String> limitRate = directive("limit_rate", text()).in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .doc("How fast a response is sent, in bytes per second; 0 for no limit.");
    final Directive<String> limitRateAfter = directive("limit_rate_after", text())
            .in(HTTP, SERVER, LOCATION, LOCATION_IF).doc("How many bytes go before the limit holds.");
    final Directive<Boolean> sendfile = directive("sendfile", flag()).in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .orElse(false).doc("Whether files are sent by the system without being read.");
    final Directive<Long> sendfileMaxChunk = directive("sendfile_max_chunk", size()).in(HTTP, SERVER, LOCATION)
            .orElse(2L << 20).doc("How much of a file is sent at once.");
    final Directive<Boolean> chunkedTransferEncoding = directive("chunked_transfer_encoding", flag())
            .in(HTTP, SERVER, LOCATION).orElse(true).doc("Whether bodies of unknown length are sent in chunks.");
    final Directive<Boolean> etag = directive("etag", flag()).in(HTTP, SERVER, LOCATION).orElse(true)
            .doc("Whether files get an ETag.");
    final Directive<IfModifiedSince> ifModifiedSince = directive("if_modified_since", choice(IfModifiedSince.class))
            .in(HTTP, SERVER, LOCATION).orElse(IfModifiedSince.EXACT)
            .doc("How If-Modified-Since is compared with the time of the response.");
    final Directive<Integer> maxRanges = directive("max_ranges", integer(0, Integer.MAX_VALUE))
            .in(HTTP, SERVER, LOCATION).orElse(Integer.MAX_VALUE).doc("How many ranges a request may ask for.");
    final Directive<ServerTokens> serverTokens = directive("server_tokens", choice(ServerTokens.class))
            .in(HTTP, SERVER, LOCATION).orElse(ServerTokens.ON).doc("Whether the version is shown.");
    final Directive<Boolean> absoluteRedirect = directive("absolute_redirect", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(true).doc("Whether our own redirects name scheme and host.");
    final Directive<Boolean> serverNameInRedirect = directive("server_name_in_redirect", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Whether they name the first server name.");
    final Directive<Boolean> portInRedirect = directive("port_in_redirect", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(true).doc("Whether they name the port.");
    final Directive<Boolean> recursiveErrorPages = directive("recursive_error_pages", flag())
            .in(HTTP, SERVER, LOCATION).orElse(false).doc("Whether an error page's own error gets an error page.");
    final Directive<Boolean> logNotFound = directive("log_not_found", flag()).in(HTTP, SERVER, LOCATION).orElse(true)
            .doc("Whether missing files are logged.");
    final Directive<Boolean> logSubrequest = directive("log_subrequest", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false).doc("Whether subrequests are logged.");
    final Directive<Boolean> msiePadding = directive("msie_padding", flag()).in(HTTP, SERVER, LOCATION).orElse(true)
            .doc("Whether error pages for old MSIE are padded.");
    final Directive<Boolean> msieRefresh = directive("msie_refresh", flag()).in(HTTP, SERVER, LOCATION).orElse(false)
            .doc("Whether MSIE gets a refresh instead of a redirect.");
    final Directive<Satisfy> satisfy = directive("satisfy", choice(Satisfy.class)).in(HTTP, SERVER, LOCATION)
            .orElse(Satisfy.ALL).doc("Whether all access rules must hold, or any.");
    final Directive<Boolean> internal = directive("internal", block()).in(LOCATION).local()
            .doc("Only internal redirects lead to this location; clients get 404.");
    final Directive<Long> typesHashMaxSize = directive("types_hash_max_size", size()).in(HTTP, SERVER, LOCATION)
            .orElse(1024L).doc("Accepted; hashes size themselves.");
    final Directive<Long> typesHashBucketSize = directive("types_hash_bucket_size", size()).in(HTTP, SERVER, LOCATION)
            .orElse(64L).doc("Accepted; hashes size themselves.");
    final Directive<Long> serverNamesHashMaxSize = directive("server_names_hash_max_size", size()).in(HTTP)
            .orElse(512L).doc("Accepted; hashes size themselves.");
    final Directive<Long> serverNamesHashBucketSize = directive("server_names_hash_bucket_size", size()).in(HTTP)
            .orElse(64L).doc("Accepted; hashes size themselves.");
    final Directive<Long> variablesHashMaxSize = directive("variables_hash_max_size", size()).in(HTTP).orElse(1024L)
            .doc("Accepted; hashes size themselves.");
    final Directive<Long> variablesHashBucketSize = directive("variables_hash_bucket_size", size()).in(HTTP)
            .orElse(64L).doc("Accepted; hashes size themselves.");
    final Directive<Long> connectionPoolSize = directive("connection_pool_size", size()).in(HTTP, SERVER).orElse(512L)
            .doc("Accepted; memory is managed.");
    final Directive<Long> requestPoolSize = directive("request_pool_size", size()).in(HTTP, SERVER).orElse(4096L)
            .doc("Accepted; memory is managed.");
    final Directive<Long> postponeOutput = directive("postpone_output", size()).in(HTTP, SERVER, LOCATION)
            .orElse(1460L).doc("Accepted; output is sent once a turn of the loop.");
    final Directive<Buffers> outputBuffers = directive("output_buffers", bufs()).in(HTTP, SERVER, LOCATION)
            .orElse(new Buffers(2, 32_768)).doc("Accepted; files are read in chunks of our own size.");
    final Directive<Long> directioAlignment = directive("directio_alignment", size()).in(HTTP, SERVER, LOCATION)
            .orElse(512L).doc("Accepted without effect.");
    final Directive<List<Word>> directio = directive("directio", words(1, 1)).in(HTTP, SERVER, LOCATION)
            .orElse(List.of()).doc("Accepted without effect.");
    final Directive<List<Word>> aio = directive("aio", words(1, 1)).in(HTTP, SERVER, LOCATION).orElse(List.of())
            .doc("Accepted without effect.");
    final Directive<Boolean> aioWrite = directive("aio_write", flag()).in(HTTP, SERVER, LOCATION).orElse(false)
            .doc("Accepted without effect.");
    final Directive<Long> readAhead = directive("read_ahead", size()).in(HTTP, SERVER, LOCATION).orElse(0L)
            .doc("Accepted without effect.");
    final Directive<Long> sendLowat = directive("send_lowat", size()).in(HTTP, SERVER, LOCATION).orElse(0L)
            .doc("Accepted without effect.");
    final Directive<Long> subrequestOutputBufferSize = directive("subrequest_output_buffer_size", size())
            .in(HTTP, SERVER, LOCATION).orElse(4096L).doc("The largest answer of a subrequest that is kept in memory.");
    final Directive<List<Word>> earlyHints = directive("early_hints", words("string ...", 1, 100))
            .in(HTTP, SERVER, LOCATION).list()
            .doc("Whether interim responses of status 103 pass from an upstream to the client: when any of the values is "
                    + "neither empty nor 0.");
    final Directive<Long> authDelay = directive("auth_delay", millis()).in(HTTP, SERVER, LOCATION).orElse(0L)
            .doc("How long an answer of 401 is held back.");
    /** {@code resolver}. */
    public final Directive<ResolverSettings> resolver = directive("resolver", ResolverSettings.shape())
            .in(HTTP, SERVER, LOCATION).orElse(ResolverSettings.NONE)
            .doc("The DNS servers that are asked, in turns, for names that are known at run time only. `valid=` says how "
                    + "long answers are kept instead of what they say; `ipv4=off` and `ipv6=off` leave a family out.");
    /** {@code resolver_timeout}. */
    public final Directive<Long> resolverTimeout = directive("resolver_timeout", millis()).in(HTTP, SERVER, LOCATION)
            .orElse(30_000L).doc("How long the resolution of a name may take.");

    CoreDirectives(String name) {
        super(name);
    }

    /**
     * {@code keepalive_timeout}.
     *
     * @param timeoutMillis how long an idle connection stays open
     * @param headerSeconds what the Keep-Alive field says, 0 for none
     */
    record KeepAliveTimeout(long timeoutMillis, long headerSeconds) {}

    private static io.frontdesk.config.Shape<KeepAliveTimeout> keepAliveTimeout() {
        return of("timeout [header_timeout]", 1, 2, CoreDirectives::parseKeepAlive);
    }

    private static KeepAliveTimeout parseKeepAlive(Call call) throws ConfigException {
        long timeout = Times.millis(call.text(0)).orElseThrow(() -> call.error("invalid value"));
        long header = 0;
        if (call.args().size() > 1) {
            header = Times.seconds(call.text(1)).orElseThrow(() -> call.error("invalid value"));
        }
        return new KeepAliveTimeout(timeout, header);
    }

}
