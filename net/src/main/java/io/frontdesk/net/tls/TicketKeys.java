package io.frontdesk.net.tls;

import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The keys of a context's tickets where no file names any: random, and renewed twice in the time that a session may be taken up, so that
 * none is taken up later, whatever the library would allow, and an old ticket can't be read once its time is over. Of one context; any loop
 * may be the one that renews.
 */
final class TicketKeys {
    private static final int SLICES = 2;
    private static final int PART = 16;

    private final OpenSslServerSessionContext sessions;
    private final long sliceNanos;
    private final SecureRandom random = new SecureRandom();
    private final ArrayDeque<OpenSslSessionTicketKey> keys = new ArrayDeque<>();
    private final AtomicBoolean renewing = new AtomicBoolean();
    /** 0 before the first handshake: a key's time begins when it is used. */
    private volatile long dueNanos;

    TicketKeys(OpenSslServerSessionContext sessions, long timeoutSeconds) {
        this.sessions = sessions;
        this.sliceNanos = Math.max(1, timeoutSeconds) * 1_000_000_000L / SLICES;
        renew(1);
    }

    /** A handshake begins: new keys, if it is time. */
    void look() {
        long now = System.nanoTime();
        long due = dueNanos;
        long late = now - due;
        if (due != 0 && late < 0 || !renewing.compareAndSet(false, true)) {
            return;
        }
        try {
            if (due == 0) {
                dueNanos = now + sliceNanos;
            } else {
                long slices = late / sliceNanos + 1;
                renew(slices);
                dueNanos = due + slices * sliceNanos;
            }
        } finally {
            renewing.set(false);
        }
    }

    private void renew(long slices) {
        for (long i = 0; i < Math.min(slices, SLICES); i++) {
            if (keys.size() == SLICES) {
                keys.removeLast();
            }
            keys.addFirst(new OpenSslSessionTicketKey(bytes(), bytes(), bytes()));
        }
        sessions.setTicketKeys(keys.toArray(new OpenSslSessionTicketKey[0]));
    }

    private byte[] bytes() {
        byte[] bytes = new byte[PART];
        random.nextBytes(bytes);
        return bytes;
    }
}
