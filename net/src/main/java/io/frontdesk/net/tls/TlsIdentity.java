package io.frontdesk.net.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What one side shows of itself: its certificate with those that lead up to the root, and the key. A value.
 *
 * @param chain the own certificate first
 * @param key   the private key of the first
 */
public record TlsIdentity(List<X509Certificate> chain, PrivateKey key) {

    /** Whether it is of the kind that the signature scheme with this number (RFC 8446 §4.2.3) signs with. */
    boolean signs(int scheme) {
        return switch (key.getAlgorithm()) {
            case "EC" -> switch (scheme) {
                case 0x0403, 0x0503, 0x0603, 0x0203 -> true;
                default -> false;
            };
            case "EdDSA", "Ed25519", "Ed448" -> scheme == 0x0807 || scheme == 0x0808;
            case "RSASSA-PSS" -> scheme >= 0x0809 && scheme <= 0x080b;
            default -> switch (scheme) {
                case 0x0401, 0x0501, 0x0601, 0x0201, 0x0804, 0x0805, 0x0806 -> true;
                default -> false;
            };
        };
    }

    /** Which of several a client can verify, in the order of its liking; the first one when it can none, or does not say. */
    public static int choose(List<TlsIdentity> identities, ClientHello hello) {
        if (identities.size() > 1) {
            for (int scheme : hello.signatures()) {
                for (int i = 0; i < identities.size(); i++) {
                    if (identities.get(i).signs(scheme) && identities.get(i).hasSuite(hello)) {
                        return i;
                    }
                }
            }
        }
        return 0;
    }

    /** Before TLS 1.3, the suite names the kind of certificate too. */
    private boolean hasSuite(ClientHello hello) {
        boolean ecdsa = !key.getAlgorithm().startsWith("RSA");
        for (int suite : hello.ciphers()) {
            boolean isTls13 = suite >> 8 == 0x13;
            if (isTls13 || isEcdsa(suite) == ecdsa) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEcdsa(int suite) {
        return switch (suite) {
            case 0xc008, 0xc009, 0xc00a, 0xc023, 0xc024, 0xc02b, 0xc02c, 0xcca9, 0xc0ac, 0xc0ad, 0xc0ae, 0xc0af -> true;
            default -> false;
        };
    }
}
