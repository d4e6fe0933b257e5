package io.frontdesk.engine.cache;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Set;

/** Which of the responses that vary by fields of the request is a request's. Stateless. */
final class Variant {
    /** nginx: in these, blanks and empty members make no difference. */
    private static final Set<String> LISTS = Set.of("accept-charset", "accept-encoding", "accept-language");
    private static final int MAX_LENGTH = 1024;

    private Variant() {}

    /** All that a response's Vary fields say. */
    static String vary(Fields answer) {
        StringBuilder all = new StringBuilder();
        for (int i = answer.find(FieldName.VARY); i >= 0; i = answer.next(i)) {
            all.append(all.isEmpty() ? "" : ",").append(answer.valueString(i));
        }
        return all.toString();
    }

    /** Whether a request can be told apart by it. */
    static boolean isUsable(String vary) {
        return vary.indexOf('*') < 0 && vary.length() <= MAX_LENGTH;
    }

    /** The key of the response for a request with these fields, among those of a main key. */
    static CacheKey of(CacheKey main, String vary, Fields asked) {
        MessageDigest md5 = CacheKey.md5();
        md5.update(main.hex().getBytes(StandardCharsets.ISO_8859_1));
        for (String word : vary.toLowerCase(Locale.ROOT).split("[ ,\t]+")) {
            if (word.isEmpty()) {
                continue;
            }
            byte[] name = Bytes.of(word).toArray();
            md5.update(name);
            md5.update((byte) ':');
            boolean list = LISTS.contains(word);
            boolean several = false;
            for (int i = asked.find(name, 0, name.length); i >= 0; i = asked.next(i)) {
                String value = asked.valueString(i);
                for (String member : list ? value.split("[ ,]+") : new String[]{value}) {
                    if (list && member.isEmpty()) {
                        continue;
                    }
                    if (several) {
                        md5.update((byte) ',');
                    }
                    md5.update(member.getBytes(StandardCharsets.ISO_8859_1));
                    several = true;
                }
            }
            md5.update((byte) '\n');
        }
        return CacheKey.of(md5);
    }
}
