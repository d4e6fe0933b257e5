package io.frontdesk.engine.upstream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is in an upstream at a moment. A value: a change makes another, and requests finish on the one that they began with.
 *
 * @param primary the ordinary servers
 * @param backup  the backup servers, or null where there can be none
 */
record Members(PeerGroup primary, @Nullable PeerGroup backup) {
    /** Of these peers; {@code backup} is null where there can be none. */
    static Members of(List<Peer> primary, @Nullable List<Peer> backup, Balancer balancer) {
        boolean single = primary.size() == 1 && (backup == null || backup.isEmpty());
        return new Members(new PeerGroup(primary, single, balancer),
                backup == null ? null : new PeerGroup(backup, false, balancer));
    }

    /** nginx: ngx_http_upstream_tries. */
    int tries() {
        return primary.tries() + (backup == null ? 0 : backup.tries());
    }
}
