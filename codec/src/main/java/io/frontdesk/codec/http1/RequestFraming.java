package io.frontdesk.codec.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldList;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Method;
import io.frontdesk.codec.uri.HostName;
import org.jspecify.annotations.Nullable;

/** Decides what the fields of a request mean for its framing, its host and its connection. Stateless. */
final class RequestFraming {
    /** More options than any honest client names in Connection. */
    static final int MAX_CONNECTION_OPTIONS = 64;

    private static final String READING_HEADERS = " while reading client request headers";

    private RequestFraming() {}

    /** Sets the decided parts of the head; gives why it must be refused, or null. */
    static @Nullable Refusal decide(RequestHead head, RequestLimits limits, boolean mixesLineEnds) {
        Fields fields = head.fields();
        Refusal refusal = decideHost(head, fields);
        if (refusal != null) {
            return refusal;
        }
        refusal = decideContent(head, fields);
        if (refusal != null) {
            return refusal;
        }
        if (mixesLineEnds && (head.chunked || head.contentLength >= 0)) {
            // RFC 9112 §2.2 lets LF alone end a line; where it stands beside CR LF and content follows, two readers may
            // differ
            return bad("client sent request with content and mixed line ends");
        }
        refusal = decideConnection(head, fields);
        return refusal != null ? refusal : checkMethod(head, limits);
    }

    private static @Nullable Refusal decideHost(RequestHead head, Fields fields) {
        int field = fields.find(FieldName.HOST);
        if (field < 0) {
            return head.version.isAtLeast(HttpVersion.HTTP_1_1)
                    ? bad("client sent HTTP/1.1 request without \"Host\" header")
                    : null;
        }
        Bytes host = head.host();
        int named = host.length();
        int port = HostName.parse(fields.bytes().array(), fields.valueOffset(field), fields.valueLength(field), host);
        if (port == HostName.INVALID) {
            return bad("client sent invalid host header");
        }
        if (named == 0) {
            head.port = port;
            return null;
        }
        // RFC 9112 §3.2.2: the target's authority goes before Host, which had only to be valid
        boolean agrees = host.length() == 2 && host.get(0) == host.get(1);
        host.truncate(named);
        if (named == 1 && !agrees && head.method != Method.CONNECT) {
            // "http:/" joined to a path makes its first segment a host; a one-letter name that Host does not confirm is
            // that
            return new Refusal(400, "client sent invalid host in request line" + READING_HEADERS);
        }
        return null;
    }

    private static @Nullable Refusal decideContent(RequestHead head, Fields fields) {
        byte[] array = fields.bytes().array();
        int length = fields.find(FieldName.CONTENT_LENGTH);
        if (length >= 0) {
            head.contentLength = Numbers.contentLength(array, fields.valueOffset(length), fields.valueLength(length));
            if (head.contentLength < 0) {
                return bad("client sent invalid \"Content-Length\" header");
            }
        }
        int coding = fields.find(FieldName.TRANSFER_ENCODING);
        if (coding < 0) {
            return null;
        }
        if (!head.version.isAtLeast(HttpVersion.HTTP_1_1)) {
            return bad("client sent HTTP/1.0 request with \"Transfer-Encoding\" header");
        }
        if (!fields.valueEquals(coding, "chunked")) {
            // RFC 9112 §6.1: an unknown coding is 501
            return new Refusal(501, "client sent unknown \"Transfer-Encoding\": \"" + fields.valueString(coding) + '"'
                    + READING_HEADERS);
        }
        if (length >= 0) {
            // RFC 9112 §6.3: ought to be handled as an error
            return bad("client sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time");
        }
        head.chunked = true;
        return null;
    }

    private static @Nullable Refusal decideConnection(RequestHead head, Fields fields) {
        boolean latest = head.version.isAtLeast(HttpVersion.HTTP_1_1);
        boolean keeps = latest;
        boolean closes = false;
        boolean upgrades = false;
        int options = 0;
        byte[] array = fields.bytes().array();
        for (int i = fields.find(FieldName.CONNECTION); i >= 0; i = fields.next(i)) {
            int from = fields.valueOffset(i);
            int length = fields.valueLength(i);
            options += FieldList.count(array, from, length);
            keeps |= FieldList.contains(array, from, length, "keep-alive");
            closes |= FieldList.contains(array, from, length, "close");
            upgrades |= FieldList.contains(array, from, length, "upgrade");
        }
        if (options > MAX_CONNECTION_OPTIONS) {
            return bad("client sent too many options in \"Connection\" header");
        }
        // RFC 9112 §9.3: close goes before keep-alive
        head.keepsAlive = keeps && !closes;
        int protocol = fields.find(FieldName.UPGRADE);
        head.upgrade = upgrades && latest && protocol >= 0;
        if (head.upgrade && head.hasContent() && fields.valueEquals(protocol, "websocket")) {
            // RFC 6455 §4.1: the handshake is a GET; content would become the first bytes of the tunnel
            return bad("client sent WebSocket handshake with content");
        }
        int expect = fields.find(FieldName.EXPECT);
        // RFC 9110 §10.1.1: ignored in 1.0
        head.expectsContinue = expect >= 0 && latest && fields.valueEquals(expect, "100-continue");
        return null;
    }

    private static @Nullable Refusal checkMethod(RequestHead head, RequestLimits limits) {
        if (head.method == Method.TRACE) {
            return new Refusal(405, "client sent TRACE method" + READING_HEADERS);
        }
        if (head.method != Method.CONNECT) {
            return null;
        }
        if (!limits.allowsConnect() || !head.version.isAtLeast(HttpVersion.HTTP_1_1)) {
            return new Refusal(405, "client sent CONNECT method" + READING_HEADERS);
        }
        return head.hasContent() ? bad("client sent CONNECT request with body") : null;
    }

    private static Refusal bad(String what) {
        return new Refusal(400, what + READING_HEADERS);
    }
}
