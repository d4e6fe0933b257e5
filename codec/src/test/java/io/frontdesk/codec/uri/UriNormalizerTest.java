package io.frontdesk.codec.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriNormalizerTest {
    private static final String INVALID = "invalid";

    private static String normalize(String path, boolean merge) {
        byte[] bytes = ("zz" + path + "zz").getBytes(StandardCharsets.ISO_8859_1);
        Bytes out = new Bytes();
        out.write("keep");
        return UriNormalizer.normalize(bytes, 2, path.length(), merge, out) ? out.string(4, out.length() - 4) : INVALID;
    }

    @ParameterizedTest
    @CsvSource({"/,/", "/a,/a", "//,/", "/a//b,/a/b", "/a/./b,/a/b", "/a/../b,/b", "/a/..,/", "/a/.,/a/",
            "/a/b/../..,/",
            "/a/b/../../c,/c", "/.,/", "/./,/", "/a/...,/a/...", "/a/..b,/a/..b", "/a/b..,/a/b..", "/.a,/.a",
            "/%2e%2E/,invalid",
            "/a/%2e%2e/b,/b", "/a/.%2e/b,/b", "/%2fa,/a", "/a%2fb,/a/b", "/a%2f..%2fb,/b", "/%41%7a,/Az", "/%252e,/%2e",
            "/%3f,/?", "/%23,/#", "/%20,'/ '", "/a/..;/b,/a/..;/b", "/a/..\\b,/a/..\\b", "/a+b,/a+b",
            "/%c0%ae%c0%ae/,/\u00c0\u00ae\u00c0\u00ae/",
            "/a/.%3f/b,/a/.?/b", "/a//../b,/b", "/a/%2e/b,/a/b"})
    void normalises(String path, String expected) {
        assertThat(normalize(path, true)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"//,//", "/a//b,/a//b", "/a//../b,/a/b", "//..,/", "/a/./b,/a/b", "//a,//a", "/%2f,//"})
    void keepsSlashesWhereTold(String path, String expected) {
        assertThat(normalize(path, false)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/..", "/../", "/a/../..", "/a/../../b", "/%", "/%4", "/%zz", "/%4z", "/.%00", "/..%00/x",
            "/a/...%00",
            "/%u002f", "//..x/../../.."})
    void refuses(String path) {
        assertThat(normalize(path, true)).isEqualTo(INVALID);
    }

    @Test
    void agreesWithAStackOfSegments() {
        Random random = new Random(11);
        String[] parts = {"/", "/", ".", "..", "a", "%2e", "%2F", "%2f", "b.c", "%41", "%25", "..."};
        for (int round = 0; round < 50_000; round++) {
            StringBuilder path = new StringBuilder("/");
            for (int i = random.nextInt(9); i > 0; i--) {
                path.append(parts[random.nextInt(parts.length)]);
            }
            assertThat(normalize(path.toString(), true)).as("%s", path).isEqualTo(reference(path.toString()));
        }
    }

    private static String reference(String path) {
        String decoded = path.replace("%2e", ".").replace("%2F", "/").replace("%2f", "/").replace("%41", "A")
                .replace("%25", "%");
        String[] segments = decoded.replaceAll("/+", "/").substring(1).split("/", -1);
        Deque<String> stack = new ArrayDeque<>();
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            if (segments[i].equals("..")) {
                if (stack.pollLast() == null) {
                    return INVALID;
                }
            } else if (!segments[i].equals(".")) {
                stack.add(segments[i]);
                continue;
            }
            if (last) {
                stack.add("");
            }
        }
        return "/" + String.join("/", stack);
    }

    @Test
    void keepsANulThatFollowsNoDots() {
        assertThat(normalize("/a%00b/../%00", true)).isEqualTo("/\0");
        assertThat(normalize("/a.%00", true)).isEqualTo("/a.\0");
    }

    @Test
    void knowsWhichPathsNeedNoWork() {
        for (String path : new String[]{"/", "/a/b.c/d", "/a.", "/a+b"}) {
            byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(UriNormalizer.isComplex(bytes, 0, bytes.length)).isFalse();
            assertThat(normalize(path, true)).isEqualTo(path);
        }
        for (String path : new String[]{"//", "/.a", "/a/.", "/%41"}) {
            byte[] bytes = path.getBytes(StandardCharsets.ISO_8859_1);
            assertThat(UriNormalizer.isComplex(bytes, 0, bytes.length)).isTrue();
        }
    }
}
