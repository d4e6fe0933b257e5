package io.frontdesk.engine.resolve;

import org.jspecify.annotations.Nullable;

/** What a resolver knows of one name: an answer, a query on its way, or both. Owned by its resolver, on its loop. */
final class Name {
    /** RFC 8767 §4: an answer that can't be refreshed is of use for a day. */
    static final long MAX_STALE_SECONDS = 86_400;

    private final String text;
    private @Nullable Answer answer;
    private @Nullable Query query;
    private boolean silent;
    private long askAgainSecond = Long.MIN_VALUE;

    Name(String text) {
        this.text = text;
    }

    /** The name in lower case. */
    String text() {
        return text;
    }

    /** The answer, if it may be used in this second: it is fresh, or the servers stay silent or fail when they are asked again. */
    @Nullable
    Answer answer(long nowSecond) {
        Answer known = answer;
        if (known == null || isFresh(nowSecond)) {
            return known;
        }
        return silent && known.untilSecond() >= 0 && nowSecond - known.untilSecond() <= MAX_STALE_SECONDS
                ? known
                : null;
    }

    /** Whether there is an answer whose time is not over. */
    boolean isFresh(long nowSecond) {
        Answer known = answer;
        return known != null && nowSecond <= known.untilSecond();
    }

    /** Keeps an answer. */
    void answered(Answer by) {
        answer = by;
        silent = false;
    }

    /** The servers say that there is no answer. */
    void refused() {
        answer = null;
        silent = false;
    }

    /** The servers have said nothing for as long as somebody could wait. */
    void silent() {
        silent = true;
    }

    /** The servers can't say: what was answered before holds on, and they are left in peace for a while. */
    void failing(long nextTrySecond) {
        silent = true;
        askAgainSecond = nextTrySecond;
    }

    /** Whether it is time to ask again for what is too old. */
    boolean mayAskAgain(long nowSecond) {
        return nowSecond >= askAgainSecond;
    }

    /** The query that is on its way. */
    @Nullable
    Query query() {
        return query;
    }

    /** Sets the query that is on its way. */
    void query(@Nullable Query value) {
        query = value;
    }

    /** Whether nothing would be lost with it. */
    boolean isEmpty() {
        return query == null && answer == null;
    }
}
