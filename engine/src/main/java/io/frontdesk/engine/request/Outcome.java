package io.frontdesk.engine.request;

/** What a phase handler says when it returns: the closed set that the {@link PhaseRunner} understands. */
public enum Outcome {
    /** Not mine, or done and fine: the next handler. */
    NEXT,
    /** In the access phase: this handler lets the request in ({@code satisfy any} needs to know). */
    ALLOW,
    /** The handler will call {@link Exchange#resume} later, on the loop of the exchange. */
    WAIT,
    /** Answer with {@link Exchange#finishStatus()}: made by {@link Exchange#finish(int)}. */
    FINISH,
    /** Go on at another URI or named location: made by {@link Exchange#jump} and {@link Exchange#jumpNamed}. */
    JUMP,
    /** The handler has started the response, and will end it by itself; the runner has nothing more to do. */
    ANSWERED
}
