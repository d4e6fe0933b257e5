package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.cache.CacheVariables;
import io.frontdesk.engine.core.FieldVariables;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Variable;
import io.frontdesk.engine.variable.Variables;
import java.nio.charset.StandardCharsets;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The {@code $upstream_} variables. */
public final class UpstreamVariables {
    private UpstreamVariables() {}

    /** What the attempts of an exchange say. */
    private interface OfAttempts {
        boolean append(Attempts attempts, Bytes out);
    }

    /** What is said of each server of an upstream. */
    private interface OfPeer {
        void append(Peer peer, long nowMillis, Bytes out);
    }

    /** Declares them. */
    public static void declare(Variables v) {
        CacheVariables.declare(v);
        v.declare("upstream_addr", "The addresses of the upstream servers that were tried.", of(Attempts::appendPeers));
        v.declare("upstream_status", "The statuses of their responses.", of(Attempts::appendStatuses));
        times(v, "upstream_connect_time", "The seconds that connecting to each took.", a -> a.connectMillis);
        times(v, "upstream_header_time", "The seconds until the head of each response came.", a -> a.headerMillis);
        times(v, "upstream_response_time", "The seconds until each response was there.", a -> a.responseMillis);
        numbers(v, "upstream_response_length", "The lengths of the responses' bodies.", a -> a.responseLength);
        numbers(v, "upstream_bytes_received", "The bytes that came from each.", a -> a.bytesReceived);
        numbers(v, "upstream_bytes_sent", "The bytes that were sent to each.", a -> a.bytesSent);
        v.declare("upstream_last_server_name",
                "The name of the upstream server that was chosen last, without its port.",
                (ex, out) -> {
                    Peer peer = lastPeer(ex);
                    if (peer == null) {
                        return false;
                    }
                    out.write(peer.serverName());
                    return true;
                });
        v.declare("upstream_peer_state", "The state of the upstream server that was chosen last: `up`, `down`, "
                + "`draining`, `unavail`, `unhealthy` or `checking`.", (ex, out) -> {
                    Peer peer = lastPeer(ex);
                    if (peer == null) {
                        return false;
                    }
                    out.write(peer.condition(ex.worker().clock().millis()));
                    return true;
                });
        v.declarePrefix("upstream_states_", "All servers of the upstream of that name with their states.",
                name -> peers(name.substring("upstream_states_".length()),
                        (peer, now, out) -> out.write(peer.condition(now))));
        v.declarePrefix("upstream_cut_answers_",
                "How many answers each server of the upstream of that name broke off when their heads had gone out already.",
                name -> peers(name.substring("upstream_cut_answers_".length()),
                        (peer, now, out) -> out.writeDecimal(peer.state().cutAnswers())));
        v.declarePrefix("upstream_http_", "A field of the upstream's last response.", name -> {
            byte[] key = bytes(name.substring("upstream_http_".length()));
            return (ex, out) -> {
                UpstreamHead head = head(ex);
                return head != null && FieldVariables.join(head.fields(), key, ", ", out);
            };
        });
        v.declarePrefix("upstream_trailer_", "A trailer field of the upstream's last response.", name -> {
            byte[] key = bytes(name.substring("upstream_trailer_".length()));
            return (ex, out) -> {
                UpstreamHead head = head(ex);
                Fields trailers = head == null ? null : head.trailers();
                return trailers != null && FieldVariables.join(trailers, key, ", ", out);
            };
        });
        v.declarePrefix("upstream_cookie_", "A cookie that the upstream's last response sets.", name -> {
            byte[] key = bytes(name.substring("upstream_cookie_".length()));
            return (ex, out) -> {
                UpstreamHead head = head(ex);
                return head != null && cookie(head.fields(), key, out);
            };
        });
    }

    private static @Nullable Peer lastPeer(Exchange ex) {
        UpstreamExchange upstream = ex.upstream();
        return upstream == null ? null : upstream.lastPeer();
    }

    private static Variable peers(String name, OfPeer of) {
        return (ex, out) -> {
            Upstreams all = ex.snapshot().shared(Upstreams.class);
            Upstream upstream = all == null ? null : all.named(name);
            if (upstream == null) {
                return false;
            }
            long now = ex.worker().clock().millis();
            PeerGroup backup = upstream.backup();
            peers(upstream.primary(), of, now, out);
            if (backup != null && backup.size() > 0) {
                out.write(" : ");
                peers(backup, of, now, out);
            }
            return true;
        };
    }

    private static void peers(PeerGroup group, OfPeer of, long now, Bytes out) {
        for (int i = 0; i < group.size(); i++) {
            if (i > 0) {
                out.write(", ");
            }
            out.write(group.peer(i).name());
            out.write(' ');
            of.append(group.peer(i), now, out);
        }
    }

    private static void times(Variables v, String name, String doc, ToLongFunction<Attempt> time) {
        v.declare(name, doc, of((attempts, out) -> attempts.appendTimes(time, out)));
    }

    private static void numbers(Variables v, String name, String doc, ToLongFunction<Attempt> number) {
        v.declare(name, doc, of((attempts, out) -> attempts.appendNumbers(number, out)));
    }

    private static Variable of(OfAttempts of) {
        return (ex, out) -> {
            UpstreamExchange upstream = ex.upstream();
            return upstream != null && of.append(upstream.attempts(), out);
        };
    }

    private static @Nullable UpstreamHead head(Exchange ex) {
        UpstreamExchange upstream = ex.upstream();
        return upstream == null ? null : upstream.head();
    }

    /** nginx: the value up to the semicolon, of the first Set-Cookie that has the name. */
    private static boolean cookie(Fields fields, byte[] key, Bytes out) {
        byte[] in = fields.bytes().array();
        for (int i = fields.find(FieldName.SET_COOKIE); i >= 0; i = fields.next(i)) {
            int at = fields.valueOffset(i);
            int end = at + fields.valueLength(i);
            int equals = at + key.length;
            if (equals < end && isName(in, at, key)) {
                while (equals < end && in[equals] == ' ') {
                    equals++;
                }
                if (equals == end || in[equals] != '=') {
                    continue;
                }
                int from = equals + 1;
                while (from < end && in[from] == ' ') {
                    from++;
                }
                int to = from;
                while (to < end && in[to] != ';') {
                    to++;
                }
                out.write(in, from, to - from);
                return true;
            }
        }
        return false;
    }

    private static boolean isName(byte[] in, int at, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            int b = in[at + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != key[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
