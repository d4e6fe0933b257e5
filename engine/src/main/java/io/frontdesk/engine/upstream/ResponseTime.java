package io.frontdesk.engine.upstream;

/** Which of a peer's times says how busy it is, and what that time is expected to be. */
public enum ResponseTime {
    /** The time until a response's head came. */
    HEADER,
    /** The time until a response was there whole. */
    LAST_BYTE;

    /** nginx: peers that are slower than this are equally bad. */
    private static final long MAX_MILLIS = 5000;
    /** nginx: times that differ by less are the same. */
    private static final long STEP_MILLIS = 20;

    /** The time that a peer likely takes to be done with all its requests and one more. */
    public long expected(Peer peer, long nowMillis) {
        PeerTimes times = peer.state().times();
        long time = this == HEADER ? times.headerMillis() : times.responseMillis();
        long unchecked = peer.state().uncheckedMillis(nowMillis);
        long window = peer.parameters().failTimeoutMillis();
        if (unchecked > window) {
            // nginx: a time is half of what it was once in fail_timeout, so that slow peers get a chance
            time >>= Math.min(63, unchecked / 1000 / (window / 1000 + 1));
        }
        if (times.isRunning()) {
            time = Math.max(time, times.inflightMillis());
        }
        time = time > MAX_MILLIS ? MAX_MILLIS : time + STEP_MILLIS - time % STEP_MILLIS;
        return time * (1 + peer.state().connections());
    }

    /** Counts a response for a balancer that looks at these times. */
    public static void ended(Choice choice, Peer peer, boolean well) {
        if (well && choice.headMillis() >= 0) {
            peer.state().times().responseCame(choice.nowMillis() - choice.takenMillis());
            peer.state().times().headerCame(choice.headMillis());
        }
    }
}
