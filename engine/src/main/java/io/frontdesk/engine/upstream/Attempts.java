package io.frontdesk.engine.upstream;

import io.frontdesk.codec.Bytes;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * The attempts at upstreams of one request, internal redirects included, as the {@code $upstream_} variables show them: those at one
 * upstream separated by commas, upstreams by colons. Owned by an exchange and reused.
 */
public final class Attempts {
    private Attempt[] all = new Attempt[0];
    private int count;

    /** How many there are, boundaries between upstreams included. */
    public int count() {
        return count;
    }

    Attempt last() {
        return all[count - 1];
    }

    /** Begins an attempt. */
    Attempt add(long nowMillis) {
        if (count == all.length) {
            all = Arrays.copyOf(all, count + 2);
            for (int i = count; i < all.length; i++) {
                all[i] = new Attempt();
            }
        }
        Attempt next = all[count++];
        next.begin(nowMillis);
        return next;
    }

    /** The last one has its connection. */
    void connected(long nowMillis) {
        last().connectMillis = elapsed(nowMillis);
    }

    /** A head has come for the last one. */
    void headRead(int status, long nowMillis) {
        last().status = status;
        last().headerMillis = elapsed(nowMillis);
    }

    /** The last one is over; the first to say so counts. */
    void ended(long bytesSent, long nowMillis) {
        Attempt attempt = last();
        if (attempt.responseMillis < 0) {
            attempt.responseMillis = elapsed(nowMillis);
            attempt.bytesSent = bytesSent;
        }
    }

    private long elapsed(long nowMillis) {
        return Math.max(0, nowMillis - last().startMillis);
    }

    /** Another upstream's attempts follow. */
    void addBoundary(long nowMillis) {
        if (count > 0) {
            add(nowMillis).isBoundary = true;
        }
    }

    /** Exchanges what both hold. */
    void swap(Attempts other) {
        Attempt[] attempts = all;
        int n = count;
        all = other.all;
        count = other.count;
        other.all = attempts;
        other.count = n;
    }

    void clear() {
        count = 0;
    }

    /** Appends the addresses; false when there was no attempt. */
    boolean appendPeers(Bytes out) {
        for (int i = 0; i < count; i++) {
            separate(i, out);
            if (!all[i].isBoundary) {
                out.write(all[i].peer);
            }
        }
        return count > 0;
    }

    /** Appends the statuses. */
    boolean appendStatuses(Bytes out) {
        for (int i = 0; i < count; i++) {
            separate(i, out);
            if (all[i].isBoundary) {
                continue;
            }
            if (all[i].status == 0) {
                out.write('-');
            } else {
                out.writeDecimal(all[i].status);
            }
        }
        return count > 0;
    }

    /** Appends times in seconds with three digits behind the point, a dash for none. */
    boolean appendTimes(ToLongFunction<Attempt> time, Bytes out) {
        for (int i = 0; i < count; i++) {
            separate(i, out);
            if (all[i].isBoundary) {
                continue;
            }
            long millis = time.applyAsLong(all[i]);
            if (millis < 0) {
                out.write('-');
            } else {
                out.writeDecimal(millis / 1000);
                out.write('.');
                out.writeDecimal((int) (millis % 1000), 3);
            }
        }
        return count > 0;
    }

    /** Appends numbers. */
    boolean appendNumbers(ToLongFunction<Attempt> number, Bytes out) {
        for (int i = 0; i < count; i++) {
            separate(i, out);
            if (!all[i].isBoundary) {
                out.writeDecimal(number.applyAsLong(all[i]));
            }
        }
        return count > 0;
    }

    /** Appends the address of the last attempt with this around it; nothing when there was none. */
    public void appendLastPeer(String before, String behind, Bytes out) {
        if (count > 0 && last().peer.length > 0) {
            out.write(before);
            out.write(last().peer);
            out.write(behind);
        }
    }

    /** Appends the status of the last attempt with this before it; nothing when none came. */
    public void appendLastStatus(String before, Bytes out) {
        if (count > 0 && last().status != 0) {
            out.write(before);
            out.writeDecimal(last().status);
        }
    }

    private void separate(int i, Bytes out) {
        if (i == 0 || i > 0 && all[i - 1].isBoundary) {
            return;
        }
        out.write(all[i].isBoundary ? " : " : ", ");
    }
}
