package io.frontdesk.engine.http2;

import io.frontdesk.engine.plan.ListenPlan;
import io.frontdesk.engine.plan.ServerPlan;

/**
 * What a server says about HTTP/2. Immutable, attached to its plan.
 *
 * @param enabled      {@code http2}
 * @param offered      whether it is spoken by TLS to who asks for it: where {@code listen} says so too
 * @param maxStreams   {@code http2_max_concurrent_streams}
 * @param prereadBytes {@code http2_body_preread_size}: the window of a new stream
 */
public record Http2Settings(boolean enabled, boolean offered, int maxStreams, int prereadBytes) {
    /** nginx's defaults. */
    public static final Http2Settings DEFAULT = new Http2Settings(false, false, 128, 65_536);

    /** Those of a server. */
    public static Http2Settings of(ServerPlan server) {
        Http2Settings found = server.attachment(Http2Settings.class);
        return found == null ? DEFAULT : found;
    }

    /** Whether a server may be asked by HTTP/2 at an address (nginx: the address has the word, or the server the directive). */
    public static boolean allows(ListenPlan listen, ServerPlan server) {
        return listen.http2() || of(server).enabled();
    }
}
