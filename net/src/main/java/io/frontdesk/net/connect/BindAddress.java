package io.frontdesk.net.connect;

import io.frontdesk.net.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The argument of {@code proxy_bind} and its kin: a literal address to connect from, with or without a port, or
 * {@code off}. Values.
 */
public sealed interface BindAddress {

    /** From this address; a port of 0 is chosen by the kernel. */
    record From(InetSocketAddress address) implements BindAddress {}

    /** From whatever address the kernel chooses: {@code off}. */
    record Any() implements BindAddress {}

    /** It can't be done, with the wording for the log. */
    record Refused(String reason) implements BindAddress {}

    /**
     * Reads the directive's arguments.
     *
     * @param parameter
     *            the second argument, null when there is none; {@code transparent} is for the connection's options
     */
    static BindAddress parse(String value, @Nullable String parameter) {
        if (parameter != null && !parameter.equals("transparent")) {
            return new Refused("invalid parameter \"" + parameter + "\"");
        }
        if (value.equals("off")) {
            return new Any();
        }
        InetAddress whole = AddressText.literal(unbracketed(value));
        if (whole != null) {
            return new From(new InetSocketAddress(whole, 0));
        }
        int colon = value.lastIndexOf(':');
        InetAddress host = colon < 0 ? null : AddressText.literal(unbracketed(value.substring(0, colon)));
        int port = colon < 0 ? -1 : port(value.substring(colon + 1));
        return host == null || port < 0
                ? new Refused("invalid address \"" + value + "\"")
                : new From(new InetSocketAddress(host, port));
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(text);
        return port < 1 || port > 65535 ? -1 : port;
    }
}
