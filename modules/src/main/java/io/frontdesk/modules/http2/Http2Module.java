package io.frontdesk.modules.http2;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.of;

import io.frontdesk.codec.http2.FrameType;
import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Sizes;
import io.frontdesk.engine.core.CoreModule;
import io.frontdesk.engine.core.ListenLine;
import io.frontdesk.engine.http2.Http2Chunks;
import io.frontdesk.engine.http2.Http2Settings;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.ServerPlan;
import io.frontdesk.engine.variable.Variables;
import java.util.OptionalLong;

/** HTTP/2 to clients: the directives, and {@code $http2}. The engine's connections do the work. */
public final class Http2Module extends HttpModule {
    private static final int STATE_BUFFER_BYTES = 16;
    private static final int MIN_POOL_BYTES = 128;
    private static final int POOL_ALIGNMENT = 16;

    private final CoreModule core;
    private final Directive<Boolean> http2 = directive("http2", flag()).in(HTTP, SERVER).orElse(false)
            .doc("Whether HTTP/2 is spoken: under TLS to who asks for it, in the clear to who begins with its preface.");
    private final Directive<Integer> maxStreams = directive("http2_max_concurrent_streams", number())
            .in(HTTP, SERVER).orElse(128).doc("How many streams a client may have open on a connection.");
    private final Directive<Long> prereadSize = directive("http2_body_preread_size",
            of("size", 1, 1, Http2Module::prereadSize)).in(HTTP, SERVER).orElse(65_536L, "64k")
            .doc("How much of a request's content may come before it is known what becomes of it.");
    private final Directive<Long> chunkSize = directive("http2_chunk_size", of("size", 1, 1, Http2Module::chunkSize))
            .in(HTTP, SERVER, LOCATION).orElse((long) Http2Chunks.DEFAULT_BYTES, "8k")
            .doc("The most of a response's content that goes into one frame.");
    final Directive<Long> recvBufferSize = directive("http2_recv_buffer_size",
            of("size", 1, 1, Http2Module::recvBufferSize)).in(HTTP).orElse(262_144L, "256k")
            .doc("Accepted without effect: a loop's connections share one receive buffer.");
    final Directive<Long> poolSize = directive("http2_pool_size", of("size", 1, 1, Http2Module::poolSize))
            .in(HTTP, SERVER).orElse(4096L, "4k").doc("Accepted without effect.");
    final Directive<Integer> indexSize = directive("http2_streams_index_size",
            of("number", 1, 1, Http2Module::indexSize)).in(HTTP, SERVER).orElse(32).doc("Accepted without effect.");
    final Directive<Boolean> maxPushes = obsolete("http2_max_concurrent_pushes", "");
    final Directive<Boolean> maxRequests = obsolete("http2_max_requests", "keepalive_requests");
    final Directive<Boolean> maxFieldSize = obsolete("http2_max_field_size", "large_client_header_buffers");
    final Directive<Boolean> maxHeaderSize = obsolete("http2_max_header_size", "large_client_header_buffers");
    final Directive<Boolean> recvTimeout = obsolete("http2_recv_timeout", "client_header_timeout");
    final Directive<Boolean> idleTimeout = obsolete("http2_idle_timeout", "keepalive_timeout");
    final Directive<Boolean> pushPreload = directive("http2_push_preload", of("on | off", 1, 1, call -> gone(call, "")))
            .in(HTTP, SERVER, LOCATION).repeatable().doc("Obsolete: ignored with a warning.");
    final Directive<Boolean> push = directive("http2_push", of("uri | off", 1, 1, call -> gone(call, "")))
            .in(HTTP, SERVER, LOCATION).repeatable().doc("Obsolete: ignored with a warning.");

    /** The module; one object per process. */
    public Http2Module(CoreModule core) {
        super("http2");
        this.core = core;
    }

    private Directive<Boolean> obsolete(String name, String instead) {
        return directive(name, of("value", 1, 1, call -> gone(call, instead))).in(HTTP, SERVER).repeatable()
                .doc("Obsolete: ignored with a warning.");
    }

    private static boolean gone(Call call, String instead) {
        if (instead.isEmpty()) {
            call.warn("the \"%s\" directive is obsolete, ignored", call.directive().name());
        } else {
            call.warn("the \"%s\" directive is obsolete, use the \"%s\" directive instead", call.directive().name(),
                    instead);
        }
        return true;
    }

    private static long size(Call call) throws ConfigException {
        OptionalLong size = Sizes.size(call.text(0));
        if (size.isEmpty()) {
            throw call.error("invalid value");
        }
        return size.getAsLong();
    }

    private static long prereadSize(Call call) throws ConfigException {
        long size = size(call);
        if (size > FrameType.LARGEST_WINDOW) {
            throw call.error("the maximum body preread buffer size is %d", FrameType.LARGEST_WINDOW);
        }
        return size;
    }

    private static long chunkSize(Call call) throws ConfigException {
        long size = size(call);
        if (size == 0) {
            throw call.error("the http2 chunk size cannot be zero");
        }
        return Math.min(size, FrameType.LARGEST_MAX_FRAME);
    }

    private static long recvBufferSize(Call call) throws ConfigException {
        long size = size(call);
        if (size <= STATE_BUFFER_BYTES) {
            throw call.error("value is too small");
        }
        return size;
    }

    private static long poolSize(Call call) throws ConfigException {
        long size = size(call);
        if (size < MIN_POOL_BYTES) {
            throw call.error("the pool size must be no less than %d", MIN_POOL_BYTES);
        }
        if (size % POOL_ALIGNMENT != 0) {
            throw call.error("the pool size must be a multiple of %d", POOL_ALIGNMENT);
        }
        return size;
    }

    private static int indexSize(Call call) throws ConfigException {
        int size = integer(0).parse(call);
        if (Integer.bitCount(size) != 1) {
            throw call.error("must be a power of two");
        }
        return size;
    }

    @Override
    public void variables(Variables variables) {
        variables.declare("http2", "h2 for HTTP/2 under TLS, h2c for HTTP/2 in the clear, otherwise empty.",
                (exchange, out) -> {
                    if (exchange.request().version() == io.frontdesk.codec.http.HttpVersion.HTTP_2) {
                        out.write(exchange.connection().tls() == null ? "h2c" : "h2");
                    }
                    return true;
                });
    }

    @Override
    public void compileServer(Scope server, ServerPlan.Builder plan, Link link) {
        boolean offered = server.get(http2);
        for (Setting<ListenLine> line : server.own(core.listen)) {
            offered |= line.value().http2();
        }
        plan.attach(Http2Settings.class, new Http2Settings(server.get(http2), offered, server.get(maxStreams),
                Math.toIntExact(server.get(prereadSize))));
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        int size = Math.toIntExact(scope.get(chunkSize));
        if (size != Http2Chunks.DEFAULT_BYTES) {
            plan.attach(Http2Chunks.class, new Http2Chunks(size));
        }
    }
}
