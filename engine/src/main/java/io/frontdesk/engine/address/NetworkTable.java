package io.frontdesk.engine.address;

import io.frontdesk.net.Cidr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Networks to values; the smallest network that holds an address decides. An IPv4 address that came by an IPv6 socket is one of IPv4.
 * Immutable, any thread.
 */
public final class NetworkTable<V> {
    private final AddressRanges<V> four;
    private final AddressRanges<V> six;

    private NetworkTable(AddressRanges<V> four, AddressRanges<V> six) {
        this.four = four;
        this.six = six;
    }

    /** The value of an address of 4 or 16 bytes, or null. */
    public @Nullable V find(byte[] address) {
        if (address.length == 4) {
            return four.find(address, 0, 4);
        }
        return MappedAddress.is(address) ? four.find(address, MappedAddress.OFFSET, 4) : six.find(address, 0, 16);
    }

    /** Collects networks. Control plane. */
    public static final class Builder<V> {
        private final Map<Network, V> networks = new HashMap<>();

        private record Network(AddressNumber first, int bits, boolean ipv6) {
            static Network of(Cidr cidr) {
                return new Network(AddressNumber.of(cidr.address()), cidr.bits(), cidr.isIpv6());
            }

            AddressNumber last() {
                return first.last(bits, ipv6 ? 128 : 32);
            }
        }

        /** Sets a network's value; gives the one that it had, or null. */
        public @Nullable V put(Cidr network, V value) {
            return networks.put(Network.of(network), value);
        }

        /** Takes a network away; false when it was not there. */
        public boolean remove(Cidr network) {
            return networks.remove(Network.of(network)) != null;
        }

        /** The table. */
        public NetworkTable<V> build() {
            return new NetworkTable<>(flatten(false), flatten(true));
        }

        /** Walks the networks of a family in order, an outer one before those in it. */
        private AddressRanges<V> flatten(boolean ipv6) {
            List<Network> sorted = new ArrayList<>();
            for (Network network : networks.keySet()) {
                if (network.ipv6 == ipv6) {
                    sorted.add(network);
                }
            }
            sorted.sort(Comparator.comparing(Network::first).thenComparingInt(Network::bits));
            AddressRanges.Builder<V> ranges = new AddressRanges.Builder<>();
            Deque<Network> around = new ArrayDeque<>();
            for (Network network : sorted) {
                while (!around.isEmpty() && around.peek().last().compareTo(network.first) < 0) {
                    leave(around, ranges);
                }
                around.push(network);
                ranges.from(network.first, networks.get(network));
            }
            while (!around.isEmpty()) {
                leave(around, ranges);
            }
            return ranges.build();
        }

        private void leave(Deque<Network> around, AddressRanges.Builder<V> ranges) {
            AddressNumber behind = around.pop().last().next();
            Network outer = around.peek();
            if (behind.high() != 0 || behind.low() != 0) {
                ranges.from(behind, outer == null ? null : networks.get(outer));
            }
        }
    }
}
