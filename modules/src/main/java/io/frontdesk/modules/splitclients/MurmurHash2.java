package io.frontdesk.modules.splitclients;

/** Austin Appleby's MurmurHash2 of 32 bits with seed 0, which nginx divides clients by. Stateless. */
final class MurmurHash2 {
    private static final int FACTOR = 0x5bd1e995;

    private MurmurHash2() {}

    static int hash(byte[] bytes, int offset, int length) {
        int hash = length;
        int at = offset;
        int left = length;
        for (; left >= 4; left -= 4, at += 4) {
            int word = octet(bytes, at) | octet(bytes, at + 1) << 8 | octet(bytes, at + 2) << 16
                    | octet(bytes, at + 3) << 24;
            word *= FACTOR;
            word ^= word >>> 24;
            word *= FACTOR;
            hash = hash * FACTOR ^ word;
        }
        for (int i = left - 1; i >= 0; i--) {
            hash ^= octet(bytes, at + i) << 8 * i;
        }
        if (left > 0) {
            hash *= FACTOR;
        }
        hash ^= hash >>> 13;
        hash *= FACTOR;
        return hash ^ hash >>> 15;
    }

    private static int octet(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }
}
