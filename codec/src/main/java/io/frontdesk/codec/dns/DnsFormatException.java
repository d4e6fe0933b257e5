package io.frontdesk.codec.dns;

/** A response can't be used. Its message is nginx's wording for the log. Without a stack: it is a value that travels upwards. */
public final class DnsFormatException extends Exception {
    private static final long serialVersionUID = 1;

    DnsFormatException(String message) {
        super(message, null, false, false);
    }

    static DnsFormatException tooShort() {
        return new DnsFormatException("short DNS response");
    }
}
