package io.frontdesk.engine.address;

/** An address as an unsigned number of 128 bits; one of IPv4 is small. A value. */
record AddressNumber(long high, long low) implements Comparable<AddressNumber> {

    static AddressNumber of(byte[] address) {
        return address.length == 4
                ? new AddressNumber(0, four(address, 0))
                : new AddressNumber(eight(address, 0), eight(address, 8));
    }

    static long four(byte[] bytes, int at) {
        return (bytes[at] & 0xffL) << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8
                | bytes[at + 3] & 0xff;
    }

    static long eight(byte[] bytes, int at) {
        return four(bytes, at) << 32 | four(bytes, at + 4);
    }

    /** The last address of the network of {@code bits} bits, of {@code all} in its family, that begins here. */
    AddressNumber last(int bits, int all) {
        int free = all - bits;
        if (free >= 64) {
            return new AddressNumber(high | ones(free - 64), -1);
        }
        return new AddressNumber(high, low | ones(free));
    }

    private static long ones(int count) {
        return count >= 64 ? -1 : (1L << count) - 1;
    }

    AddressNumber next() {
        return new AddressNumber(low == -1 ? high + 1 : high, low + 1);
    }

    @Override
    public int compareTo(AddressNumber other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
}
