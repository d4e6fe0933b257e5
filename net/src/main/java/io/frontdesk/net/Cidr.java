package io.frontdesk.net;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one address. Immutable; any thread.
 *
 * @param address
 *            4 or 16 bytes; those beyond the prefix are zero
 * @param bits
 *            how long the prefix is
 * @param hadHostBits
 *            whether the text had bits beyond the prefix: nginx warns of it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content nowhere
public record Cidr(byte[] address, int bits, boolean hadHostBits) {

    /** Reads an address with or without the length of a prefix; null for anything else. */
    public static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress literal = AddressText.literal(slash < 0 ? text : text.substring(0, slash));
        if (literal == null) {
            return null;
        }
        byte[] address = literal.getAddress();
        int all = address.length * 8;
        int bits = slash < 0 ? all : number(text, slash + 1);
        if (bits < 0 || bits > all) {
            return null;
        }
        boolean hadHostBits = false;
        for (int i = 0; i < address.length; i++) {
            byte masked = (byte) (address[i] & mask(bits, i));
            hadHostBits |= masked != address[i];
            address[i] = masked;
        }
        return new Cidr(address, bits, hadHostBits);
    }

    private static int number(String text, int from) {
        int number = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || number > 128) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return from == text.length() ? -1 : number;
    }

    private static int mask(int bits, int index) {
        int left = Math.clamp(bits - index * 8L, 0, 8);
        return 0xff << 8 - left & 0xff;
    }

    /** Whether it is a block of IPv6. */
    public boolean isIpv6() {
        return address.length == 16;
    }

    /** Whether an address of the same family, from {@code offset} of an array, lies in it. */
    public boolean contains(byte[] other, int offset) {
        int whole = bits >> 3;
        for (int i = 0; i < whole; i++) {
            if (other[offset + i] != address[i]) {
                return false;
            }
        }
        return (bits & 7) == 0 || (other[offset + whole] & mask(bits, whole)) == (address[whole] & 0xff);
    }
}
