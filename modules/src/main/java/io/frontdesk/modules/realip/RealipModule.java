package io.frontdesk.modules.realip;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.address.TrustedPeers;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.request.Phase;
import io.frontdesk.engine.variable.Variables;
import io.frontdesk.net.Cidr;
import io.frontdesk.net.resolve.HostLookup;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Puts the address that a proxy in front tells in the place of the client's, when that proxy is trusted. */
public final class RealipModule extends HttpModule {
    final Directive<TrustedPeers> from = directive("set_real_ip_from",
            of("address | CIDR | name | unix:", 1, 1, RealipModule::parse)).in(HTTP, SERVER, LOCATION).list()
            .doc("A proxy, or a network of proxies, that is believed when it tells the address of its client; `unix:` is "
                    + "any that comes by a socket in the file system. A name is looked up when the configuration is loaded.");
    final Directive<String> header = directive("real_ip_header",
            text("field | X-Real-IP | X-Forwarded-For | proxy_protocol"))
            .in(HTTP, SERVER, LOCATION).orElse("X-Real-IP")
            .doc("The field of the request that tells it, or `proxy_protocol` for a PROXY header. In a list the last address counts.");
    final Directive<Boolean> recursive = directive("real_ip_recursive", flag()).in(HTTP, SERVER, LOCATION)
            .orElse(false)
            .doc("Whether trusted addresses of the list are passed over: then the last one counts that is not.");

    /** The module; one object per process. */
    public RealipModule() {
        super("realip");
        rules(new RealipRules(this));
    }

    private static TrustedPeers parse(Call call) throws ConfigException {
        String text = call.text(0);
        if (text.equals("unix:")) {
            return TrustedPeers.UNIX;
        }
        Cidr network = Cidr.parse(text);
        if (network != null) {
            if (network.hadHostBits()) {
                call.warn("low address bits of %s are meaningless", text);
            }
            return new TrustedPeers(List.of(network), false);
        }
        List<Cidr> found = new ArrayList<>();
        for (InetAddress address : HostLookup.system().addresses(text)) {
            byte[] bytes = address.getAddress();
            found.add(new Cidr(bytes, bytes.length * 8, false));
        }
        if (found.isEmpty()) {
            throw call.error("host not found in set_real_ip_from \"%s\"", text);
        }
        return new TrustedPeers(found, false);
    }

    @Override
    public void variables(Variables variables) {
        variables.declare("realip_remote_addr", "The address that connected, before `set_real_ip_from` replaced it.",
                (ex, out) -> {
                    out.write(ex.connection().peerAddress());
                    return true;
                });
        variables.declare("realip_remote_port", "The port of the address that connected.", (ex, out) -> {
            if (ex.connection().peerPort() > 0) {
                out.writeDecimal(ex.connection().peerPort());
            }
            return true;
        });
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) {
        List<Setting<TrustedPeers>> lines = scope.all(from);
        if (lines.isEmpty()) {
            return;
        }
        String name = scope.get(header);
        boolean isProxyHeader = name.equals("proxy_protocol");
        if (!isProxyHeader && !FieldKey.isValid(name)) {
            // no field has such a name
            return;
        }
        TrustedPeers trusted = TrustedPeers.union(lines.stream().map(Setting::value).toList());
        RealipHandler handler = new RealipHandler(trusted, isProxyHeader ? null : name, scope.get(recursive));
        // what a server says holds as soon as the request is read; what a location says, when it was found
        plan.on(Phase.POST_READ, handler);
        plan.on(Phase.PREACCESS, handler);
    }
}
