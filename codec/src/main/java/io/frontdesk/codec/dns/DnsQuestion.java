package io.frontdesk.codec.dns;

/**
 * What a response says that it answers. A value.
 *
 * @param name in lower case, without a dot at its end
 */
public record DnsQuestion(String name, DnsType type) {}
