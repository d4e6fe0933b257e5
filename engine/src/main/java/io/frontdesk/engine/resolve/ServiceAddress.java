package io.frontdesk.engine.resolve;

import java.net.InetAddress;

/**
 * An address of a service. A value.
 *
 * @param name     of the host, as the record has it
 * @param priority a lower number goes before a higher one
 * @param weight   its share among those of its priority, at least 1
 */
public record ServiceAddress(InetAddress address, int port, String name, int priority, int weight) {}
