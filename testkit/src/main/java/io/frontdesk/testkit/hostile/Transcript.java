package io.frontdesk.testkit.hostile;

import java.util.List;

/**
 * What both sides saw of a case.
 *
 * @param played the case
 * @param nonce what tells its messages from others
 * @param isHead whether its request is one of HEAD
 * @param received all that its client received
 * @param before how much of it was there before the follow-up was sent, when that waited for the answer
 * @param ended whether the proxy ended the client's connection
 * @param strangers what other clients received who asked after it
 * @param from how many requests the backend had seen before it
 */
record Transcript(HostileCase played, String nonce, boolean isHead, String received, int before, boolean ended,
        List<String> strangers, int from) {
    List<SeenAnswer> answers() {
        return SeenAnswer.readAll(received, isHead, ended);
    }

    List<SeenAnswer> answersBefore() {
        return SeenAnswer.readAll(received.substring(0, before), isHead, ended);
    }
}
