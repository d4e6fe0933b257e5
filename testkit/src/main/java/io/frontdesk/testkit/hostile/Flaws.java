package io.frontdesk.testkit.hostile;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What can be wrong with the framing of a message, and so make two readers part it differently. */
final class Flaws {
    static final String CHUNK = "a broken chunk";
    static final String REQUEST_LINE = "a broken request line";
    static final String BOTH_LENGTHS = "Content-Length and Transfer-Encoding";
    static final String TWO_CODINGS = "two fields Transfer-Encoding";
    static final String CODING = "a Transfer-Encoding that is not chunked";
    static final String OLD_CODING = "a Transfer-Encoding in HTTP/1.0";
    static final String TWO_LENGTHS = "two fields Content-Length";
    static final String LENGTH = "a broken Content-Length";

    /** Those after which nobody can say where the message ends. */
    static final Set<String> OF_FRAMING = Set.of(CHUNK, REQUEST_LINE, BOTH_LENGTHS, TWO_CODINGS, CODING, OLD_CODING,
            TWO_LENGTHS, LENGTH);

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private Flaws() {}

    /** Looks at the fields that part messages from each other. */
    static void ofFraming(Fields fields, List<String> flaws) {
        List<String> codings = fields.of("transfer-encoding");
        List<String> lengths = fields.of("content-length");
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            flaws.add(BOTH_LENGTHS);
        }
        if (codings.size() > 1) {
            flaws.add(TWO_CODINGS);
        }
        if (!codings.isEmpty() && !codings.getFirst().equalsIgnoreCase("chunked")) {
            flaws.add(CODING);
        }
        if (lengths.size() > 1) {
            flaws.add(TWO_LENGTHS);
        }
        if (!lengths.isEmpty() && !DIGITS.matcher(lengths.getFirst()).matches()) {
            flaws.add(LENGTH);
        }
    }
}
