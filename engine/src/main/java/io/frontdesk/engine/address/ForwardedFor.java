package io.frontdesk.engine.address;

import io.frontdesk.codec.http.Fields;
import io.frontdesk.net.AddressText;
import io.frontdesk.net.Cidr;
import org.jspecify.annotations.Nullable;

/**
 * Finds the client's address in a field that proxies append to, such as X-Forwarded-For: its last entry counts only when the connection
 * came from a trusted address, the one before only when the last is trusted too. Stateless.
 */
public final class ForwardedFor {
    private ForwardedFor() {}

    /**
     * The client's address.
     *
     * @param peer      who connected
     * @param fields    the request's fields
     * @param field     the number of the field in them
     * @param trusted   the networks of the proxies
     * @param recursive whether more than one entry is looked at
     * @return 4 or 16 bytes; {@code peer} itself when it is not trusted, or the field says nothing
     */
    public static byte[] client(byte[] peer, Fields fields, int field, Cidr[] trusted, boolean recursive) {
        byte[] client = peer;
        for (int i = fields.size() - 1; i >= 0; i--) {
            if (fields.id(i) != field || fields.isRemoved(i)) {
                continue;
            }
            String text = fields.valueString(i);
            int end = text.length();
            while (end > 0) {
                if (!isTrusted(client, trusted)) {
                    return client;
                }
                while (end > 0 && isSeparator(text.charAt(end - 1))) {
                    end--;
                }
                int start = end;
                while (start > 0 && !isSeparator(text.charAt(start - 1))) {
                    start--;
                }
                byte[] address = address(text.substring(start, end));
                if (address == null) {
                    return client;
                }
                client = address;
                end = start;
                if (!recursive) {
                    return client;
                }
            }
        }
        return client;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == ',';
    }

    /** Whether an address lies in one of the networks; one of IPv4 within IPv6 counts as IPv4. */
    public static boolean isTrusted(byte[] address, Cidr[] trusted) {
        boolean mapped = MappedAddress.is(address);
        int offset = mapped ? MappedAddress.OFFSET : 0;
        int length = address.length - offset;
        for (Cidr network : trusted) {
            if (network.address().length == length && network.contains(address, offset)) {
                return true;
            }
        }
        return false;
    }

    /** An address with or without a port; brackets around IPv6 only with one. */
    private static byte @Nullable [] address(String text) {
        byte[] plain = AddressText.parse(text);
        if (plain != null) {
            return plain;
        }
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            return close < 0 || close + 1 < text.length() && close + 1 != colon
                    ? null
                    : AddressText.parse(text.substring(1, close));
        }
        return colon < 0 ? null : AddressText.parse(text.substring(0, colon));
    }
}
