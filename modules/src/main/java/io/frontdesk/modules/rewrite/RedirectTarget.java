package io.frontdesk.modules.rewrite;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;

/** The target of a redirect that a {@code rewrite} made. Stateless. */
final class RedirectTarget {
    private RedirectTarget() {}

    /**
     * nginx: up to the question mark, what is encoded without need is decoded: visible ASCII above the percent sign. An encoded question
     * mark becomes a plain one, and ends it too.
     */
    static void unescape(Bytes target) {
        byte[] a = target.array();
        int length = target.length();
        int from = 0;
        int to = 0;
        while (from < length) {
            byte octet = a[from];
            if (octet == '?') {
                break;
            }
            if (octet != '%') {
                a[to++] = octet;
                from++;
                continue;
            }
            int high = from + 1 < length ? Octets.hexValue(a[from + 1]) : -1;
            if (high < 0) {
                // a percent sign that encodes nothing goes
                from++;
                if (from < length) {
                    a[to++] = a[from++];
                }
                continue;
            }
            int low = from + 2 < length ? Octets.hexValue(a[from + 2]) : -1;
            if (low < 0) {
                from = Math.min(from + 3, length);
                continue;
            }
            int value = high << 4 | low;
            if (value == '?') {
                a[to++] = '?';
                from += 3;
                break;
            }
            if (value > '%' && value < 0x7f) {
                a[to++] = (byte) value;
            } else {
                a[to++] = a[from];
                a[to++] = a[from + 1];
                a[to++] = a[from + 2];
            }
            from += 3;
        }
        System.arraycopy(a, from, a, to, length - from);
        target.truncate(to + length - from);
    }
}
