package io.frontdesk.engine.upstream;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one upstream that one loop keeps idle, latest first; intrusive, so that keeping one allocates nothing. Whatever comes
 * on an idle connection closes it, but for control frames of HTTP/2. Loop only.
 */
final class IdlePool {
    private KeepAlive limits;
    private @Nullable UpstreamConnection latest;
    private @Nullable UpstreamConnection oldest;
    private int size;

    IdlePool(KeepAlive limits) {
        this.limits = limits;
    }

    KeepAlive limits() {
        return limits;
    }

    int size() {
        return size;
    }

    /**
     * Takes the connection to a peer that was used last.
     *
     * @param tag   the location that asks
     * @param tls   what TLS must be by
     * @param http2 whether it must speak HTTP/2
     */
    @Nullable
    UpstreamConnection take(Peer peer, Object tag, UpstreamTls.@Nullable Key tls, boolean http2) {
        for (UpstreamConnection c = latest; c != null; c = c.older) {
            if (c.peer().state() == peer.state() && (!limits.local() || c.tag() == tag)
                    && c.isHttp2() == http2 && Objects.equals(c.tls(), tls)) {
                remove(c);
                return c;
            }
        }
        return null;
    }

    /** Keeps a connection; the one that is idle for longest makes room. */
    void add(UpstreamConnection c) {
        if (size >= limits.connections()) {
            UpstreamConnection last = oldest;
            if (last != null) {
                last.close();
            }
        }
        c.older = latest;
        c.newer = null;
        if (latest == null) {
            oldest = c;
        } else {
            latest.newer = c;
        }
        latest = c;
        c.pooled = true;
        size++;
    }

    /** Takes a connection out, if it is here. */
    void remove(UpstreamConnection c) {
        if (!c.pooled) {
            return;
        }
        c.pooled = false;
        if (c.newer == null) {
            latest = c.older;
        } else {
            c.newer.older = c.older;
        }
        if (c.older == null) {
            oldest = c.newer;
        } else {
            c.older.newer = c.newer;
        }
        c.older = null;
        c.newer = null;
        size--;
    }

    /** Closes all, and keeps none from now on. */
    void rest() {
        limits = KeepAlive.NONE;
        while (latest != null) {
            latest.close();
        }
    }
}
