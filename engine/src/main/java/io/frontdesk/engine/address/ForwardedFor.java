package io.frontdesk.engine.address;

import io.frontdesk.codec.http.Fields;
import io.frontdesk.net.AddressText;
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
     * @param trusted   the proxies
     * @param recursive whether more than one entry is looked at
     * @return {@code peer} itself when it is not trusted, or the field says nothing
     */
    public static Remote client(Remote peer, Fields fields, int field, TrustedPeers trusted, boolean recursive) {
        Search search = new Search(peer, trusted, recursive);
        for (int i = fields.size() - 1; i >= 0 && !search.ended; i--) {
            if (fields.id(i) == field && !fields.isRemoved(i)) {
                search.list(fields.valueString(i));
            }
        }
        return search.client;
    }

    /** The same for one field's value. */
    public static Remote client(Remote peer, String text, TrustedPeers trusted, boolean recursive) {
        Search search = new Search(peer, trusted, recursive);
        search.list(text);
        return search.client;
    }

    /** One search, from the last entry to the first. */
    private static final class Search {
        private final TrustedPeers trusted;
        private final boolean recursive;
        private Remote client;
        private boolean ended;

        Search(Remote peer, TrustedPeers trusted, boolean recursive) {
            this.client = peer;
            this.trusted = trusted;
            this.recursive = recursive;
        }

        void list(String text) {
            int end = text.length();
            while (end > 0 && !ended) {
                while (end > 0 && isSeparator(text.charAt(end - 1))) {
                    end--;
                }
                int start = start(text, end);
                Remote address = trusted.contains(client.address()) ? address(text.substring(start, end)) : null;
                // nginx: who is not trusted is the client; an entry that is no address ends the search
                ended = address == null || !recursive;
                client = address == null ? client : address;
                end = start;
            }
        }
    }

    private static int start(String text, int end) {
        int start = end;
        while (start > 0 && !isSeparator(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == ',';
    }

    /** An address with or without a port; brackets around IPv6 only with one. */
    private static @Nullable Remote address(String text) {
        byte[] plain = AddressText.parse(text);
        if (plain != null) {
            return new Remote(plain, 0);
        }
        int colon = text.lastIndexOf(':');
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0 || close + 1 < text.length() && close + 1 != colon) {
                return null;
            }
            return of(text.substring(1, close), close + 1 < text.length() ? text.substring(colon + 1) : "");
        }
        return colon < 0 ? null : of(text.substring(0, colon), text.substring(colon + 1));
    }

    private static @Nullable Remote of(String host, String port) {
        byte[] address = AddressText.parse(host);
        return address == null ? null : new Remote(address, port(port));
    }

    private static int port(String text) {
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 5) {
                return 0;
            }
            port = 10 * port + digit;
        }
        return port > 65_535 ? 0 : port;
    }
}
