package io.frontdesk.testkit.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer as a client sees it who forgives nothing.
 *
 * @param status its status; 0: what came is none; -1: its head is broken
 * @param fields its fields
 * @param body its body, as far as it came
 * @param isComplete whether all of it came
 * @param flaws what is wrong with it
 */
record SeenAnswer(int status, Fields fields, String body, boolean isComplete, List<String> flaws) {
    // RFC 9112 §4
    private static final Pattern LINE = Pattern
            .compile("HTTP/1\\.[01] ([1-9][0-9][0-9])(?: [\\t\\x20-\\x7e\\x80-\\xff]*)?");
    private static final Fields NO_FIELDS = new Fields(List.of(), List.of());

    /** An interim answer: another one follows. */
    boolean isInterim() {
        return status >= 100 && status < 200 && status != 101;
    }

    /**
     * Reads all answers on a connection.
     *
     * @param isHead whether the first request was HEAD; the others are not
     * @param ended whether no more bytes will come
     */
    static List<SeenAnswer> readAll(String bytes, boolean isHead, boolean ended) {
        List<SeenAnswer> answers = new ArrayList<>();
        int at = 0;
        boolean noBody = isHead;
        while (at < bytes.length()) {
            if (!bytes.regionMatches(true, at, "HTTP/", 0, 5)) {
                answers.add(new SeenAnswer(0, NO_FIELDS, bytes.substring(at), true, List.of("bytes of no answer")));
                return answers;
            }
            int end = bytes.indexOf("\r\n\r\n", at);
            if (end < 0) {
                answers.add(new SeenAnswer(-1, NO_FIELDS, "", false, List.of("an incomplete head")));
                return answers;
            }
            SeenAnswer head = readHead(bytes.substring(at, end));
            at = end + 4;
            if (head.isInterim()) {
                answers.add(head);
            } else if (head.status == 101) {
                answers.add(head.with(bytes.substring(at), true));
                return answers;
            } else {
                at = addWithBody(answers, head, bytes, at, noBody, ended);
                noBody = false;
            }
        }
        return answers;
    }

    private static SeenAnswer readHead(String head) {
        List<String> flaws = new ArrayList<>();
        List<String> lines = Arrays.asList(head.split("\r\n", -1));
        Matcher line = LINE.matcher(lines.getFirst());
        boolean sound = line.matches();
        if (!sound) {
            flaws.add("a broken status line");
        }
        Fields fields = Fields.read(lines.subList(1, lines.size()), flaws);
        Flaws.ofFraming(fields, flaws);
        return new SeenAnswer(sound ? Integer.parseInt(line.group(1)) : -1, fields, "", true, flaws);
    }

    private static int addWithBody(List<SeenAnswer> answers, SeenAnswer head, String bytes, int from, boolean isHead,
            boolean ended) {
        // RFC 9112 §6.3
        if (isHead || head.status == 204 || head.status == 304) {
            answers.add(head);
            return from;
        }
        if (head.fields.has("transfer-encoding")) {
            Chunks chunks = Chunks.read(bytes, from, head.flaws);
            if (chunks == null) {
                answers.add(head.with(bytes.substring(from), false));
                return bytes.length();
            }
            answers.add(head.with(chunks.body(), chunks.isSound()));
            return chunks.end();
        }
        List<String> lengths = head.fields.of("content-length");
        if (!lengths.isEmpty() && !head.flaws.contains(Flaws.LENGTH)) {
            long length = Long.parseLong(lengths.getFirst());
            int end = (int) Math.min(bytes.length(), from + length);
            answers.add(head.with(bytes.substring(from, end), end - from == length));
            return end;
        }
        answers.add(head.with(bytes.substring(from), ended));
        return bytes.length();
    }

    private SeenAnswer with(String body, boolean isComplete) {
        return new SeenAnswer(status, fields, body, isComplete, flaws);
    }
}
