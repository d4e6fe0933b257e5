package io.frontdesk.engine.core;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.engine.Identity;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.RequestBody;
import io.frontdesk.engine.variable.Variables;
import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;

/** The variables that every configuration has: of the request, its connection, the response and the time. */
final class CoreVariables {
    private CoreVariables() {}

    static void declare(Variables v) {
        request(v);
        uri(v);
        body(v);
        connection(v);
        response(v);
        process(v);
        FieldVariables.declare(v);
    }

    private static void request(Variables v) {
        v.declare("host", "The host of the request, or the server's name.", (ex, out) -> {
            if (ex.request().host().isEmpty()) {
                out.write(ex.server().name());
            } else {
                out.write(ex.request().host());
            }
            return true;
        });
        v.declare("request", "The request line as the client sent it.", (ex, out) -> {
            RequestHead head = ex.request();
            out.write(head.bytes().array(), head.requestLineOffset(), head.requestLineLength());
            return head.requestLineLength() > 0;
        });
        v.declare("request_method", "The method.", (ex, out) -> {
            RequestHead head = ex.request();
            if (ex.becameGet()) {
                out.write(ex.method().wire());
                return true;
            }
            out.write(head.bytes().array(), head.methodOffset(), head.methodLength());
            return head.methodLength() > 0;
        });
        v.declare("request_uri", "The target with its arguments, as the client sent it.", (ex, out) -> {
            RequestHead head = ex.request();
            if (head.rawTargetLength() == 0 && !head.hasEmptyPath()) {
                return false;
            }
            if (head.hasEmptyPath()) {
                out.write('/');
            }
            out.write(head.bytes().array(), head.rawTargetOffset(), head.rawTargetLength());
            return true;
        });
        v.declare("server_protocol", "The protocol of the request, such as HTTP/1.1.", (ex, out) -> {
            out.write(ex.request().version().wire());
            return true;
        });
        v.declare("scheme", "http or https.", (ex, out) -> {
            out.write(ex.connection().tls() == null ? "http" : "https");
            return true;
        });
        v.declare("https", "on when the connection is TLS, otherwise empty.", (ex, out) -> {
            if (ex.connection().tls() != null) {
                out.write("on");
            }
            return true;
        });
        v.declare("request_id", "32 hex digits drawn at random for the request.", (ex, out) -> {
            ex.id().append(out);
            return true;
        });
        v.declare("request_length", "Bytes of the request: line, head and body.", (ex, out) -> {
            out.writeDecimal(ex.request().length() + ex.body().received());
            return true;
        });
        v.declare("request_time", "Seconds with milliseconds since the first byte of the request.", (ex, out) -> {
            seconds(ex.worker().clock().millis() - ex.startMillis(), out);
            return true;
        });
        v.declare("request_completion", "OK when the request was answered whole, otherwise empty.", (ex, out) -> {
            if (ex.responder().isEnded() && !ex.isClientGone()) {
                out.write("OK");
            }
            return true;
        });
        v.declare("request_port", "The port that the request names with its host.", (ex, out) -> {
            int port = ex.request().port();
            if (port > 0) {
                out.writeDecimal(port);
            }
            return true;
        });
        v.declare("is_request_port", "A colon when the request names a port, otherwise empty.", (ex, out) -> {
            if (ex.request().port() > 0) {
                out.write(':');
            }
            return true;
        });
        v.declare("remote_user", "The user name of Basic credentials.", BasicCredentials::appendUser);
    }

    private static void uri(Variables v) {
        v.declare("uri", "The path as it is now: decoded and normalised.", (ex, out) -> {
            ex.uri().appendPath(out);
            return true;
        });
        v.declare("document_uri", "The same as $uri.", (ex, out) -> {
            ex.uri().appendPath(out);
            return true;
        });
        v.declare("args", "The arguments as they are now.", CoreVariables::args, (ex, value) -> ex.uri().args(value));
        v.declare("query_string", "The same as $args.", CoreVariables::args);
        v.declare("is_args", "A question mark when there are arguments, otherwise empty.", (ex, out) -> {
            if (ex.uri().argsLength() > 0) {
                out.write('?');
            }
            return true;
        });
        v.declare("document_root", "root or alias of the request.", (ex, out) -> {
            ex.location().core().root().appendRoot(ex, out);
            return true;
        });
        v.declare("realpath_root", "The same with symbolic links resolved.", (ex, out) -> {
            Bytes root = ex.worker().takeScratch();
            try {
                ex.location().core().root().appendRoot(ex, root);
                out.write(java.nio.file.Path.of(root.toString()).toRealPath().toString());
                return true;
            } catch (java.io.IOException e) {
                return false;
            } finally {
                ex.worker().giveBackScratch(root);
            }
        });
        v.declare("request_filename", "The path of the file that the URI leads to.", (ex, out) -> {
            ex.location().core().root().append(ex, out);
            return true;
        });
        v.declare("limit_rate", "How fast the response is sent; may be set.", (ex, out) -> {
            out.writeDecimal(ex.limitRate());
            return true;
        }, (ex, value) -> {
            OptionalLong rate = io.frontdesk.config.Sizes.size(value);
            if (rate.isPresent()) {
                ex.limitRate(rate.getAsLong());
            }
        });
    }

    private static boolean args(Exchange ex, Bytes out) {
        ex.uri().appendArgs(out);
        return true;
    }

    private static void body(Variables v) {
        v.declare("request_body", "The body, once it was read and as far as it is in memory.", (ex, out) -> {
            ByteBuf memory = ex.body().memory();
            if (memory == null) {
                return false;
            }
            for (int i = memory.readerIndex(); i < memory.writerIndex(); i++) {
                out.write(memory.getByte(i));
            }
            return true;
        });
        v.declare("request_body_file", "The file that holds the body.", (ex, out) -> {
            RequestBody body = ex.body();
            if (body.file() == null) {
                return false;
            }
            out.write(body.file().file().path().toString());
            return true;
        });
        v.declare("content_length", "The Content-Length of the request.",
                (ex, out) -> field(ex, FieldName.CONTENT_LENGTH, out));
        v.declare("content_type", "The Content-Type of the request.",
                (ex, out) -> field(ex, FieldName.CONTENT_TYPE, out));
    }

    private static boolean field(Exchange ex, int id, Bytes out) {
        Fields fields = ex.request().fields();
        int i = fields.find(id);
        if (i < 0) {
            return false;
        }
        fields.appendValue(i, out);
        for (i = fields.next(i); i >= 0; i = fields.next(i)) {
            out.write(", ");
            fields.appendValue(i, out);
        }
        return true;
    }

    private static void connection(Variables v) {
        v.declare("remote_addr", "The client's address.", (ex, out) -> {
            out.write(ex.connection().remoteAddress());
            return true;
        });
        v.declare("remote_port", "The client's port.", (ex, out) -> {
            if (ex.connection().remotePort() > 0) {
                out.writeDecimal(ex.connection().remotePort());
            }
            return true;
        });
        v.declare("binary_remote_addr", "The client's address in 4 or 16 bytes.", (ex, out) -> {
            out.write(ex.connection().remoteAddressBytes());
            return true;
        });
        v.declare("server_addr", "The address that the client connected to.", (ex, out) -> {
            out.write(ex.connection().localAddress());
            return true;
        });
        v.declare("server_port", "The port that the client connected to.", (ex, out) -> {
            if (ex.connection().localPort() > 0) {
                out.writeDecimal(ex.connection().localPort());
            }
            return true;
        });
        v.declare("server_name", "The first name of the server.", (ex, out) -> {
            out.write(ex.server().name());
            return true;
        });
        v.declare("connection", "The number of the connection.", (ex, out) -> {
            out.writeDecimal(ex.connection().number());
            return true;
        });
        v.declare("connection_requests", "Requests on the connection so far.", (ex, out) -> {
            out.writeDecimal(ex.connection().requestCount());
            return true;
        });
        v.declare("connection_time", "Seconds with milliseconds since the connection was accepted.", (ex, out) -> {
            seconds(ex.worker().clock().millis() - ex.connection().startMillis(), out);
            return true;
        });
        v.declare("pipe", "p when the request came with another behind it, otherwise a dot.", (ex, out) -> {
            out.write(ex.connection().isPipelined() ? 'p' : '.');
            return true;
        });
    }

    private static void response(Variables v) {
        v.declare("status", "The status of the response.", (ex, out) -> {
            int status = ex.errorStatus() != 0 ? ex.errorStatus() : ex.response().status();
            if (ex.request().version() == io.frontdesk.codec.http.HttpVersion.HTTP_0_9) {
                out.write("009");
            } else {
                out.writeDecimal(status, 3);
            }
            return true;
        });
        v.declare("bytes_sent", "Bytes that went to the client.", (ex, out) -> {
            out.writeDecimal(ex.stream().bytesSent());
            return true;
        });
        v.declare("body_bytes_sent", "Bytes of the body that went to the client.", (ex, out) -> {
            out.writeDecimal(ex.responder().bodyBytes());
            return true;
        });
    }

    private static void process(Variables v) {
        v.declare("time_local", "The time in the form of the common log.", (ex, out) -> {
            out.write(ex.worker().clock().logTime());
            return true;
        });
        v.declare("time_iso8601", "The time in ISO 8601.", (ex, out) -> {
            out.write(ex.worker().clock().isoTime());
            return true;
        });
        v.declare("msec", "The time in seconds with milliseconds.", (ex, out) -> {
            seconds(ex.worker().clock().wallMillis(), out);
            return true;
        });
        String pid = Long.toString(ProcessHandle.current().pid());
        v.declare("pid", "The process.", (ex, out) -> {
            out.write(pid);
            return true;
        });
        v.declare("nginx_version", "The version of nginx whose behaviour is kept.", (ex, out) -> {
            out.write(Identity.NGINX_VERSION);
            return true;
        });
        String hostname = HostNames.own();
        v.declare("hostname", "The name of the machine.", (ex, out) -> {
            out.write(hostname);
            return true;
        });
    }

    /** Seconds with three decimals. */
    static void seconds(long millis, Bytes out) {
        long positive = Math.max(0, millis);
        out.writeDecimal(positive / 1000);
        out.write('.');
        out.writeDecimal((int) (positive % 1000), 3);
    }
}
