package io.frontdesk.engine.request;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import org.jspecify.annotations.Nullable;

/**
 * A URI that a response names, decoded: it may be wrong, or look for a way out of the tree.
 *
 * @param path decoded
 * @param args what stood behind the question mark, or null
 */
public record UnsafeUri(String path, @Nullable String args) {
    /** Reads one; null when it is unsafe: empty, with a NUL, or with a segment of two dots (nginx: {@code ngx_http_parse_unsafe_uri}). */
    public static @Nullable UnsafeUri parse(String target) {
        int question = target.indexOf('?');
        Bytes encoded = Bytes.of(question < 0 ? target : target.substring(0, question));
        Bytes decoded = new Bytes(encoded.length());
        UriEscape.unescape(encoded.array(), 0, encoded.length(), decoded);
        String path = decoded.toString();
        return isUnsafe(path) ? null : new UnsafeUri(path, question < 0 ? null : target.substring(question + 1));
    }

    private static boolean isUnsafe(String path) {
        return path.isEmpty() || path.indexOf('\0') >= 0 || path.equals("..") || path.startsWith("../")
                || path.contains("/../") || path.endsWith("/..");
    }
}
