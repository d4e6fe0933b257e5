package io.frontdesk.testkit.hostile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The notation of the corpus: macros in braces, escapes with a backslash. It makes the steps of one side from a text. */
final class Macros {
    /** How long a {@code {cut}} waits: enough that a reader who polls sees the bytes before it alone. */
    private static final long CUT_MILLIS = 40;

    private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-fA-F]{2}|[rnt0\\\\])");
    private static final Pattern REPEAT = Pattern.compile("\\{rep:(.*?):(\\d+)}", Pattern.DOTALL);
    private static final Pattern STEP = Pattern.compile("\\{(cut|fin|close|rst|early|sleep:([0-9.]+))}");

    private Macros() {}

    static String unescape(String text) {
        return ESCAPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
    }

    private static String character(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case '\\' -> "\\";
            default -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
        };
    }

    /** The request that a case tries to hide from the proxy. */
    static String hidden(String nonce) {
        return "GET /smug/" + nonce + " HTTP/1.1\r\nHost: target\r\n\r\n";
    }

    /** The steps that a text stands for; the nonce tells all that belongs to this case from all others. */
    static List<Step> expand(String text, String nonce) {
        String hidden = hidden(nonce);
        int length = hidden.length();
        String full = text.replace("{SM}", hidden.replace("\r\n", "\\r\\n"))
                .replace("{SMLEN+5}", String.valueOf(length + 5))
                .replace("{SMLEN}", String.valueOf(length)).replace("{SMHEX}", Integer.toHexString(length))
                .replace("{SR}", "HTTP/1.1 200 OK\\r\\nContent-Length: 8\\r\\n\\r\\nSMUGRESP")
                .replace("{P}", "/t/" + nonce).replace("{N}", nonce);
        full = REPEAT.matcher(full).replaceAll(
                found -> Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
        List<Step> steps = new ArrayList<>();
        int from = 0;
        for (MatchResult found : STEP.matcher(full).results().toList()) {
            addBytes(steps, full.substring(from, found.start()));
            steps.add(step(found));
            from = found.end();
        }
        addBytes(steps, full.substring(from));
        return steps;
    }

    private static void addBytes(List<Step> steps, String text) {
        if (!text.isEmpty()) {
            steps.add(new Step.Send(unescape(text)));
        }
    }

    private static Step step(MatchResult found) {
        return switch (found.group(1)) {
            case "cut" -> new Step.Pause(CUT_MILLIS);
            case "fin" -> new Step.Finish();
            case "close" -> new Step.Close();
            case "rst" -> new Step.Reset();
            case "early" -> new Step.AnswerEarly();
            default -> new Step.Pause(Math.round(Double.parseDouble(found.group(2)) * 1000));
        };
    }
}
