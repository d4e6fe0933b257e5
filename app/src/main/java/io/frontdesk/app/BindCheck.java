package io.frontdesk.app;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.log.ErrorLog;
import io.frontdesk.engine.plan.SocketPlan;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.Errno;
import io.frontdesk.net.listen.BindFault;
import io.frontdesk.net.listen.ListenAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the addresses of a configuration can be bound, without listening on them: what {@code -t} finds out. nginx: one that is in use is
 * no fault then, as the server that runs has it.
 */
@ControlPlane("the main thread; asks the kernel")
final class BindCheck {
    private BindCheck() {}

    static boolean allBindable(List<SocketPlan> sockets, ErrorLog log) {
        boolean all = true;
        for (SocketPlan socket : sockets) {
            if (socket.address() instanceof ListenAddress.Inet inet) {
                Errno errno = bind(inet);
                if (errno != null && !errno.equals(Errno.EADDRINUSE)) {
                    log.log(Severity.EMERG, 0,
                            new BindFault(BindFault.Step.BIND, inet, socket.options().backlog(), errno).message());
                    all = false;
                }
            }
        }
        return all;
    }

    private static @Nullable Errno bind(ListenAddress.Inet inet) {
        try (SocketChannel channel = SocketChannel
                .open(inet.ipv6() ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET)) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(inet.address(), inet.port()));
            return null;
        } catch (IOException e) {
            return Errno.of(e);
        }
    }
}
