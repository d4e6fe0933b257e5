package io.frontdesk.engine.server;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.http1.ClientAddress;
import io.frontdesk.engine.http1.Http1Connection;
import io.frontdesk.engine.http1.Http1Input;
import io.frontdesk.engine.log.BugLine;
import io.frontdesk.engine.worker.ConnectionList;
import io.frontdesk.engine.worker.ListedConnection;
import io.frontdesk.engine.worker.Worker;
import io.frontdesk.net.Errno;
import io.frontdesk.net.listen.ConnectionFactory;
import io.frontdesk.net.listen.Listener;
import io.frontdesk.net.loop.Loop;
import io.netty.channel.Channel;
import java.util.List;

/** Makes client connections of what the listeners accept. One per engine, shared by all loops; each call is on the loop it names. */
final class ClientAcceptor implements ConnectionFactory {
    private final List<Worker> workers;
    private volatile int connectionLimit = Integer.MAX_VALUE;

    ClientAcceptor(List<Worker> workers) {
        this.workers = List.copyOf(workers);
    }

    /** How many client connections a loop may have: {@code worker_connections}. Any thread. */
    void connectionLimit(int limit) {
        connectionLimit = limit;
    }

    @Override
    public void accepted(Channel channel, Listener listener, Loop loop) {
        Worker worker = workers.get(loop.index());
        worker.counts().accept();
        if (worker.snapshot().socket(listener.address()) == null || !hasRoom(worker)) {
            channel.unsafe().closeForcibly();
            return;
        }
        ClientAddress address = new ClientAddress(channel, worker.clock().millis());
        Http1Connection connection = new Http1Connection(worker, channel, listener.address(), address);
        channel.pipeline().addLast(new Http1Input(connection));
        connection.open();
    }

    /** At the limit the connection that is idle for longest makes room; without one there is none. */
    private boolean hasRoom(Worker worker) {
        int limit = connectionLimit;
        if (worker.idle().size() + worker.busy().size() < limit) {
            return true;
        }
        ListedConnection oldest = worker.idle().oldest();
        if (oldest == null) {
            // nginx: ngx_get_connection()
            worker.errorLog().log(Severity.ALERT, 0, limit + " worker_connections are not enough");
            return false;
        }
        // Its channel tells it of its end only later; the next one accepted must not find it here again.
        ConnectionList.remove(oldest);
        oldest.closeNow();
        return true;
    }

    @Override
    public void acceptFailed(Listener listener, Loop loop, Errno errno) {
        Worker worker = workers.get(loop.index());
        if (errno.equals(Errno.EMFILE) || errno.equals(Errno.ENFILE)) {
            worker.errorLog().log(Severity.CRIT, 0, "accept4() failed " + errno);
            // Descriptors that nobody uses now make room for those that wait in the kernel.
            worker.idle().forEach(ListedConnection::closeGracefully);
            return;
        }
        worker.errorLog().log(Severity.ALERT, 0, "accept4() failed " + errno);
    }

    @Override
    public void broken(Listener listener, Loop loop, Throwable bug) {
        workers.get(loop.index()).errorLog().log(Severity.ALERT, 0, BugLine.of(bug));
    }
}
