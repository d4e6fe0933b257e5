package io.frontdesk.engine.core;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http.HttpDate;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Response;
import io.frontdesk.engine.variable.Variable;
import io.frontdesk.engine.variable.Variables;
import java.nio.charset.StandardCharsets;

/** The families of variables over header fields, cookies and arguments. */
public final class FieldVariables {
    private FieldVariables() {}

    static void declare(Variables v) {
        v.declarePrefix("http_", "A field of the request: lower case, dashes as underscores.",
                name -> requestField(name.substring(5)));
        v.declarePrefix("sent_http_", "A field of the response.", name -> sent(name.substring(10)));
        v.declarePrefix("sent_trailer_", "A trailer field of the response.", name -> {
            byte[] key = bytes(name.substring(13));
            return (ex, out) -> {
                Fields trailers = ex.response().trailers();
                return trailers != null && join(trailers, key, ", ", out);
            };
        });
        v.declarePrefix("cookie_", "A cookie of the request.", name -> {
            byte[] key = bytes(name.substring(7));
            return (ex, out) -> cookie(ex.request().fields(), key, out);
        });
        v.declarePrefix("arg_", "An argument of the request.", name -> {
            byte[] key = bytes(name.substring(4));
            return (ex, out) -> argument(ex, key, out);
        });
    }

    private static Variable requestField(String name) {
        byte[] key = bytes(name);
        String separator = name.equals("cookie") ? "; " : ", ";
        return (ex, out) -> join(ex.request().fields(), key, separator, out);
    }

    private static Variable sent(String name) {
        byte[] key = bytes(name);
        return switch (name) {
            case "content_type" -> (ex, out) -> {
                Response r = ex.response();
                if (r.contentType().isEmpty()) {
                    return false;
                }
                out.write(r.contentType());
                if (!r.charset().isEmpty()) {
                    out.write("; charset=");
                    out.write(r.charset());
                }
                return true;
            };
            case "content_length" -> (ex, out) -> {
                if (ex.response().contentLength() < 0) {
                    return false;
                }
                out.writeDecimal(ex.response().contentLength());
                return true;
            };
            case "last_modified" -> (ex, out) -> {
                if (ex.response().lastModifiedSeconds() < 0 || ex.response().fields().has(FieldName.LAST_MODIFIED)) {
                    return join(ex.response().fields(), key, ", ", out);
                }
                HttpDate.format(ex.response().lastModifiedSeconds(), out);
                return true;
            };
            case "connection" -> (ex, out) -> {
                out.write(ex.response().status() == 101 ? "upgrade" : ex.keepsAlive() ? "keep-alive" : "close");
                return true;
            };
            case "keep_alive" -> (ex, out) -> {
                long seconds = ex.location().core().keepAliveHeaderSeconds();
                if (!ex.keepsAlive() || seconds == 0) {
                    return false;
                }
                out.write("timeout=");
                out.writeDecimal(seconds);
                return true;
            };
            case "transfer_encoding" -> (ex, out) -> {
                boolean chunked = ex.response().contentLength() < 0 && !ex.response().headOnly()
                        && ex.location().core().chunks();
                if (chunked) {
                    out.write("chunked");
                }
                return chunked;
            };
            default -> (ex, out) -> join(ex.response().fields(), key, ", ", out);
        };
    }

    /** Appends all values of the field that a variable's name part stands for; false when there is none. */
    public static boolean join(Fields fields, byte[] key, String separator, Bytes out) {
        int i = fields.findVariable(key, 0);
        if (i < 0) {
            return false;
        }
        fields.appendValue(i, out);
        for (i = fields.findVariable(key, i + 1); i >= 0; i = fields.findVariable(key, i + 1)) {
            out.write(separator);
            fields.appendValue(i, out);
        }
        return true;
    }

    private static final byte[] COOKIE = bytes("cookie");

    /**
     * Appends the value of a cookie, whose name counts in any case; false when there is none. nginx: blanks around the equals sign are
     * passed over.
     */
    public static boolean cookie(Fields fields, byte[] key, Bytes out) {
        for (int f = fields.findVariable(COOKIE, 0); f >= 0; f = fields.findVariable(COOKIE, f + 1)) {
            byte[] in = fields.bytes().array();
            int at = fields.valueOffset(f);
            int end = at + fields.valueLength(f);
            while (at < end) {
                int stop = Octets.indexOf((byte) ';', in, at, end);
                int value = valueOf(in, at, stop, key);
                if (value >= 0) {
                    out.write(in, value, stop - value);
                    return true;
                }
                at = afterBlanks(in, stop + 1, end);
            }
        }
        return false;
    }

    /** Where the value of {@code key = value} begins, or -1. */
    private static int valueOf(byte[] in, int from, int end, byte[] key) {
        if (end - from < key.length || !Octets.equalsFolded(in, from, key, 0, key.length)) {
            return -1;
        }
        int equals = afterBlanks(in, from + key.length, end);
        return equals < end && in[equals] == '=' ? afterBlanks(in, equals + 1, end) : -1;
    }

    private static int afterBlanks(byte[] in, int from, int end) {
        int i = from;
        while (i < end && in[i] == ' ') {
            i++;
        }
        return i;
    }

    private static boolean argument(Exchange ex, byte[] key, Bytes out) {
        if (key.length == 0) {
            return false;
        }
        byte[] in = ex.uri().argsBytes();
        int at = ex.uri().argsOffset();
        int end = at + ex.uri().argsLength();
        while (at < end) {
            int stop = Octets.indexOf((byte) '&', in, at, end);
            if (stop - at > key.length && in[at + key.length] == '='
                    && Octets.equalsFolded(in, at, key, 0, key.length)) {
                out.write(in, at + key.length + 1, stop - at - key.length - 1);
                return true;
            }
            at = stop + 1;
        }
        return false;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
