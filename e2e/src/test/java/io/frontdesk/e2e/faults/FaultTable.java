package io.frontdesk.e2e.faults;

import java.util.Arrays;
import java.util.List;

/**
 * The fault table: what can go wrong around an HTTP/1 request, and the tests that show what becomes of it. Each row names a fault in the
 * words of the design's table, and its tests as {@code package.Class} below {@code io.frontdesk.e2e}, or {@code package.Class.beginning} for
 * those methods whose names begin so. {@link FaultTableTest} looks whether they are there.
 */
final class FaultTable {
    /**
     * A row.
     *
     * @param fault    what goes wrong
     * @param becomes  what becomes of it, in short
     * @param tests    where that is shown
     */
    record Row(String fault, String becomes, List<String> tests) {}

    /** What clients and upstreams do who mean harm. */
    static final List<Row> ATTACKS = List.of(
            row("CL+TE, TE obfuscation, duplicate/invalid CL", "400 and close", "hostile.HostileCorpusTest"),
            row("chunk tricks", "400 and close; bodies are chunked anew", "hostile.HostileCorpusTest"),
            row("leading bytes, obs-fold, NUL, CR, bad names", "400", "hostile.HostileCorpusTest"),
            row("Host/authority confusion", "400; one authority for all", "hostile.HostileCorpusTest"),
            row("body left on the connection after early answer, cache hit, 413, return, auth failure",
                    "drained within limits, or closed", "limits.HiddenRequestTest", "limits.EarlyAnswerTest",
                    "faults.ClientFaultTest.bodyLeftBehind"),
            row("101/CONNECT tunnels", "only after a 101 that was asked for", "faults.HostileUpstreamTest.tunnels",
                    "faults.HostileUpstreamTest.noTunnel", "faults.HeadFaultTest.a101", "streams.ConnectTest",
                    "streams.UpgradeTest"),
            row("response queue poisoning", "a connection is used again only when nothing is in doubt",
                    "faults.HostileUpstreamTest.responseQueue"),
            row("invalid response", "502, or an abort", "faults.HostileUpstreamTest.invalidResponse",
                    "faults.HeadFaultTest.malformed", "hostile.HostileCorpusTest"),
            row("path confusion", "one normalisation; the original bytes or a re-encoded path",
                    "hostile.HostileCorpusTest"),
            row("CR LF injection through $uri and rewrite", "re-encoded, or the field is dropped",
                    "faults.HostileUpstreamTest.lineBreaks", "filters.HeadersTest.dropsAValue"),
            row("hop-by-hop abuse", "fields named in Connection go first", "faults.HostileUpstreamTest.hopByHop"),
            row("slowloris (head, body, read), many idle connections", "timeouts, a least rate, idle ones go first",
                    "limits.SlowlorisTest", "limits.ConnectionLimitTest"),
            row("header count", "a limit on bytes and on fields", "hostile.FieldCollisionTest.refuses"),
            row("hash collision on header names, args, cookies", "no table with that hash",
                    "hostile.FieldCollisionTest"),
            row("ReDoS in location/rewrite/map regex", "500 and a line", "limits.RegexLimitTest"),
            row("decompression bomb, range bomb", "no answer much larger than the entity", "hostile.BombTest",
                    "filters.RangeTest.neverSends"),
            row("cache poisoning / deception", "nothing kept that is for one, or not whole",
                    "cache.CachePoisoningTest"),
            row("log injection", "escaped as nginx does", "hostile.HostileCorpusTest.noMessage",
                    "faults.HostileUpstreamTest.linesOfTheLog"),
            row("TLS: session reuse between servers, client certificate, SNI vs Host", "421; tickets of one server",
                    "tls.TlsServerTest.takesSessions", "tls.TlsServerTest.refusesAHost",
                    "tls.ClientCertificateTest"),
            row("plaintext before upstream TLS", "error, close", "tls.TlsUpstreamTest.takesNothing"),
            row("config errors", "the load fails, the old configuration stays", "reload.MissingFileTest",
                    "process.ReloadTest.changesNothing", "tls.TlsConfigTest"));

    /** What fails of itself: upstreams, disks, the process. */
    static final List<Row> FAULTS = List.of(
            row("connect refused", "502; next; counted", "faults.ConnectFaultTest.connectRefused"),
            row("blackhole", "504; next; counted", "faults.ConnectFaultTest.blackhole"),
            row("no free ports / socket() fails", "500, crit; next; not counted",
                    "faults.ConnectFaultTest.socketFails", "limits.LocalPortsTest"),
            row("RST before or in the head", "502; next, POST not; counted", "faults.HeadFaultTest.reset"),
            row("FIN before the head is complete", "502; next, POST not; counted", "faults.HeadFaultTest.fin"),
            row("RST or FIN in the body (CL or chunked)", "aborted; not counted, never cached",
                    "faults.BodyFaultTest.fin", "faults.BodyFaultTest.reset", "cache.CachePoisoningTest.keepsNothing"),
            row("slow drip", "fine while each gap is short, else 504 or aborted", "faults.BodyFaultTest.slowDrip",
                    "faults.HeadFaultTest.slowDrip", "faults.HeadFaultTest.silence", "faults.BodyFaultTest.silence",
                    "buffering.SlowDripTest"),
            row("half-close by upstream after its head, request body still going", "relayed, no more is sent",
                    "faults.BodyFaultTest.halfClose"),
            row("half-close by client", "499", "faults.ClientFaultTest.halfClose"),
            row("malformed head", "502; next only by invalid_header; counted", "faults.HeadFaultTest.malformed"),
            row("head over proxy_buffer_size", "502; next only by invalid_header; counted",
                    "faults.HeadFaultTest.headOver"),
            row("1xx storm", "dropped or passed, too many are 502", "faults.HeadFaultTest.stormOf1xx",
                    "faults.HeadFaultTest.afew1xx", "streams.EarlyHintsTest"),
            row("body longer than CL", "the rest dropped, warn, closed", "faults.BodyFaultTest.bodyLonger"),
            row("never-ending chunked", "bounded memory, a file, back-pressure", "buffering.SlowClientsTest"),
            row("TLS handshake fails / name mismatch / expired", "502; next; counted", "faults.TlsFaultTest",
                    "tls.TlsUpstreamTest.timesOut"),
            row("DNS: NXDOMAIN, SERVFAIL, timeout, CNAME loop, TTL 0, flapping, spoofed",
                    "the load fails, or 502; not counted; the last good answer is kept",
                    "faults.ConnectFaultTest.dns", "resolver.ResolverTest", "resolver.ProxyToNameTest.answers502"),
            row("all servers down", "502, tried again after fail_timeout; backups",
                    "faults.RecoveryTest.allServers", "faults.RecoveryTest.backupServers",
                    "faults.RecoveryTest.aSingleServer"),
            row("flapping", "no request lost, no herd", "faults.RecoveryTest.flapping",
                    "faults.RecoveryTest.aReturning"),
            row("client leaves while upstream works", "499; the upstream connection closed",
                    "faults.ClientFaultTest.client", "faults.ClientFaultTest.withIgnoreClientAbort",
                    "cache.CachePoisoningTest.keepsTheWhole"),
            row("slow client, huge response", "bounded memory, a file, back-pressure", "buffering.SlowClientsTest"),
            row("disk full: body temp file", "500, crit; nobody is asked", "buffering.DiskFullTest.answers500"),
            row("disk full: proxy temp or cache", "goes on without, one crit line",
                    "buffering.DiskFullTest.goesOnUnbuffered", "buffering.DiskFullTest.answersAllTheSame",
                    "cache.CachedAnswerTest.answersByTheServer"),
            row("EMFILE at accept", "crit, accepting rests, idle ones go", "limits.DescriptorLimitTest"),
            row("reload (HUP) under load", "no failed request", "reload.ReloadUnderLoadTest", "reload.StreamsTest",
                    "process.SignalsTest.reloadsOnHup"),
            row("QUIT / TERM", "QUIT breaks no answer, TERM is fast", "process.StopUnderLoadTest",
                    "process.SignalsTest"),
            row("binary upgrade (USR2/WINCH/QUIT)", "sockets are handed over", "process.UpgradeTest"),
            row("kill -9 and restart, disk cache", "nothing corrupt served", "process.KillTest",
                    "cache.CacheFilesTest"),
            row("clock jump (±1 day)", "timers on the monotonic clock; ages not below 0", "faults.ClockJumpTest"),
            row("OOM pressure", "503 and no idle ones; exit 134 with a line", "limits.MemoryPressureTest"),
            row("an exception in a handler", "500 or an abort, one alert", "limits.HandlerBugTest"),
            row("event loop blocked", "a line with the stack, then another loop", "limits.BlockedLoopTest"));

    /** When another server is asked, and when not: what stands above the table. */
    static final List<Row> RULES = List.of(
            row("retry rules", "proxy_next_upstream, its tries and its time", "faults.RetryTest"),
            row("counting rules", "max_fails in fail_timeout", "faults.RecoveryTest", "upstream.PeerStateTest"),
            row("an error on a reused kept connection", "once more, same server, not counted",
                    "faults.RetryTest.anErrorOnAKeptConnection"),
            row("log lines", "client, server, request, upstream, host", "faults.CauseTest"));

    private FaultTable() {}

    private static Row row(String fault, String becomes, String... tests) {
        return new Row(fault, becomes, Arrays.asList(tests));
    }
}
