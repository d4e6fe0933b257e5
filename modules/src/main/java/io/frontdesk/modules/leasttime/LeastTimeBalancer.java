package io.frontdesk.modules.leasttime;

import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.LeastBalancer;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.upstream.PeerGroup;
import io.frontdesk.engine.upstream.PeerTimes;
import io.frontdesk.engine.upstream.ResponseTime;
import org.jspecify.annotations.Nullable;

/** The load of a server is the time that it likely takes to be done with all its requests and one more. Immutable, shared by all loops. */
final class LeastTimeBalancer extends LeastBalancer {
    private final ResponseTime time;
    private final boolean countsInflight;

    LeastTimeBalancer(ResponseTime time, boolean countsInflight) {
        this.time = time;
        this.countsInflight = countsInflight;
    }

    @Override
    public @Nullable Peer choose(Choice choice) {
        if (countsInflight) {
            PeerGroup group = choice.group();
            for (int i = 0; i < group.size(); i++) {
                if (choice.mayTake(group.peer(i))) {
                    group.peer(i).state().times().observe(choice.nowMillis());
                }
            }
        }
        return super.choose(choice);
    }

    @Override
    protected long load(Choice choice, Peer peer) {
        return time.expected(peer, choice.nowMillis());
    }

    @Override
    public void taken(Choice choice, Peer peer) {
        if (countsInflight) {
            peer.state().times().begin(choice.takenMillis());
            choice.counted(true);
        }
    }

    @Override
    public void headCame(Choice choice, Peer peer) {
        if (countsInflight && time == ResponseTime.HEADER) {
            peer.state().times().headerCame(choice.headMillis());
            endInflight(choice, peer);
        }
    }

    @Override
    public void ended(Choice choice, Peer peer, boolean well) {
        endInflight(choice, peer);
        // nginx: failures do not count, so that who fails fast is not preferred
        PeerTimes times = peer.state().times();
        if (well && choice.headMillis() >= 0) {
            times.responseCame(choice.nowMillis() - choice.takenMillis());
            if (!countsInflight || time != ResponseTime.HEADER) {
                times.headerCame(choice.headMillis());
            }
        }
    }

    private static void endInflight(Choice choice, Peer peer) {
        if (choice.isCounted()) {
            choice.counted(false);
            peer.state().times().end(choice.takenMillis());
        }
    }
}
