package io.frontdesk.modules.proxy;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.upstream.UpstreamExchange;
import io.frontdesk.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/** The {@code $proxy_} variables. */
final class ProxyVariables {
    private ProxyVariables() {}

    static void declare(Variables v) {
        v.declare("proxy_host", "Host and port of the proxied server, as `proxy_pass` names them.", (ex, out) -> {
            ProxyCall call = call(ex);
            if (call == null) {
                return false;
            }
            out.write(call.target().hostHeader());
            return true;
        });
        v.declare("proxy_port", "The port of the proxied server.", (ex, out) -> {
            ProxyCall call = call(ex);
            if (call == null || call.target().url().unixPath() != null) {
                return false;
            }
            out.write(call.target().portText());
            return true;
        });
        v.declare("proxy_add_x_forwarded_for", "X-Forwarded-For of the request, with the client's address behind it.",
                (ex, out) -> {
                    Fields fields = ex.request().fields();
                    for (int i = fields.find(FieldName.X_FORWARDED_FOR); i >= 0; i = fields.next(i)) {
                        fields.appendValue(i, out);
                        out.write(", ");
                    }
                    out.write(ex.connection().remoteAddress());
                    return true;
                });
        v.declare("proxy_internal_body_length", "The length of the request's body, as it is passed on.", (ex, out) -> {
            ProxyCall call = call(ex);
            if (call == null || call.bodyLength() < 0) {
                return false;
            }
            out.writeDecimal(call.bodyLength());
            return true;
        });
        v.declare("proxy_internal_chunked", "`chunked` when the request's body is passed on in chunks.", (ex, out) -> {
            ProxyCall call = call(ex);
            if (call == null || !call.isChunked()) {
                return false;
            }
            out.write("chunked");
            return true;
        });
    }

    private static @Nullable ProxyCall call(Exchange ex) {
        UpstreamExchange upstream = ex.upstream();
        return upstream != null && upstream.codec() instanceof ProxyCodec codec && codec.call().isFor(ex)
                ? codec.call()
                : null;
    }
}
