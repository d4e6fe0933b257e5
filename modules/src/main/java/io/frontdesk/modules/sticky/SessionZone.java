package io.frontdesk.modules.sticky;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a zone with their servers, in a bounded number: one that was not used for long makes room. Shared by all loops, and
 * by configurations that have the same zone for the same upstream.
 */
final class SessionZone {
    /** nginx: 8000 sessions a megabyte. */
    private static final int BYTES_PER_SESSION = 128;
    private static final int EVICTION_PROBES = 32;

    private final String upstream;
    private final int limit;
    private final long timeoutMillis;
    private volatile ConcurrentHashMap<SessionKey, Session> sessions = new ConcurrentHashMap<>();

    /** A server, and when it last served the session. A value. */
    private record Session(byte[] server, long usedMillis) {}

    SessionZone(String upstream, long sizeBytes, long timeoutMillis) {
        this.upstream = upstream;
        this.limit = (int) Math.min(Integer.MAX_VALUE, sizeBytes / BYTES_PER_SESSION);
        this.timeoutMillis = timeoutMillis;
    }

    String upstream() {
        return upstream;
    }

    /** Goes on with the sessions that another configuration's zone has. */
    void inherit(SessionZone before) {
        sessions = before.sessions;
    }

    int size() {
        return sessions.size();
    }

    /** The server of a session, or null when there is none. */
    byte @Nullable [] find(SessionKey key, long nowMillis) {
        Session known = sessions.get(key);
        return known == null || isOver(known, nowMillis) ? null : known.server;
    }

    /** The server has served this session, which there may be already. */
    void put(SessionKey key, byte[] server, long nowMillis) {
        if (sessions.size() >= limit && !sessions.containsKey(key)) {
            makeRoom(nowMillis);
        }
        sessions.put(key, new Session(server, nowMillis));
    }

    /** The server has served this session, if it is one. */
    void renew(SessionKey key, byte[] server, long nowMillis) {
        Session known = sessions.get(key);
        if (known != null && !isOver(known, nowMillis)) {
            sessions.replace(key, known, new Session(server, nowMillis));
        }
    }

    private boolean isOver(Session session, long nowMillis) {
        return nowMillis - session.usedMillis >= timeoutMillis;
    }

    /** Those of some that are over go, or else the one of them that was not used for longest. */
    private void makeRoom(long nowMillis) {
        Iterator<Map.Entry<SessionKey, Session>> all = sessions.entrySet().iterator();
        Map.Entry<SessionKey, Session> eldest = null;
        boolean made = false;
        for (int i = 0; i < EVICTION_PROBES && all.hasNext(); i++) {
            Map.Entry<SessionKey, Session> one = all.next();
            if (isOver(one.getValue(), nowMillis)) {
                all.remove();
                made = true;
            } else if (eldest == null || one.getValue().usedMillis < eldest.getValue().usedMillis) {
                eldest = one;
            }
        }
        if (!made && eldest != null) {
            sessions.remove(eldest.getKey());
        }
    }
}
