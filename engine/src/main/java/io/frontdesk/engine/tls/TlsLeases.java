package io.frontdesk.engine.tls;

import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.tls.TlsContext;
import io.frontdesk.net.tls.TlsContexts;
import io.frontdesk.net.tls.TlsSettings;
import io.frontdesk.net.tls.TlsSettingsException;
import java.util.ArrayList;
import java.util.List;

/** The contexts that one configuration uses: one of its shared things, which is closed with it. Control plane. */
@ControlPlane("whoever loads or drops a configuration")
public final class TlsLeases implements AutoCloseable {
    private final List<AutoCloseable> held = new ArrayList<>();

    /** The context of these settings, for as long as the configuration lives. */
    public synchronized TlsContext context(TlsSettings settings) throws TlsSettingsException {
        TlsContexts.Lease lease = TlsContexts.process().lease(settings);
        held.add(lease);
        return lease.context();
    }

    /** Closes something together with these. */
    public synchronized void add(AutoCloseable other) {
        held.add(other);
    }

    @Override
    public synchronized void close() throws Exception {
        for (AutoCloseable one : held) {
            one.close();
        }
        held.clear();
    }
}
