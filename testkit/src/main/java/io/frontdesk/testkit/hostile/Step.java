package io.frontdesk.testkit.hostile;

/** What one side of a case does next. */
public sealed interface Step {
    /** Sends bytes. */
    record Send(String bytes) implements Step {}

    /** Lets time pass, because the case is about bytes that come apart. */
    record Pause(long millis) implements Step {}

    /** Says, as the first step, that the backend does not wait for the request's body. */
    record AnswerEarly() implements Step {}

    /** Ends this side's bytes, and reads on. */
    record Finish() implements Step {}

    /** Ends the connection. */
    record Close() implements Step {}

    /** Ends the connection by a reset. */
    record Reset() implements Step {}
}
