package io.frontdesk.testkit.hostile;

import java.util.Map;

/** What a case wants of the proxy. Where the RFCs allow two answers, it is the one that the corpus prefers. */
public enum Wanted {
    /** Refused, and nothing of it reaches the backend. */
    REFUSED,
    /** Refused in the same way, and the connection goes no further. */
    REFUSED_AND_CLOSED,
    /** The message is cut short: the backend never gets it as a complete one. */
    NEVER_COMPLETE,
    /** A rule of the configuration holds, in whatever way the path is written. */
    DENIED,
    /** Accepted, and what the backend gets is strict HTTP/1.1. */
    PASSED_ON,
    /** The backend's answer is refused by 502. */
    BAD_GATEWAY,
    /** 502, or the client sees that the answer is cut short. */
    CUT_SHORT,
    /** A clean answer of status 200, or of one that the case names. */
    CLEAN_ANSWER,
    /** A clean answer or 502. */
    CLEAN_ANSWER_OR_BAD_GATEWAY;

    private static final Map<String, Wanted> WORDS = Map.ofEntries(Map.entry("reject-400", REFUSED),
            Map.entry("either:reject", REFUSED), Map.entry("reject-and-close", REFUSED_AND_CLOSED),
            Map.entry("reject-abort", NEVER_COMPLETE), Map.entry("deny", DENIED), Map.entry("normalise", PASSED_ON),
            Map.entry("forward-unchanged", PASSED_ON), Map.entry("either:normalise", PASSED_ON),
            Map.entry("reject-502", BAD_GATEWAY), Map.entry("abort", CUT_SHORT), Map.entry("resp-ok", CLEAN_ANSWER),
            Map.entry("resp-either", CLEAN_ANSWER_OR_BAD_GATEWAY));

    static Wanted of(String word) {
        Wanted wanted = WORDS.get(word);
        if (wanted == null) {
            throw new IllegalArgumentException("the corpus wants \"" + word + "\", which nobody can judge");
        }
        return wanted;
    }
}
