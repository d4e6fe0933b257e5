package io.frontdesk.engine.resolve;

import io.frontdesk.codec.dns.DnsRecord;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What is known of a name. A value. */
sealed interface Answer {
    /** The last second, in the resolver's count, in which it may be used; -1 when it is for those who wait only. */
    long untilSecond();

    /** It stands for these addresses. */
    record Addresses(List<InetAddress> ipv4, List<InetAddress> ipv6, long untilSecond) implements Answer {
        /** In the order in which they came. */
        List<InetAddress> all() {
            if (ipv6.isEmpty()) {
                return ipv4;
            }
            if (ipv4.isEmpty()) {
                return ipv6;
            }
            List<InetAddress> all = new ArrayList<>(ipv4);
            all.addAll(ipv6);
            return all;
        }

        /** nginx: each family begins anywhere, and so does the whole. */
        List<InetAddress> rotated(long random) {
            int size = ipv4.size() + ipv6.size();
            if (size == 1) {
                return all();
            }
            List<InetAddress> all = new ArrayList<>(size);
            long left = random >>> 1;
            for (List<InetAddress> family : List.of(ipv4, ipv6)) {
                int count = family.size();
                int first = count == 0 ? 0 : (int) (left % count);
                left /= Math.max(1, count);
                for (int i = 0; i < count; i++) {
                    all.add(family.get((first + i) % count));
                }
            }
            Collections.rotate(all, (int) (left % size));
            return all;
        }
    }

    /** It is another name's alias. */
    record Alias(String target, long untilSecond) implements Answer {}

    /** It is a service of these hosts, those of the lowest priority number first. */
    record Services(List<DnsRecord.Service> records, long untilSecond) implements Answer {}
}
