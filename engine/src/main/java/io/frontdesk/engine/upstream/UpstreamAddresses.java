package io.frontdesk.engine.upstream;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Position;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.net.AddressText;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.resolve.HostLookup;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the addresses of upstreams while a configuration is loaded. Stateless; may wait for the system's resolver. */
@ControlPlane("loading a configuration; asks the system for host names")
public final class UpstreamAddresses {
    private UpstreamAddresses() {}

    /** The address that a URL names without a look-up, or null. */
    public static @Nullable PeerAddress literal(UpstreamUrl url, int usualPort) {
        if (url.unixPath() != null) {
            return PeerAddress.unix(url.unixPath());
        }
        InetAddress address = AddressText.literal(url.host());
        return address == null ? null : PeerAddress.of(address, url.port() == 0 ? usualPort : url.port());
    }

    /** All addresses of a URL. */
    public static List<PeerAddress> resolve(UpstreamUrl url, int usualPort, Position at) throws ConfigException {
        PeerAddress literal = literal(url, usualPort);
        if (literal != null) {
            return List.of(literal);
        }
        List<PeerAddress> found = new ArrayList<>();
        for (InetAddress address : HostLookup.system().addresses(url.host())) {
            found.add(PeerAddress.of(address, url.port() == 0 ? usualPort : url.port()));
        }
        if (found.isEmpty()) {
            throw Link.error("host not found in upstream \"" + url.text() + "\"", at);
        }
        return found;
    }

    /** The upstream that a URL stands for: one of that name, or its addresses. */
    public static Upstream find(UpstreamUrl url, int usualPort, Upstreams upstreams, Position at)
            throws ConfigException {
        Upstream named = url.unixPath() == null ? upstreams.named(url.hostText()) : null;
        if (named != null) {
            if (!url.portText().isEmpty()) {
                throw Link.error("upstream \"" + url.hostText() + "\" may not have port " + url.port(), at);
            }
            return named;
        }
        Upstream known = upstreams.implicit(url.authority() + "/" + usualPort);
        if (known != null) {
            return known;
        }
        return upstreams.implicit(url.authority() + "/" + usualPort,
                Upstream.implicit(url.authority(), resolve(url, usualPort, at)));
    }
}
