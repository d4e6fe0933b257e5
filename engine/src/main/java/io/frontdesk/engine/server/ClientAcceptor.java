package io.frontdesk.engine.server;

import io.frontdesk.config.Severity;
import io.frontdesk.engine.client.ClientAddress;
import io.frontdesk.engine.http1.Http1Connection;
import io.frontdesk.engine.http1.Http1Input;
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
    /** All that ever were, by their number. */
    private final List<Worker> workers;
    private volatile int connectionLimit = Integer.MAX_VALUE;

    ClientAcceptor(List<Worker> workers) {
        this.workers = workers;
    }

    /** When a loop may say something again. */
    private static final class NextWord {
        private long millis;
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
            say(worker, Severity.ALERT, limit + " worker_connections are not enough");
            return false;
        }
        // nginx: ngx_drain_connections()
        say(worker, Severity.WARN, limit + " worker_connections are not enough, reusing connections");
        // Its channel tells it of its end only later; the next one accepted must not find it here again.
        ConnectionList.remove(oldest);
        oldest.closeNow();
        return true;
    }

    /** At most once a second: who comes in such numbers must not fill the disk too. */
    private void say(Worker worker, Severity severity, String message) {
        long now = worker.clock().millis();
        NextWord next = worker.own(NextWord.class, NextWord::new);
        if (now >= next.millis) {
            next.millis = now + 1000;
            worker.errorLog().log(severity, 0, message);
        }
    }

    @Override
    public void acceptFailed(Listener listener, Loop loop, Errno errno) {
        Worker worker = workers.get(loop.index());
        if (errno.equals(Errno.EMFILE) || errno.equals(Errno.ENFILE)) {
            worker.errorLog().log(Severity.CRIT, 0, "accept4() failed " + errno);
            // Descriptors belong to the process, so all loops give up those that nobody uses now.
            for (Worker each : workers) {
                each.loop().execute(() -> each.idle().forEach(ListedConnection::closeGracefully));
            }
            return;
        }
        worker.errorLog().log(Severity.ALERT, 0, "accept4() failed " + errno);
    }

    @Override
    public void broken(Listener listener, Loop loop, Throwable bug) {
        workers.get(loop.index()).bug(bug);
    }
}
