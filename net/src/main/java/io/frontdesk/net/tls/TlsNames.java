package io.frontdesk.net.tls;

import java.util.Map;
import java.util.StringJoiner;
import java.util.function.IntFunction;

/** OpenSSL's names for the numbers of TLS (IANA's registries); those without one are in hex, as nginx prints them. Stateless. */
public final class TlsNames {
    private static final Map<Integer, String> GROUPS = Map.ofEntries(Map.entry(0x0015, "secp224r1"),
            Map.entry(0x0017, "prime256v1"), Map.entry(0x0018, "secp384r1"), Map.entry(0x0019, "secp521r1"),
            Map.entry(0x001d, "X25519"), Map.entry(0x001e, "X448"), Map.entry(0x0100, "ffdhe2048"),
            Map.entry(0x0101, "ffdhe3072"), Map.entry(0x0102, "ffdhe4096"), Map.entry(0x0103, "ffdhe6144"),
            Map.entry(0x0104, "ffdhe8192"), Map.entry(0x11eb, "SecP256r1MLKEM768"),
            Map.entry(0x11ec, "X25519MLKEM768"), Map.entry(0x11ed, "SecP384r1MLKEM1024"));
    private static final Map<Integer, String> SIGNATURES = Map.ofEntries(Map.entry(0x0201, "RSA+SHA1"),
            Map.entry(0x0203, "ECDSA+SHA1"), Map.entry(0x0401, "RSA+SHA256"), Map.entry(0x0501, "RSA+SHA384"),
            Map.entry(0x0601, "RSA+SHA512"), Map.entry(0x0403, "ECDSA+SHA256"), Map.entry(0x0503, "ECDSA+SHA384"),
            Map.entry(0x0603, "ECDSA+SHA512"), Map.entry(0x0804, "rsa_pss_rsae_sha256"),
            Map.entry(0x0805, "rsa_pss_rsae_sha384"), Map.entry(0x0806, "rsa_pss_rsae_sha512"),
            Map.entry(0x0807, "ed25519"), Map.entry(0x0808, "ed448"), Map.entry(0x0809, "rsa_pss_pss_sha256"),
            Map.entry(0x080a, "rsa_pss_pss_sha384"), Map.entry(0x080b, "rsa_pss_pss_sha512"));
    private static final Map<Integer, String> SUITES = Map.ofEntries(Map.entry(0x1301, "TLS_AES_128_GCM_SHA256"),
            Map.entry(0x1302, "TLS_AES_256_GCM_SHA384"), Map.entry(0x1303, "TLS_CHACHA20_POLY1305_SHA256"),
            Map.entry(0x1304, "TLS_AES_128_CCM_SHA256"), Map.entry(0x002f, "AES128-SHA"),
            Map.entry(0x0035, "AES256-SHA"), Map.entry(0x003c, "AES128-SHA256"), Map.entry(0x003d, "AES256-SHA256"),
            Map.entry(0x009c, "AES128-GCM-SHA256"), Map.entry(0x009d, "AES256-GCM-SHA384"),
            Map.entry(0x0033, "DHE-RSA-AES128-SHA"), Map.entry(0x0039, "DHE-RSA-AES256-SHA"),
            Map.entry(0x0067, "DHE-RSA-AES128-SHA256"), Map.entry(0x006b, "DHE-RSA-AES256-SHA256"),
            Map.entry(0x009e, "DHE-RSA-AES128-GCM-SHA256"), Map.entry(0x009f, "DHE-RSA-AES256-GCM-SHA384"),
            Map.entry(0xccaa, "DHE-RSA-CHACHA20-POLY1305"), Map.entry(0xc009, "ECDHE-ECDSA-AES128-SHA"),
            Map.entry(0xc00a, "ECDHE-ECDSA-AES256-SHA"), Map.entry(0xc013, "ECDHE-RSA-AES128-SHA"),
            Map.entry(0xc014, "ECDHE-RSA-AES256-SHA"), Map.entry(0xc023, "ECDHE-ECDSA-AES128-SHA256"),
            Map.entry(0xc024, "ECDHE-ECDSA-AES256-SHA384"), Map.entry(0xc027, "ECDHE-RSA-AES128-SHA256"),
            Map.entry(0xc028, "ECDHE-RSA-AES256-SHA384"), Map.entry(0xc02b, "ECDHE-ECDSA-AES128-GCM-SHA256"),
            Map.entry(0xc02c, "ECDHE-ECDSA-AES256-GCM-SHA384"), Map.entry(0xc02f, "ECDHE-RSA-AES128-GCM-SHA256"),
            Map.entry(0xc030, "ECDHE-RSA-AES256-GCM-SHA384"), Map.entry(0xcca8, "ECDHE-RSA-CHACHA20-POLY1305"),
            Map.entry(0xcca9, "ECDHE-ECDSA-CHACHA20-POLY1305"));
    private static final int RENEGOTIATION = 0x00ff;
    private static final int FALLBACK = 0x5600;

    private TlsNames() {}

    /** The library's name of a group in OpenSSL's spelling. */
    public static String group(String name) {
        return switch (name) {
            case "P-256", "secp256r1" -> "prime256v1";
            case "P-384" -> "secp384r1";
            case "P-521" -> "secp521r1";
            default -> name;
        };
    }

    /** Groups, with colons. */
    public static String groups(int[] numbers) {
        return joined(numbers, number -> GROUPS.getOrDefault(number, hex(number)));
    }

    /** Signature schemes, with colons. */
    public static String signatures(int[] numbers) {
        return joined(numbers, number -> SIGNATURES.getOrDefault(number, hex(number)));
    }

    /** Cipher suites, with colons; those that only signal something are none. */
    public static String suites(int[] numbers) {
        return joined(numbers, number -> number == RENEGOTIATION || number == FALLBACK
                ? ""
                : SUITES.getOrDefault(number, hex(number)));
    }

    private static String joined(int[] numbers, IntFunction<String> name) {
        StringJoiner joiner = new StringJoiner(":");
        for (int number : numbers) {
            String text = name.apply(number);
            if (!text.isEmpty()) {
                joiner.add(text);
            }
        }
        return joiner.toString();
    }

    private static String hex(int number) {
        return String.format("0x%04x", number);
    }
}
