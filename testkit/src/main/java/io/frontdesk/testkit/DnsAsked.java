package io.frontdesk.testkit;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A question that a {@link DnsServer} was asked.
 *
 * @param name    as it was sent
 * @param type    {@code A}, {@code AAAA}, {@code SRV}, or a number
 * @param overTcp whether it came over a connection
 * @param from    who asked
 * @param count   how often it was asked already, this time included, by either protocol
 * @param query   the message
 */
public record DnsAsked(String name, String type, boolean overTcp, SocketAddress from, int count, byte[] query) {
    static DnsAsked read(byte[] query, SocketAddress from, boolean overTcp, List<DnsAsked> before) {
        StringBuilder name = new StringBuilder();
        int at = 12;
        while (query[at] != 0) {
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(query, at + 1, query[at], StandardCharsets.ISO_8859_1));
            at += 1 + query[at];
        }
        int number = (query[at + 1] & 0xff) << 8 | query[at + 2] & 0xff;
        String type = switch (number) {
            case 1 -> "A";
            case 28 -> "AAAA";
            case 33 -> "SRV";
            default -> Integer.toString(number);
        };
        String text = name.toString();
        long count = before.stream().filter(q -> q.name().equals(text) && q.type().equals(type)).count();
        return new DnsAsked(text, type, overTcp, from, (int) count + 1, query);
    }

    /** Its id. */
    public int id() {
        return (query[0] & 0xff) << 8 | query[1] & 0xff;
    }
}
