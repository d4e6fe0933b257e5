package io.frontdesk.engine.core;

import io.frontdesk.config.Scope;
import io.frontdesk.engine.fault.LimitSource;
import io.frontdesk.engine.file.FileAccess;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.resolve.ResolverSettings;
import io.frontdesk.engine.response.ErrorPage;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.worker.TempFolder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The core settings of a location, read from its scope once. Immutable, shared by all loops. A record of that many fields would be
 * unreadable at its one caller, so it reads the scope itself.
 */
public final class CoreSettings {
    private final DocumentRoot root;
    private final boolean internal;
    private final boolean satisfiesAny;
    private final List<ErrorPage> errorPages;
    private final ErrorLog errorLog;
    private final MimeTypes types;
    private final FileAccess files;
    private final Template limitRate;
    private final Template limitRateAfter;
    private final long clientMaxBodySize;
    private final int clientBodyBufferSize;
    private final long clientBodyTimeoutMillis;
    private final long clientBodyMinRate;
    private final LimitSource bodySizeLimit;
    private final LimitSource bodyTimeoutLimit;
    private final BodyFile bodyInFileOnly;
    private final TempFolder bodyTempFolder;
    private final List<Template> earlyHints;
    private final long keepAliveTimeoutMillis;
    private final long keepAliveHeaderSeconds;
    private final int keepAliveRequests;
    private final long keepAliveTimeMillis;
    private final boolean keepAliveDisabledForMsie6;
    private final boolean keepAliveDisabledForSafari;
    private final long sendTimeoutMillis;
    private final Lingering lingering;
    private final long lingeringTimeMillis;
    private final long lingeringTimeoutMillis;
    private final boolean resetsTimedOut;
    private final boolean noDelay;
    private final boolean sendfile;
    private final int sendfileMaxChunk;
    private final boolean chunks;
    private final boolean etags;
    private final IfModifiedSince ifModifiedSince;
    private final ServerTokens serverTokens;
    private final boolean absoluteRedirect;
    private final boolean serverNameInRedirect;
    private final boolean portInRedirect;
    private final boolean recursiveErrorPages;
    private final boolean logsNotFound;
    private final boolean logsSubrequests;
    private final boolean msiePadding;
    private final boolean msieRefresh;
    private final int maxRanges;
    private final ResolverSettings resolver;
    private final long resolverTimeoutMillis;
    private final long subrequestOutputBufferSize;
    private final long authDelayMillis;

    CoreSettings(CoreDirectives d, Scope scope, DocumentRoot root, List<ErrorPage> errorPages, ErrorLog errorLog,
            MimeTypes types, FileAccess files, Template limitRate, Template limitRateAfter, TempFolder bodyTempFolder,
            List<Template> earlyHints) {
        this.root = root;
        this.errorPages = List.copyOf(errorPages);
        this.errorLog = errorLog;
        this.types = types;
        this.files = files;
        this.limitRate = limitRate;
        this.limitRateAfter = limitRateAfter;
        this.bodyTempFolder = bodyTempFolder;
        this.earlyHints = List.copyOf(earlyHints);
        this.internal = scope.find(d.internal) != null;
        this.satisfiesAny = scope.get(d.satisfy) == Satisfy.ANY;
        this.clientMaxBodySize = scope.get(d.clientMaxBodySize);
        this.clientBodyBufferSize = Math.toIntExact(scope.get(d.clientBodyBufferSize));
        this.clientBodyTimeoutMillis = scope.get(d.clientBodyTimeout);
        this.clientBodyMinRate = scope.get(d.clientBodyMinRate);
        this.bodySizeLimit = LimitSource.of(scope, d.clientMaxBodySize, "1m");
        this.bodyTimeoutLimit = LimitSource.of(scope, d.clientBodyTimeout, "60s");
        this.bodyInFileOnly = scope.get(d.clientBodyInFileOnly);
        this.keepAliveTimeoutMillis = scope.get(d.keepaliveTimeout).timeoutMillis();
        this.keepAliveHeaderSeconds = scope.get(d.keepaliveTimeout).headerSeconds();
        this.keepAliveRequests = scope.get(d.keepaliveRequests);
        this.keepAliveTimeMillis = scope.get(d.keepaliveTime);
        this.keepAliveDisabledForMsie6 = scope.get(d.keepaliveDisable).contains(Browser.MSIE6);
        this.keepAliveDisabledForSafari = scope.get(d.keepaliveDisable).contains(Browser.SAFARI);
        this.sendTimeoutMillis = scope.get(d.sendTimeout);
        this.lingering = scope.get(d.lingeringClose);
        this.lingeringTimeMillis = scope.get(d.lingeringTime);
        this.lingeringTimeoutMillis = scope.get(d.lingeringTimeout);
        this.resetsTimedOut = scope.get(d.resetTimedoutConnection);
        this.noDelay = scope.get(d.tcpNodelay);
        this.sendfile = scope.get(d.sendfile);
        this.sendfileMaxChunk = (int) Math.min(scope.get(d.sendfileMaxChunk), Integer.MAX_VALUE);
        this.chunks = scope.get(d.chunkedTransferEncoding);
        this.etags = scope.get(d.etag);
        this.ifModifiedSince = scope.get(d.ifModifiedSince);
        this.serverTokens = scope.get(d.serverTokens);
        this.absoluteRedirect = scope.get(d.absoluteRedirect);
        this.serverNameInRedirect = scope.get(d.serverNameInRedirect);
        this.portInRedirect = scope.get(d.portInRedirect);
        this.recursiveErrorPages = scope.get(d.recursiveErrorPages);
        this.logsNotFound = scope.get(d.logNotFound);
        this.logsSubrequests = scope.get(d.logSubrequest);
        this.msiePadding = scope.get(d.msiePadding);
        this.msieRefresh = scope.get(d.msieRefresh);
        this.maxRanges = scope.get(d.maxRanges);
        this.resolver = scope.get(d.resolver);
        this.resolverTimeoutMillis = scope.get(d.resolverTimeout);
        this.authDelayMillis = scope.get(d.authDelay);
        this.subrequestOutputBufferSize = scope.get(d.subrequestOutputBufferSize);
    }

    /** {@code satisfy}. */
    public enum Satisfy {
        /** Every access handler must let the request in. */
        ALL,
        /** One is enough. */
        ANY
    }

    /** {@code client_body_min_rate}: bytes per second, 0 for no limit. */
    public long clientBodyMinRate() {
        return clientBodyMinRate;
    }

    /** {@code client_body_in_file_only}. */
    public enum BodyFile {
        /** Files only for what exceeds the buffer. */
        OFF,
        /** Always a file, and it stays. */
        ON,
        /** Always a file, removed at the end. */
        CLEAN
    }

    /** {@code keepalive_disable}. */
    public enum Browser {
        /** No browser. */
        NONE,
        /** Old MSIE, after a POST. */
        MSIE6,
        /** Safari and its kin on macOS. */
        SAFARI
    }

    /** {@code lingering_close}. */
    public enum Lingering {
        /** Never wait for what the client still sends. */
        OFF,
        /** Wait when the client may still be sending. */
        ON,
        /** Always wait. */
        ALWAYS
    }

    /** {@code if_modified_since}. */
    public enum IfModifiedSince {
        /** Ignored: the response is always modified. */
        OFF,
        /** The very time. */
        EXACT,
        /** That time or before. */
        BEFORE
    }

    /** {@code server_tokens}. */
    public enum ServerTokens {
        /** With the version. */
        ON,
        /** Without. */
        OFF,
        /** With the build's name. */
        BUILD
    }

    /** {@code root} or {@code alias}. */
    public DocumentRoot root() {
        return root;
    }

    /** The file path of the exchange's URI with something behind it; for messages. */
    public String mapPath(Exchange exchange, String suffix) {
        return root.map(exchange) + suffix;
    }

    /** {@code internal}. */
    public boolean isInternal() {
        return internal;
    }

    /** {@code satisfy any}. */
    public boolean satisfiesAny() {
        return satisfiesAny;
    }

    /** {@code error_page}, in order. */
    public List<ErrorPage> errorPages() {
        return errorPages;
    }

    /** The error log in force. */
    public ErrorLog errorLog() {
        return errorLog;
    }

    /** {@code types} and {@code default_type}. */
    public MimeTypes types() {
        return types;
    }

    /** How files are opened: {@code open_file_cache}, {@code disable_symlinks}. */
    public FileAccess files() {
        return files;
    }

    /** {@code limit_rate}: bytes per second, 0 for none. */
    public long limitRate(Exchange exchange) {
        return Rates.evaluate(limitRate, exchange);
    }

    /** {@code limit_rate_after}: bytes. */
    public long limitRateAfter(Exchange exchange) {
        return Rates.evaluate(limitRateAfter, exchange);
    }

    /** Where {@link #clientMaxBodySize} comes from. */
    public LimitSource bodySizeLimit() {
        return bodySizeLimit;
    }

    /** Where {@link #clientBodyTimeoutMillis} comes from. */
    public LimitSource bodyTimeoutLimit() {
        return bodyTimeoutLimit;
    }

    /** {@code client_max_body_size}: bytes, 0 for no limit. */
    public long clientMaxBodySize() {
        return clientMaxBodySize;
    }

    /** {@code client_body_buffer_size}: bytes. */
    public int clientBodyBufferSize() {
        return clientBodyBufferSize;
    }

    /** {@code early_hints}: whether an upstream's 103 passes. */
    public boolean passesEarlyHints(Exchange exchange) {
        for (Template value : earlyHints) {
            String text = value.value(exchange);
            if (!text.isEmpty() && !text.equals("0")) {
                return true;
            }
        }
        return false;
    }

    /** {@code client_body_timeout}: milliseconds between two reads. */
    public long clientBodyTimeoutMillis() {
        return clientBodyTimeoutMillis;
    }

    /** {@code client_body_in_file_only}. */
    public BodyFile bodyInFileOnly() {
        return bodyInFileOnly;
    }

    /** {@code client_body_temp_path}, resolved, with a slash behind it. */
    public TempFolder bodyTempFolder() {
        return bodyTempFolder;
    }

    /** {@code keepalive_timeout}: milliseconds; 0 switches keep-alive off. */
    public long keepAliveTimeoutMillis() {
        return keepAliveTimeoutMillis;
    }

    /** The second word of {@code keepalive_timeout}: seconds for the Keep-Alive field; 0 for no field. */
    public long keepAliveHeaderSeconds() {
        return keepAliveHeaderSeconds;
    }

    /** {@code keepalive_requests}. */
    public int keepAliveRequests() {
        return keepAliveRequests;
    }

    /** {@code keepalive_time}: milliseconds. */
    public long keepAliveTimeMillis() {
        return keepAliveTimeMillis;
    }

    /** {@code keepalive_disable msie6}. */
    public boolean disablesKeepAliveForMsie6() {
        return keepAliveDisabledForMsie6;
    }

    /** {@code keepalive_disable safari}. */
    public boolean disablesKeepAliveForSafari() {
        return keepAliveDisabledForSafari;
    }

    /** {@code send_timeout}: milliseconds between two writes. */
    public long sendTimeoutMillis() {
        return sendTimeoutMillis;
    }

    /** {@code lingering_close}. */
    public Lingering lingering() {
        return lingering;
    }

    /** {@code lingering_time}: milliseconds in all. */
    public long lingeringTimeMillis() {
        return lingeringTimeMillis;
    }

    /** {@code lingering_timeout}: milliseconds between two reads. */
    public long lingeringTimeoutMillis() {
        return lingeringTimeoutMillis;
    }

    /** {@code reset_timedout_connection}. */
    public boolean resetsTimedOut() {
        return resetsTimedOut;
    }

    /** {@code tcp_nodelay}. */
    public boolean isNoDelay() {
        return noDelay;
    }

    /** {@code sendfile}. */
    public boolean usesSendfile() {
        return sendfile;
    }

    /** {@code sendfile_max_chunk}: bytes, 0 for no limit. */
    public int sendfileMaxChunk() {
        return sendfileMaxChunk;
    }

    /** {@code chunked_transfer_encoding}. */
    public boolean chunks() {
        return chunks;
    }

    /** {@code etag}. */
    public boolean makesEtags() {
        return etags;
    }

    /** {@code if_modified_since}. */
    public IfModifiedSince ifModifiedSince() {
        return ifModifiedSince;
    }

    /** {@code server_tokens}. */
    public ServerTokens serverTokens() {
        return serverTokens;
    }

    /** {@code absolute_redirect}. */
    public boolean redirectsAbsolute() {
        return absoluteRedirect;
    }

    /** {@code server_name_in_redirect}. */
    public boolean usesServerNameInRedirect() {
        return serverNameInRedirect;
    }

    /** {@code port_in_redirect}. */
    public boolean usesPortInRedirect() {
        return portInRedirect;
    }

    /** {@code recursive_error_pages}. */
    public boolean recursesErrorPages() {
        return recursiveErrorPages;
    }

    /** {@code log_not_found}. */
    public boolean logsNotFound() {
        return logsNotFound;
    }

    /** {@code log_subrequest}. */
    public boolean logsSubrequests() {
        return logsSubrequests;
    }

    /** {@code msie_padding}. */
    public boolean padsForMsie() {
        return msiePadding;
    }

    /** {@code msie_refresh}. */
    public boolean refreshesForMsie() {
        return msieRefresh;
    }

    /** {@code max_ranges}: 0 switches ranges off. */
    public int maxRanges() {
        return maxRanges;
    }

    /** A guard for tools that ask for something that may be absent. */
    @Nullable
    ErrorPage errorPage(int status) {
        for (ErrorPage page : errorPages) {
            if (page.status() == status) {
                return page;
            }
        }
        return null;
    }

    /** {@code resolver}. */
    public ResolverSettings resolver() {
        return resolver;
    }

    /** {@code auth_delay}: milliseconds, 0 for none. */
    public long authDelayMillis() {
        return authDelayMillis;
    }

    /** {@code subrequest_output_buffer_size}: bytes. */
    public long subrequestOutputBufferSize() {
        return subrequestOutputBufferSize;
    }

    /** {@code resolver_timeout}. */
    public long resolverTimeoutMillis() {
        return resolverTimeoutMillis;
    }
}
