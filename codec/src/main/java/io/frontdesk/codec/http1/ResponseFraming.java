package io.frontdesk.codec.http1;

import io.frontdesk.codec.http.FieldList;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http.Status;
import org.jspecify.annotations.Nullable;

/** Decides what the fields of a response mean for its framing and its connection (RFC 9112 §6.3). Stateless. */
final class ResponseFraming {
    private ResponseFraming() {}

    /** Sets the decided parts of the head; gives what is wrong, or null. */
    static @Nullable String decide(ResponseHead head, boolean answersHead) {
        Fields fields = head.fields();
        if (head.isInterim()) {
            // RFC 9110 §8.6, RFC 9112 §6.1: framing fields have no meaning here
            return head.status == 103 && !head.version.isAtLeast(HttpVersion.HTTP_1_1)
                    ? "upstream sent HTTP/1.0 response with early hints"
                    : null;
        }
        byte[] array = fields.bytes().array();
        int length = fields.find(FieldName.CONTENT_LENGTH);
        if (length >= 0) {
            int second = fields.next(length);
            if (second >= 0) {
                return duplicate(fields, length, second);
            }
            head.contentLength = Numbers.contentLength(array, fields.valueOffset(length), fields.valueLength(length));
            if (head.contentLength < 0) {
                return "upstream sent invalid \"Content-Length\" header: \"" + RequestReader.pair(fields, length) + '"';
            }
        }
        int coding = fields.find(FieldName.TRANSFER_ENCODING);
        if (coding >= 0) {
            int second = fields.next(coding);
            if (second >= 0) {
                return duplicate(fields, coding, second);
            }
            if (length >= 0) {
                return "upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time";
            }
            if (!fields.valueEquals(coding, "chunked")) {
                return "upstream sent unknown \"Transfer-Encoding\": \"" + fields.valueString(coding) + '"';
            }
        }
        if (answersHead || Status.isBodyless(head.status)) {
            head.framing = Framing.NONE;
        } else if (coding >= 0) {
            head.framing = Framing.CHUNKED;
        } else {
            head.framing = length >= 0 ? Framing.LENGTH : Framing.UNTIL_CLOSE;
        }
        // nginx: a 1.0 connection is not used again
        head.keepsAlive = head.version.isAtLeast(HttpVersion.HTTP_1_1) && head.framing != Framing.UNTIL_CLOSE
                && head.status != 101 && !closes(fields);
        return null;
    }

    private static boolean closes(Fields fields) {
        byte[] array = fields.bytes().array();
        for (int i = fields.find(FieldName.CONNECTION); i >= 0; i = fields.next(i)) {
            if (FieldList.contains(array, fields.valueOffset(i), fields.valueLength(i), "close")) {
                return true;
            }
        }
        return false;
    }

    private static String duplicate(Fields fields, int first, int second) {
        return "upstream sent duplicate header line: \"" + RequestReader.pair(fields, second) + "\", previous value: \""
                + RequestReader.pair(fields, first) + '"';
    }
}
