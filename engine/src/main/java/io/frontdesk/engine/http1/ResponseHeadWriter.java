package io.frontdesk.engine.http1;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.codec.http.Status;
import io.frontdesk.codec.http1.HeadWriter;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a response's head from its typed parts. Field values were refused CR, LF and NUL when they entered the table, so that nothing
 * here can split a response. Stateless.
 */
final class ResponseHeadWriter {
    private static final byte[] VERSION = ascii("HTTP/1.1 ");
    private static final byte[] DATE = ascii("Date: ");
    private static final byte[] CONTENT_TYPE = ascii("Content-Type: ");
    private static final byte[] CHARSET = ascii("; charset=");
    private static final byte[] CONTENT_LENGTH = ascii("Content-Length: ");
    private static final byte[] LAST_MODIFIED = ascii("Last-Modified: ");
    private static final byte[] CHUNKED = ascii("Transfer-Encoding: chunked\r\n");
    private static final byte[] KEEP_ALIVE = ascii("Connection: keep-alive\r\n");
    private static final byte[] CLOSE = ascii("Connection: close\r\n");
    private static final byte[] UPGRADE = ascii("Connection: upgrade\r\n");
    private static final byte[] KEEP_ALIVE_TIMEOUT = ascii("Keep-Alive: timeout=");
    private static final byte[] CRLF = ascii("\r\n");

    private ResponseHeadWriter() {}

    /** Appends the whole head. */
    static void write(Exchange ex, boolean chunked, boolean keepsAlive, Bytes out) {
        Response response = ex.response();
        Fields fields = response.fields();
        statusLine(response, out);
        if (!response.omitsServer() && fields.find(FieldName.SERVER) < 0) {
            out.write(Identity.serverLine(ex.location().core().serverTokens()));
        }
        if (!response.omitsDate() && fields.find(FieldName.DATE) < 0) {
            out.write(DATE);
            out.write(ex.worker().clock().httpDate());
            out.write(CRLF);
        }
        if (response.contentType().length() > 0) {
            out.write(CONTENT_TYPE);
            out.write(response.contentType());
            if (response.charset().length() > 0) {
                out.write(CHARSET);
                out.write(response.charset());
            }
            out.write(CRLF);
        }
        if (response.contentLength() >= 0 && response.status() != 204 && response.status() >= 200) {
            out.write(CONTENT_LENGTH);
            out.writeDecimal(response.contentLength());
            out.write(CRLF);
        }
        if (!fields.has(FieldName.LAST_MODIFIED) && response.lastModifiedSeconds() >= 0) {
            out.write(LAST_MODIFIED);
            HttpDate.format(response.lastModifiedSeconds(), out);
            out.write(CRLF);
        }
        if (chunked) {
            out.write(CHUNKED);
        }
        connection(ex, keepsAlive, out);
        HeadWriter.fields(out, fields);
        out.write(CRLF);
    }

    /** Appends the head of an interim response (RFC 9110 §15.2). */
    static void interim(int status, @Nullable Fields fields, Bytes out) {
        Status.writeLine(status, out);
        if (fields != null) {
            HeadWriter.fields(out, fields);
        }
        out.write(CRLF);
    }

    private static void statusLine(Response response, Bytes out) {
        @Nullable
        String reason = response.reason();
        if (reason == null) {
            Status.writeLine(response.status(), out);
            return;
        }
        out.write(VERSION);
        out.writeDecimal(response.status());
        out.write((byte) ' ');
        out.write(reason);
        out.write(CRLF);
    }

    private static void connection(Exchange ex, boolean keepsAlive, Bytes out) {
        if (ex.response().status() == 101) {
            out.write(UPGRADE);
        } else if (keepsAlive) {
            out.write(KEEP_ALIVE);
            long seconds = ex.location().core().keepAliveHeaderSeconds();
            if (seconds > 0) {
                out.write(KEEP_ALIVE_TIMEOUT);
                out.writeDecimal(seconds);
                out.write(CRLF);
            }
        } else {
            out.write(CLOSE);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
