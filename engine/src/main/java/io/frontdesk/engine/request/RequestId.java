package io.frontdesk.engine.request;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.worker.Worker;

/** The 128 bits of {@code $request_id}: drawn at first use. Owned by the exchange of a client's request. */
public final class RequestId {
    private final Worker worker;
    private long first;
    private long second;

    RequestId(Worker worker) {
        this.worker = worker;
    }

    /** Forgets them: another request begins. */
    void clear() {
        first = 0;
        second = 0;
    }

    /** Appends them as 32 hex digits. */
    public void append(Bytes out) {
        if (first == 0 && second == 0) {
            first = worker.randomLong();
            second = worker.randomLong();
        }
        hex(first, out);
        hex(second, out);
    }

    private static void hex(long value, Bytes out) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            int digit = (int) (value >>> shift) & 15;
            out.write(digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
    }
}
