package io.frontdesk.testkit.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request as the backend saw it. Written by the thread of its connection; read when that has ended.
 */
final class SeenRequest {
    // RFC 9112 §3
    private static final Pattern LINE = Pattern
            .compile("(" + Fields.TOKEN_CHARS + ") ([\\x21-\\x7e\\x80-\\xff]+) HTTP/1\\.([01])");
    // RFC 9110 §7.2
    private static final Pattern HOST = Pattern
            .compile("(?:\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9\\-._~%!$&'()*+,;=]*)(?::[0-9]*)?");
    private static final Pattern KIND = Pattern.compile("(?:http://[^/]*)?/(smug|f|g)/.*", Pattern.DOTALL);
    private static final Pattern NONCE = Pattern.compile("n[0-9a-z]{9}");

    final String method;
    final String target;
    final boolean isOld;
    final Fields fields;
    final List<String> flaws = new ArrayList<>();
    /** "t": what the case sends; "smug": what it hides; "f": the request after it; "g": another client's. */
    final String kind;
    final String nonce;
    final StringBuilder raw;
    String body = "";
    boolean isComplete;

    SeenRequest(String head) {
        raw = new StringBuilder(head);
        List<String> lines = Arrays.asList(withoutEnd(head).split("\r\n", -1));
        Matcher line = LINE.matcher(lines.getFirst());
        if (line.matches()) {
            method = line.group(1);
            target = line.group(2);
            isOld = line.group(3).equals("0");
        } else {
            flaws.add(Flaws.REQUEST_LINE);
            String[] words = lines.getFirst().split(" ", 3);
            method = words[0];
            target = words.length > 1 ? words[1] : "";
            isOld = false;
        }
        fields = Fields.read(lines.subList(1, lines.size()), flaws);
        Flaws.ofFraming(fields, flaws);
        if (isOld && fields.has("transfer-encoding")) {
            flaws.add(Flaws.OLD_CODING);
        }
        List<String> hosts = fields.of("host");
        if (hosts.size() > 1) {
            flaws.add("two fields Host");
        }
        if (hosts.isEmpty() && !isOld) {
            flaws.add("no Host");
        }
        if (!hosts.isEmpty() && !HOST.matcher(hosts.getFirst()).matches()) {
            flaws.add("a broken Host");
        }
        Matcher found = KIND.matcher(target);
        kind = found.matches() ? found.group(1) : "t";
        Matcher mark = NONCE.matcher(head);
        nonce = mark.find() ? mark.group() : "";
    }

    /** Bytes that ended before a head did. */
    static SeenRequest cutShort(String bytes) {
        SeenRequest request = new SeenRequest(bytes);
        request.flaws.add("an incomplete head");
        return request;
    }

    private static String withoutEnd(String head) {
        return head.endsWith("\r\n\r\n") ? head.substring(0, head.length() - 4) : head;
    }

    boolean hasAmbiguousFraming() {
        return flaws.stream().anyMatch(Flaws.OF_FRAMING::contains);
    }

    /** The answer that tells the client which request was answered. */
    String ordinaryAnswer() {
        String body = kind + ":" + nonce + ":" + method + ":" + this.body.length();
        return "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + (method.equals("HEAD") ? "" : body);
    }

    @Override
    public String toString() {
        return method + " " + target + (isComplete ? "" : " (incomplete)");
    }
}
