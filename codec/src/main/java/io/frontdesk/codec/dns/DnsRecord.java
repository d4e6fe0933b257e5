package io.frontdesk.codec.dns;

/** A record of a response's answers. A value. */
public sealed interface DnsRecord {
    /** How long it may be kept, in seconds. */
    long ttlSeconds();

    /**
     * An A or AAAA record.
     *
     * @param bytes 4 or 16 of them; not to be changed
     */
    record Address(long ttlSeconds, byte[] bytes) implements DnsRecord {}

    /**
     * A CNAME record.
     *
     * @param target where its name begins in the response: {@link DnsResponse#nameAt}
     */
    record Alias(long ttlSeconds, int target) implements DnsRecord {}

    /** A SRV record, RFC 2782. */
    record Service(long ttlSeconds, int priority, int weight, int port, String target) implements DnsRecord {}

    /**
     * Any other record.
     *
     * @param isExpected whether it is no wonder: a DNAME, which comes with its CNAME (RFC 6672 §3.1)
     */
    record Other(long ttlSeconds, int type, boolean isExpected) implements DnsRecord {}
}
