package io.frontdesk.net.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client offers in the first message of a handshake (RFC 8446 §4.1.2). A value; any thread.
 *
 * @param version       the version of the message itself, 0x0303 for TLS 1.2 and later
 * @param serverName    the name that the client wants (RFC 6066 §3), a byte string; empty when it says none
 * @param ciphers       the cipher suites, as numbers
 * @param groups        the groups for key exchange, as numbers
 * @param signatures    the signature schemes, as numbers
 * @param applications  the application protocols (ALPN, RFC 7301)
 */
public record ClientHello(int version, String serverName, int[] ciphers, int[] groups, int[] signatures,
        List<String> applications) {

    private static final int[] NONE = {};
    private static final int EXTENSION_SERVER_NAME = 0;
    private static final int EXTENSION_GROUPS = 10;
    private static final int EXTENSION_SIGNATURES = 13;
    private static final int EXTENSION_ALPN = 16;

    /** One that only asks for a name: for a handshake that never was. */
    public static ClientHello asking(String serverName) {
        return new ClientHello(0x0303, serverName, NONE, NONE, NONE, List.of());
    }

    /** Reads a message without its four bytes of type and length; null when it is malformed. */
    static @Nullable ClientHello parse(byte[] message, int offset, int length) {
        try {
            return new Reader(message, offset, offset + length).read();
        } catch (Malformed e) {
            return null;
        }
    }

    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    /** Walks through the message; every step is checked against its end. */
    private static final class Reader {
        private final byte[] bytes;
        private final int end;
        private int at;

        Reader(byte[] bytes, int at, int end) {
            this.bytes = bytes;
            this.at = at;
            this.end = end;
        }

        ClientHello read() throws Malformed {
            int version = u16();
            skip(32);
            skip(u8());
            int[] ciphers = numbers(part(u16()));
            skip(u8());
            String name = "";
            int[] groups = NONE;
            int[] signatures = NONE;
            List<String> applications = List.of();
            if (at < end) {
                Reader extensions = part(u16());
                while (extensions.at < extensions.end) {
                    int type = extensions.u16();
                    Reader body = extensions.part(extensions.u16());
                    switch (type) {
                        case EXTENSION_SERVER_NAME -> name = serverName(body);
                        case EXTENSION_GROUPS -> groups = numbers(body.part(body.u16()));
                        case EXTENSION_SIGNATURES -> signatures = numbers(body.part(body.u16()));
                        case EXTENSION_ALPN -> applications = applications(body.part(body.u16()));
                        default -> {
                        }
                    }
                }
            }
            return new ClientHello(version, name, ciphers, groups, signatures, applications);
        }

        private static String serverName(Reader body) throws Malformed {
            Reader names = body.part(body.u16());
            String found = "";
            while (names.at < names.end) {
                int type = names.u8();
                Reader name = names.part(names.u16());
                if (type == 0) {
                    found = name.rest();
                }
            }
            return found;
        }

        private static List<String> applications(Reader list) throws Malformed {
            List<String> found = new ArrayList<>(4);
            while (list.at < list.end) {
                found.add(list.part(list.u8()).rest());
            }
            return List.copyOf(found);
        }

        private static int[] numbers(Reader list) throws Malformed {
            int[] found = new int[(list.end - list.at) / 2];
            for (int i = 0; i < found.length; i++) {
                found[i] = list.u16();
            }
            return found;
        }

        private String rest() {
            return new String(bytes, at, end - at, StandardCharsets.ISO_8859_1);
        }

        private Reader part(int length) throws Malformed {
            int from = at;
            skip(length);
            return new Reader(bytes, from, at);
        }

        private void skip(int length) throws Malformed {
            if (length > end - at) {
                throw new Malformed();
            }
            at += length;
        }

        private int u8() throws Malformed {
            skip(1);
            return bytes[at - 1] & 255;
        }

        private int u16() throws Malformed {
            return u8() << 8 | u8();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClientHello hello && version == hello.version && serverName.equals(hello.serverName)
                && Arrays.equals(ciphers, hello.ciphers) && Arrays.equals(groups, hello.groups)
                && Arrays.equals(signatures, hello.signatures) && applications.equals(hello.applications);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ciphers) * 31 + serverName.hashCode();
    }
}
