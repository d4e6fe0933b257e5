package io.frontdesk.net.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Private keys out of PEM: PKCS #8, plain or encrypted (RFC 5958), and the older forms of RSA (RFC 8017 A.1.2) and EC (RFC 5915) keys, whose
 * encryption is OpenSSL's own. Stateless, control plane.
 */
final class PrivateKeys {
    private static final byte[] RSA_ID = Der.element(Der.SEQUENCE,
            Der.element(Der.OBJECT_ID, HexFormat.of().parseHex("2a864886f70d010101")), Der.element(Der.NULL));
    private static final byte[] EC_ID = Der.element(Der.OBJECT_ID, HexFormat.of().parseHex("2a8648ce3d0201"));
    private static final byte[] VERSION_0 = Der.element(Der.INTEGER, new byte[1]);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final String UNSUPPORTED = "PEM_read_bio_PrivateKey() failed (SSL: error:1E08010C:DECODER "
            + "routines::unsupported:No supported data to decode. Input type: PEM)";
    private static final String BAD_DECRYPT = "PEM_read_bio_PrivateKey() failed (SSL: error:1C800064:Provider "
            + "routines::bad decrypt error:11800074:PKCS12 routines::pkcs12 cipherfinal error)";

    private PrivateKeys() {}

    /** The first key of a file; each password is tried. */
    static PrivateKey first(List<PemBlock> blocks, List<String> passwords) throws TlsSettingsException {
        byte @Nullable [] parameters = null;
        for (PemBlock block : blocks) {
            switch (block.type()) {
                case "EC PARAMETERS" -> parameters = block.der();
                case "PRIVATE KEY" -> {
                    return of(block.der());
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return decrypt(block.der(), passwords);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return old(block, parameters, passwords);
                }
                default -> {
                }
            }
        }
        throw new TlsSettingsException(UNSUPPORTED);
    }

    private static PrivateKey of(byte[] pkcs8) throws TlsSettingsException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                // It is a key of another algorithm, or none at all.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(algorithm + " belongs to every JDK", e);
            }
        }
        throw new TlsSettingsException(UNSUPPORTED);
    }

    private static PrivateKey decrypt(byte[] der, List<String> passwords) throws TlsSettingsException {
        EncryptedPrivateKeyInfo encrypted;
        String algorithm;
        try {
            encrypted = new EncryptedPrivateKeyInfo(der);
            algorithm = encrypted.getAlgName();
            if (algorithm.equals("PBES2") || algorithm.equals("1.2.840.113549.1.5.13")) {
                // The name of the whole scheme is what the parameters print.
                algorithm = String.valueOf(encrypted.getAlgParameters());
            }
        } catch (IOException e) {
            throw new TlsSettingsException(UNSUPPORTED);
        }
        for (String password : passwords) {
            try {
                SecretKey key = SecretKeyFactory.getInstance(algorithm)
                        .generateSecret(new PBEKeySpec(password.toCharArray()));
                Cipher cipher = Cipher.getInstance(algorithm);
                cipher.init(Cipher.DECRYPT_MODE, key, encrypted.getAlgParameters());
                return of(cipher.doFinal(encrypted.getEncryptedData()));
            } catch (GeneralSecurityException e) {
                // Not this password.
            }
        }
        throw new TlsSettingsException(BAD_DECRYPT);
    }

    private static PrivateKey old(PemBlock block, byte @Nullable [] parameters, List<String> passwords)
            throws TlsSettingsException {
        String encryption = block.headers().get("DEK-Info");
        if (encryption == null) {
            return of(wrap(block.type(), block.der(), parameters));
        }
        for (String password : passwords) {
            try {
                byte[] der = decryptOld(encryption, block.der(), password);
                return of(wrap(block.type(), der, parameters));
            } catch (GeneralSecurityException | TlsSettingsException e) {
                // Not this password.
            }
        }
        throw new TlsSettingsException(BAD_DECRYPT);
    }

    private static byte[] decryptOld(String encryption, byte[] data, String password) throws GeneralSecurityException {
        int comma = encryption.indexOf(',');
        String name = encryption.substring(0, Math.max(0, comma)).toUpperCase(Locale.ROOT);
        byte[] iv = HexFormat.of().parseHex(encryption.substring(comma + 1).strip());
        int size = switch (name) {
            case "AES-128-CBC" -> 16;
            case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default -> throw new GeneralSecurityException(name);
        };
        boolean isAes = name.startsWith("AES");
        // OpenSSL: EVP_BytesToKey with MD5, one round, the first eight bytes of the IV as salt.
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[0];
        byte[] block = new byte[0];
        while (key.length < size) {
            md5.update(block);
            md5.update(password.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
            md5.update(iv, 0, 8);
            block = md5.digest();
            int from = key.length;
            key = Arrays.copyOf(key, from + block.length);
            System.arraycopy(block, 0, key, from, block.length);
        }
        Cipher cipher = Cipher.getInstance(isAes ? "AES/CBC/PKCS5Padding" : "DESede/CBC/PKCS5Padding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, 0, size, isAes ? "AES" : "DESede"),
                new IvParameterSpec(iv));
        return cipher.doFinal(data);
    }

    /** PKCS #8 of an RSA or EC key in its own form. */
    private static byte[] wrap(String type, byte[] der, byte @Nullable [] parameters) {
        byte[] algorithm = type.startsWith("RSA")
                ? RSA_ID
                : Der.element(Der.SEQUENCE, EC_ID, curve(der, parameters));
        return Der.element(Der.SEQUENCE, VERSION_0, algorithm, Der.element(Der.OCTETS, der));
    }

    /** RFC 5915: the curve stands behind version and key, as [0]; OpenSSL writes it before the key, as a block of its own, too. */
    private static byte[] curve(byte[] der, byte @Nullable [] parameters) {
        int third = Der.next(der, Der.next(der, Der.contents(der, 0)));
        if (third < der.length && (der[third] & 255) == 0xa0) {
            return Arrays.copyOfRange(der, Der.contents(der, third), Der.next(der, third));
        }
        return parameters == null ? new byte[0] : parameters;
    }

    /** Whether the key belongs to the certificate with this public key. */
    static boolean match(PrivateKey key, PublicKey certified) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> key.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(RSA_ID);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(RSA_ID);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
