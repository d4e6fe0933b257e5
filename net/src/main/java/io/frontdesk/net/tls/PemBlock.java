package io.frontdesk.net.tls;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One block of a PEM file (RFC 7468, with the older headers of RFC 1421 §4.6). Text around blocks is ignored.
 *
 * @param type    what stands behind BEGIN
 * @param headers such as DEK-Info; mostly none
 * @param der     the bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record PemBlock(String type, Map<String, String> headers, byte[] der) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    /** All blocks of a text. */
    static List<PemBlock> read(byte[] file) throws TlsSettingsException {
        List<PemBlock> blocks = new ArrayList<>();
        @Nullable
        String type = null;
        StringBuilder text = new StringBuilder();
        Map<String, String> headers = new HashMap<>();
        for (String line : new String(file, StandardCharsets.ISO_8859_1).split("\r?\n|\r", -1)) {
            String trimmed = line.strip();
            if (type == null) {
                if (trimmed.startsWith(BEGIN) && trimmed.endsWith(DASHES)
                        && trimmed.length() > BEGIN.length() + DASHES.length()) {
                    type = trimmed.substring(BEGIN.length(), trimmed.length() - DASHES.length());
                    text.setLength(0);
                    headers = new HashMap<>();
                }
            } else if (trimmed.equals("-----END " + type + DASHES)) {
                blocks.add(new PemBlock(type, headers, decode(text)));
                type = null;
            } else if (trimmed.indexOf(':') > 0) {
                int colon = trimmed.indexOf(':');
                headers.put(trimmed.substring(0, colon), trimmed.substring(colon + 1).strip());
            } else {
                text.append(trimmed);
            }
        }
        if (type != null) {
            throw new TlsSettingsException("(SSL: error:04800066:PEM routines::bad end line)");
        }
        return blocks;
    }

    private static byte[] decode(CharSequence text) throws TlsSettingsException {
        try {
            return Base64.getDecoder().decode(text.toString());
        } catch (IllegalArgumentException e) {
            throw new TlsSettingsException("(SSL: error:04800064:PEM routines::bad base64 decode)");
        }
    }

    /** A block in its written form, each line ended by a newline. */
    static String write(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(der);
        return BEGIN + type + DASHES + "\n" + base64 + "\n-----END " + type + DASHES + "\n";
    }
}
