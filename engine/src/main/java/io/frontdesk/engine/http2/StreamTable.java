package io.frontdesk.engine.http2;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The streams of a connection that are not over, by number; and which were over lately. Owned by its connection. */
final class StreamTable {
    private static final int CHAINS = 32;
    private static final int REMEMBERED = 64;

    private final @Nullable Http2Stream[] chains = new @Nullable Http2Stream[CHAINS];
    private final int[] lately = new int[REMEMBERED];
    private int latelyNext;
    private int size;

    int size() {
        return size;
    }

    @Nullable
    Http2Stream find(int id) {
        Http2Stream stream = chains[chain(id)];
        while (stream != null && stream.id() != id) {
            stream = stream.next;
        }
        return stream;
    }

    void add(Http2Stream stream) {
        int chain = chain(stream.id());
        stream.next = chains[chain];
        chains[chain] = stream;
        size++;
    }

    void remove(Http2Stream gone) {
        int chain = chain(gone.id());
        Http2Stream before = null;
        Http2Stream stream = chains[chain];
        while (stream != null && stream != gone) {
            before = stream;
            stream = stream.next;
        }
        if (stream == null) {
            return;
        }
        if (before == null) {
            chains[chain] = gone.next;
        } else {
            before.next = gone.next;
        }
        gone.next = null;
        size--;
        // what is still under way to a stream that we ended is no fault of the client's
        lately[latelyNext] = gone.body().hasInputEnded() ? gone.id() : -gone.id();
        latelyNext = (latelyNext + 1) % REMEMBERED;
    }

    /** Whether the stream was there, and was over not long ago. */
    boolean wasThere(int id) {
        for (int one : lately) {
            if (Math.abs(one) == id) {
                return true;
            }
        }
        return false;
    }

    /** Whether the stream was over lately, and the client itself had ended its side. */
    boolean wasEndedByClient(int id) {
        for (int one : lately) {
            if (one == id) {
                return true;
            }
        }
        return false;
    }

    /** Runs over all, letting each leave while it does. */
    void forEach(Consumer<Http2Stream> action) {
        for (int chain = 0; chain < CHAINS; chain++) {
            Http2Stream stream = chains[chain];
            while (stream != null) {
                Http2Stream following = stream.next;
                action.accept(stream);
                stream = following;
            }
        }
    }

    private static int chain(int id) {
        return (id >>> 1) & (CHAINS - 1);
    }
}
