package io.frontdesk.engine.upstream;

/** What is remembered of one attempt at an upstream, for logs. Reused; times are milliseconds from its start, -1 for never. */
final class Attempt {
    private static final byte[] NONE = new byte[0];

    /** Address of the peer, or the upstream's name when none was live. */
    byte[] peer = NONE;
    /** Stands between the attempts of two upstreams, as after an internal redirect. */
    boolean isBoundary;
    int status;
    long startMillis;
    long connectMillis;
    long headerMillis;
    long responseMillis;
    long responseLength;
    long bytesReceived;
    long bytesSent;

    void begin(long nowMillis) {
        peer = NONE;
        isBoundary = false;
        status = 0;
        startMillis = nowMillis;
        connectMillis = -1;
        headerMillis = -1;
        responseMillis = -1;
        responseLength = 0;
        bytesReceived = 0;
        bytesSent = 0;
    }
}
