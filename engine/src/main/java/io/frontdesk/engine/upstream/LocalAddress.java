package io.frontdesk.engine.upstream;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.net.connect.BindAddress;
import io.frontdesk.net.connect.ConnectOptions;

/** {@code proxy_bind} with a variable in it: the address to connect from, per request. Stateless. */
final class LocalAddress {
    private LocalAddress() {}

    static ConnectOptions options(Exchange ex, UpstreamSettings settings) {
        Template template = settings.bind;
        if (template == null) {
            return settings.connecting;
        }
        String value = template.value(ex);
        if (value.isEmpty()) {
            return settings.connecting;
        }
        return switch (BindAddress.parse(value, null)) {
            case BindAddress.From from -> settings.connecting.withLocal(from.address());
            case BindAddress.Any any -> settings.connecting;
            case BindAddress.Refused refused -> {
                // nginx: the connection is made from any address then
                ex.log(FaultKind.INVALID_VALUE, Severity.ERROR, "invalid local address \"" + value + "\"");
                yield settings.connecting;
            }
        };
    }
}
