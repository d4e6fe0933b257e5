package io.frontdesk.net.tls;

import io.frontdesk.net.ControlPlane;
import java.util.HashMap;
import java.util.Map;

/**
 * The contexts of the process: equal settings share one, so that a reload which changes nothing keeps sessions and tickets, and a thousand
 * locations cost as much as one. Each user has a lease; the last one to go closes the context. Control plane, any thread of it.
 */
@ControlPlane("whoever loads or drops a configuration, or a virtual thread for names with variables; a lock")
public final class TlsContexts {
    private static final TlsContexts PROCESS = new TlsContexts();

    private final Map<String, Shared> byDigest = new HashMap<>();

    private static final class Shared {
        final TlsContext context;
        int leases;

        Shared(TlsContext context) {
            this.context = context;
        }
    }

    /** One user's hold on a context. */
    @ControlPlane("as its owner; closing takes the lock")
    public final class Lease implements AutoCloseable {
        private final String digest;
        private final TlsContext context;
        private boolean over;

        private Lease(String digest, TlsContext context) {
            this.digest = digest;
            this.context = context;
        }

        /** The context, until this is closed. */
        public TlsContext context() {
            return context;
        }

        @Override
        public void close() {
            synchronized (byDigest) {
                if (!over) {
                    over = true;
                    release(digest);
                }
            }
        }
    }

    private TlsContexts() {}

    /** Those of this process. */
    public static TlsContexts process() {
        return PROCESS;
    }

    /** The context of these settings, made if it is new. */
    public Lease lease(TlsSettings settings) throws TlsSettingsException {
        String digest = settings.digest();
        synchronized (byDigest) {
            Shared known = byDigest.get(digest);
            if (known == null) {
                known = new Shared(TlsContext.of(settings));
                byDigest.put(digest, known);
            }
            known.leases++;
            return new Lease(digest, known.context);
        }
    }

    private void release(String digest) {
        Shared known = byDigest.get(digest);
        if (known != null && --known.leases == 0) {
            byDigest.remove(digest);
            known.context.close();
        }
    }
}
