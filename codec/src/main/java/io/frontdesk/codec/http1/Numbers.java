package io.frontdesk.codec.http1;

/** Reads the numbers of framing fields. */
final class Numbers {
    /** Long enough for any long and a few zeros before it; more zeros are a trick. */
    private static final int MAX_DIGITS = 20;

    private Numbers() {}

    /** The value of a Content-Length (RFC 9110 §8.6): digits only; -1 when it is none or too large. */
    static long contentLength(byte[] array, int offset, int length) {
        if (length == 0 || length > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
