package io.frontdesk.config;

import static io.frontdesk.config.Context.EVENTS;
import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.LOCATION_IF;
import static io.frontdesk.config.Context.MAIN;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Context.SERVER_IF;
import static io.frontdesk.config.Context.STREAM;
import static io.frontdesk.config.Context.STREAM_SERVER;
import static io.frontdesk.config.Context.UPSTREAM;
import static io.frontdesk.config.Shapes.block;
import static io.frontdesk.config.Shapes.bufs;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.integer;
import static io.frontdesk.config.Shapes.millis;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.offset;
import static io.frontdesk.config.Shapes.seconds;
import static io.frontdesk.config.Shapes.size;
import static io.frontdesk.config.Shapes.text;
import static io.frontdesk.config.Shapes.words;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A corner of nginx's language, declared with its names, so that the golden files can be shown to nginx as well. */
final class SampleModule extends Module {

    enum Satisfy {
        ALL, ANY
    }

    enum NextUpstream {
        ERROR, TIMEOUT, HTTP_500, OFF
    }

    final Directive<Boolean> daemon = directive("daemon", flag()).in(MAIN).local().orElse(true).doc("Detaches.");
    final Directive<String> env = directive("env", text()).in(MAIN).repeatable().doc("Keeps a variable.");
    final Directive<Boolean> events = directive("events", block()).in(MAIN).opens(EVENTS).local().doc("Events.");
    final Directive<Integer> connections = directive("worker_connections", number()).in(EVENTS).local().orElse(512)
            .doc("Connections.");
    final Directive<Boolean> http = directive("http", block()).in(MAIN).opens(HTTP).local().doc("HTTP.");
    final Directive<String> upstream = directive("upstream", text("name")).in(HTTP).opens(UPSTREAM)
            .closing((block, call) -> {
                if (block.body().entries().isEmpty()) {
                    throw call.errorAtEnd("no servers are inside upstream");
                }
            }).doc("A group.");
    final Directive<List<Word>> peer = directive("server", words(1, Integer.MAX_VALUE)).in(UPSTREAM).repeatable()
            .doc("A peer.");
    final Directive<Boolean> ipHash = directive("ip_hash", block()).in(UPSTREAM).local().orElse(false).doc("By IP.");
    final Directive<Boolean> server = directive("server", block()).in(HTTP).opens(SERVER).doc("A server.");
    final Directive<List<Word>> location = directive("location", words(1, 2)).in(SERVER, LOCATION).opens(LOCATION)
            .doc("A location.");
    final Directive<List<Word>> condition = directive("if", words(1, Integer.MAX_VALUE)).opens(SERVER, SERVER_IF)
            .opens(LOCATION, LOCATION_IF).doc("A condition.");
    final Directive<List<Word>> set = directive("set", words(2, 2)).in(SERVER, SERVER_IF, LOCATION, LOCATION_IF)
            .repeatable().doc("Sets a variable.");
    final Directive<String> root = directive("root", text("path")).in(HTTP, SERVER, LOCATION, LOCATION_IF)
            .orElse("html").doc("The folder.");
    final Directive<List<Word>> errorPage = directive("error_page", words("code ... uri", 2, Integer.MAX_VALUE))
            .in(HTTP, SERVER, LOCATION, LOCATION_IF).list().doc("Pages.");
    final Directive<Boolean> gzip = directive("gzip", flag()).in(HTTP, SERVER, LOCATION, LOCATION_IF).orElse(false)
            .doc("Compresses.");
    final Directive<Integer> limitStatus = directive("limit_req_status", integer(400, 599)).in(HTTP, SERVER, LOCATION)
            .orElse(503).doc("The status.");
    final Directive<Integer> tries = directive("proxy_next_upstream_tries", number()).in(HTTP, SERVER, LOCATION)
            .orElse(0).doc("Tries.");
    final Directive<Long> headerTimeout = directive("client_header_timeout", millis()).in(HTTP, SERVER).orElse(60_000L)
            .doc("A time.");
    final Directive<Long> authDelay = directive("resolver_timeout", millis()).in(HTTP, SERVER, LOCATION)
            .orElse(30_000L).doc("A time.");
    final Directive<Long> valid = directive("ssl_session_timeout", seconds()).in(HTTP, SERVER).orElse(300L)
            .doc("A time in seconds.");
    final Directive<Long> bodyBuffer = directive("client_body_buffer_size", size()).in(HTTP, SERVER, LOCATION)
            .orElse(16_384L, "8k|16k").doc("A size.");
    final Directive<Long> maxBody = directive("client_max_body_size", offset()).in(HTTP, SERVER, LOCATION)
            .orElse(1L << 20).doc("A size of a file.");
    final Directive<Buffers> outputBuffers = directive("output_buffers", bufs()).in(HTTP, SERVER, LOCATION)
            .orElse(new Buffers(2, 32_768)).doc("Buffers.");
    final Directive<Satisfy> satisfy = directive("satisfy", choice(Satisfy.class)).in(HTTP, SERVER, LOCATION)
            .orElse(Satisfy.ALL).doc("A choice.");
    final Directive<Set<NextUpstream>> nextUpstream = directive("proxy_next_upstream", flags(NextUpstream.class))
            .in(HTTP, SERVER, LOCATION).joins(Shapes::union)
            .orElse(EnumSet.of(NextUpstream.ERROR, NextUpstream.TIMEOUT))
            .doc("A mask.");
    final Directive<Long> recvTimeout = directive("http2_recv_timeout", millis()).in(HTTP, SERVER).orElse(30_000L)
            .deprecatedFor("client_header_timeout").doc("A time.");
    final Directive<Map<String, String>> map = directive("map", Shapes.of("string $variable", 2, 2, call -> {
        if (!call.text(1).startsWith("$")) {
            throw call.error("invalid variable name \"%s\"", call.text(1));
        }
        return mapEntries(call);
    })).in(HTTP).raw().doc("A map.");
    final Directive<Boolean> stream = directive("stream", block()).in(MAIN).opens(STREAM).local().doc("Stream.");
    final Directive<Boolean> streamServer = directive("server", block()).in(STREAM).opens(STREAM_SERVER)
            .doc("A stream server.");

    private static Map<String, String> mapEntries(Call call) throws ConfigException {
        var entries = new LinkedHashMap<String, String>();
        for (Statement line : call.children()) {
            if (line.args().size() != 1) {
                throw call.errorAt(line, "invalid number of the map parameters");
            }
            if (entries.put(line.name().text(), line.args().getFirst().text()) != null) {
                throw call.errorAt(line, "conflicting parameter \"%s\"", line.name().text());
            }
        }
        return entries;
    }
}
