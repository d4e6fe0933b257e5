package io.frontdesk.engine.core;

import io.frontdesk.net.listen.ListenAddress;
import io.frontdesk.net.listen.ListenOptions;
import java.util.List;

/**
 * A {@code listen} line.
 *
 * @param addresses     what its address stands for: a name may have several, a range of ports too
 * @param options       the socket's options
 * @param setsOptions   whether any was given: only one line of an address may
 * @param isDefault     {@code default_server}
 * @param tls           {@code ssl}
 * @param http2         {@code http2}
 * @param quic          {@code quic}
 * @param proxyProtocol {@code proxy_protocol}
 */
public record ListenLine(List<ListenAddress> addresses, ListenOptions options, boolean setsOptions, boolean isDefault,
        boolean tls, boolean http2, boolean quic, boolean proxyProtocol) {}
