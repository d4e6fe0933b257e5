package io.frontdesk.engine.http2;

import io.frontdesk.net.loop.LoopClock;

/**
 * How annoying a client is: work that it makes us begin for nothing, and frames that lead to nothing, counted against what it makes us do
 * for good. Over a limit the connection ends. One a connection; loop only.
 */
final class Glitches {
    /** CVE-2023-44487, CVE-2025-8671: streams that ended before our answer, net of those that were answered. */
    private static final int MAX_WASTED_STREAMS = 100;
    /** CVE-2019-9511 to 9518: frames that led to nothing, net of {@value #FRAMES_PER_REQUEST} for each that led to something. */
    private static final int MAX_IDLE_FRAMES = 1000;
    private static final int FRAMES_PER_REQUEST = 10;
    /** A keeper-alive asks now and then for days: one such frame a second is free. */
    private static final long FREE_FRAME_MILLIS = 1000;

    private final LoopClock clock;
    private int wasted;
    private int idleFrames;
    private long lastFreeMillis;

    Glitches(LoopClock clock) {
        this.clock = clock;
        this.lastFreeMillis = clock.millis();
    }

    /** A stream ended by the client's doing before it was answered. */
    void streamWasted() {
        wasted++;
    }

    /** A request was answered. */
    void streamAnswered() {
        if (wasted > 0) {
            wasted--;
        }
        frameOfUse(FRAMES_PER_REQUEST);
    }

    /** A frame came that leads to nothing by itself. */
    void idleFrame() {
        idleFrames++;
    }

    /** Something of use happened, worth so many frames. */
    void frameOfUse(int worth) {
        idleFrames = Math.max(0, idleFrames - worth);
    }

    /** Whether it is too much. */
    boolean isTooMuch() {
        if (idleFrames > MAX_IDLE_FRAMES) {
            long free = (clock.millis() - lastFreeMillis) / FREE_FRAME_MILLIS;
            lastFreeMillis += free * FREE_FRAME_MILLIS;
            frameOfUse((int) Math.min(Integer.MAX_VALUE, free));
        }
        return wasted > MAX_WASTED_STREAMS || idleFrames > MAX_IDLE_FRAMES;
    }
}
