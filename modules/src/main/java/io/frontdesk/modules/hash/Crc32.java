package io.frontdesk.modules.hash;

/** The CRC of IEEE 802.3 in steps, which can go on from any of them. Stateless. */
final class Crc32 {
    /** Where it starts. */
    static final int START = -1;

    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) == 0 ? value >>> 1 : value >>> 1 ^ 0xedb88320;
            }
            TABLE[i] = value;
        }
    }

    private Crc32() {}

    /** Goes on with these bytes. */
    static int update(int crc, byte[] bytes, int from, int length) {
        int value = crc;
        for (int i = from; i < from + length; i++) {
            value = TABLE[(value ^ bytes[i]) & 0xff] ^ value >>> 8;
        }
        return value;
    }

    /** What it comes to. */
    static int finish(int crc) {
        return ~crc;
    }
}
