package io.frontdesk.engine.http2;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.codec.http2.HeaderBlockWriter;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.core.CoreSettings.ServerTokens;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import java.nio.charset.StandardCharsets;

/** Writes a response's head as a header block. Stateless. */
final class Http2Head {
    private static final byte[] SERVER = Identity.server(ServerTokens.ON).getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] PLAIN_SERVER = Identity.server(ServerTokens.OFF).getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] CHARSET = "; charset=".getBytes(StandardCharsets.ISO_8859_1);

    private Http2Head() {}

    /** Appends the block. */
    static void write(Exchange ex, HeaderBlockWriter block, Bytes out) {
        Response response = ex.response();
        Fields fields = response.fields();
        block.begin(out);
        block.status(response.status(), out);
        if (!response.omitsServer() && fields.find(FieldName.SERVER) < 0) {
            byte[] server = ex.location().core().serverTokens() == ServerTokens.OFF ? PLAIN_SERVER : SERVER;
            block.field(FieldName.SERVER, server, 0, server.length, out);
        }
        if (!response.omitsDate() && fields.find(FieldName.DATE) < 0) {
            byte[] date = ex.worker().clock().httpDate();
            block.field(FieldName.DATE, date, 0, date.length, out);
        }
        Bytes value = ex.worker().takeScratch();
        try {
            if (response.contentType().length() > 0) {
                value.write(response.contentType());
                if (response.charset().length() > 0) {
                    value.write(CHARSET);
                    value.write(response.charset());
                }
                block.field(FieldName.CONTENT_TYPE, value.array(), 0, value.length(), out);
            }
            if (response.contentLength() >= 0 && response.status() != 204 && response.status() >= 200) {
                value.clear();
                value.writeDecimal(response.contentLength());
                block.field(FieldName.CONTENT_LENGTH, value.array(), 0, value.length(), out);
            }
            if (!fields.has(FieldName.LAST_MODIFIED) && response.lastModifiedSeconds() >= 0) {
                value.clear();
                HttpDate.format(response.lastModifiedSeconds(), value);
                block.field(FieldName.LAST_MODIFIED, value.array(), 0, value.length(), out);
            }
        } finally {
            ex.worker().giveBackScratch(value);
        }
        fields(fields, block, out);
    }

    /** Appends fields, without those that mean something for HTTP/1 connections only (RFC 9113 §8.2.2). */
    static void fields(Fields fields, HeaderBlockWriter block, Bytes out) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.isRemoved(i)) {
                continue;
            }
            switch (fields.id(i)) {
                case FieldName.CONNECTION, FieldName.KEEP_ALIVE, FieldName.PROXY_CONNECTION,
                        FieldName.TRANSFER_ENCODING, FieldName.UPGRADE ->
                    {
                    }
                default -> block.field(fields, i, out);
            }
        }
    }
}
