package io.frontdesk.modules.splitclients;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Statement;
import io.frontdesk.engine.plan.Link;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A {@code split_clients} block.
 *
 * @param source   what is hashed
 * @param variable what it defines, with the dollar
 * @param bounds   for each value, the hashes below it that have the value; one past all hashes for the rest
 * @param values   the values, in order
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record SplitBlock(String source, String variable, long[] bounds, byte[][] values) {
    private static final int WHOLE = 10_000;
    private static final long ALL_HASHES = 1L << 32;

    static SplitBlock parse(Call call) throws ConfigException {
        Link.variableName(call.text(1), call.statement().at());
        List<Statement> lines = call.children();
        long[] bounds = new long[lines.size()];
        byte[][] values = new byte[lines.size()][];
        int[] shares = new int[lines.size()];
        for (int i = 0; i < shares.length; i++) {
            Statement line = lines.get(i);
            shares[i] = share(line, call);
            if (line.args().size() != 1) {
                throw call.errorAt(line, "invalid number of the split_clients parameters");
            }
            values[i] = line.args().getFirst().text().getBytes(StandardCharsets.ISO_8859_1);
        }
        long sum = 0;
        long bound = 0;
        for (int i = 0; i < shares.length; i++) {
            sum = shares[i] == 0 ? WHOLE : sum + shares[i];
            if (sum > WHOLE) {
                throw call.errorAtEnd("percent total is greater than 100%%");
            }
            // nginx: each share is rounded by itself, and the one that completes the whole has the rest
            bound += shares[i] * 0xffff_ffffL / WHOLE;
            bounds[i] = sum == WHOLE ? ALL_HASHES : bound;
        }
        return new SplitBlock(call.text(0), call.text(1), bounds, values);
    }

    /** Hundredths of a percent; 0 for an asterisk. */
    private static int share(Statement line, Call call) throws ConfigException {
        String text = line.name().text();
        if (text.equals("*")) {
            return 0;
        }
        int share = text.endsWith("%") ? hundredths(text.substring(0, text.length() - 1)) : 0;
        if (share <= 0) {
            throw call.errorAt(line, "invalid percent value \"%s\"", text);
        }
        return share;
    }

    /** A number with at most two decimals, times a hundred; -1 for anything else. */
    private static int hundredths(String text) {
        int value = 0;
        int decimals = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && decimals < 0) {
                decimals = 0;
            } else if (c >= '0' && c <= '9' && decimals < 2 && value <= WHOLE * 10) {
                value = value * 10 + c - '0';
                decimals += decimals < 0 ? 0 : 1;
            } else {
                return -1;
            }
        }
        for (int d = Math.max(decimals, 0); d < 2; d++) {
            value *= 10;
        }
        return text.isEmpty() ? -1 : value;
    }
}
