package io.frontdesk.net.regex;

/** The options that a pattern sets within itself: {@code (?imsxnUJ)}. Immutable. */
record Options(boolean caseless, boolean multiline, boolean dotAll, boolean extended, boolean extendedMore,
        boolean noAutoCapture, boolean ungreedy, boolean duplicateNames) {
    static final Options NONE = new Options(false, false, false, false, false, false, false, false);

    /** Reads letters up to the closing parenthesis or colon, which is left. */
    Options read(PatternReader in) throws RegexException {
        Options result = in.take("^") ? NONE.with('U', ungreedy).with('J', duplicateNames) : this;
        boolean on = true;
        while (in.peek() != ')' && in.peek() != ':') {
            if (in.atEnd()) {
                throw in.error("missing closing parenthesis");
            }
            char c = in.next();
            if (c == '-' && on) {
                on = false;
            } else if ("imsxnUJ".indexOf(c) >= 0) {
                boolean more = c == 'x' && in.take("x");
                result = result.with(c, on);
                if (c == 'x') {
                    result = result.withExtendedMore(on && more);
                }
            } else {
                throw in.error("unrecognized character after (? or (?-");
            }
        }
        return result;
    }

    Options with(char letter, boolean on) {
        return new Options(letter == 'i' ? on : caseless, letter == 'm' ? on : multiline, letter == 's' ? on : dotAll,
                letter == 'x' ? on : extended, extendedMore, letter == 'n' ? on : noAutoCapture,
                letter == 'U' ? on : ungreedy, letter == 'J' ? on : duplicateNames);
    }

    private Options withExtendedMore(boolean on) {
        return new Options(caseless, multiline, dotAll, extended, on, noAutoCapture, ungreedy, duplicateNames);
    }
}
