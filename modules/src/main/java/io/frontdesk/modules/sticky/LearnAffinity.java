package io.frontdesk.modules.sticky;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.upstream.Choice;
import io.frontdesk.engine.upstream.Peer;
import io.frontdesk.engine.variable.Template;
import java.util.List;

/** A session that a server began is remembered with it. Immutable but for its zone, shared by all loops. */
final class LearnAffinity extends RouteAffinity {
    private final Template[] creates;
    private final SessionZone sessions;
    private final boolean fromHead;

    LearnAffinity(List<Template> lookups, List<Template> creates, SessionZone sessions, boolean fromHead) {
        super(lookups);
        this.creates = creates.toArray(new Template[0]);
        this.sessions = sessions;
        this.fromHead = fromHead;
    }

    @Override
    public void seek(Choice choice) {
        if (choice.client().isEmpty()) {
            return;
        }
        byte[] server = sessions.find(SessionKey.of(choice.client()), choice.nowMillis());
        if (server != null) {
            choice.bind(server, server.length);
        }
    }

    @Override
    public void headCame(Choice choice, Peer peer) {
        if (fromHead) {
            learn(choice, peer);
        }
    }

    @Override
    public void served(Choice choice, Peer peer) {
        if (!fromHead) {
            learn(choice, peer);
        }
    }

    private void learn(Choice choice, Peer peer) {
        Bytes session = choice.exchange().worker().takeScratch();
        try {
            boolean begins = find(creates, choice, session);
            if (begins) {
                sessions.put(SessionKey.of(session), peer.id(), choice.nowMillis());
            } else if (!choice.client().isEmpty()) {
                sessions.renew(SessionKey.of(choice.client()), peer.id(), choice.nowMillis());
            }
        } finally {
            choice.exchange().worker().giveBackScratch(session);
        }
    }
}
