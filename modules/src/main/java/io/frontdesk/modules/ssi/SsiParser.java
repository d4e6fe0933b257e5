package io.frontdesk.modules.ssi;

import io.frontdesk.codec.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells text from commands ({@code <!--#name parameter="value" -->}) in a body that comes in parts, cut anywhere. Text is never copied: it is
 * told as ranges of the parts. Owned by the page that it reads.
 */
final class SsiParser {
    /** What {@link #read} found. */
    enum Event {
        /** The part is used up. */
        NEED_MORE,
        /** Text: {@link #carried} bytes of the opening, which came with parts before, and then a range of this part. */
        TEXT,
        /** A command. */
        COMMAND,
        /** Something like a command that is none. */
        PROBLEM
    }

    private enum State {
        TEXT, OPENING, BEFORE_NAME, NAME, BEFORE_PARAMETER, PARAMETER, BEFORE_EQUALS, BEFORE_VALUE, DOUBLE_QUOTED, SINGLE_QUOTED, ESCAPED, AFTER_VALUE, CLOSING_DASH, CLOSING_BRACKET, SPOILED, SPOILED_DASH, SPOILED_BRACKET
    }

    /** What a command begins with; also what {@link #carried} counts bytes of. */
    static final String OPENING = "<!--#";
    private static final int MAX_NAME = 32;
    /** One more than a command may have, so that it is seen to have too many. */
    private static final int MAX_PARAMETERS = 17;

    private final int maxValue;
    private final Bytes name = new Bytes(MAX_NAME);
    private final Bytes key = new Bytes(MAX_NAME);
    private final Bytes value = new Bytes(64);
    private List<SsiCommand.Parameter> parameters = new ArrayList<>();
    private State state = State.TEXT;
    private State quoted = State.TEXT;
    private String problem = "";
    private int matched;
    private int matchedBefore;
    private int carried;
    private int textOffset;
    private int textLength;

    /** {@code maxValue}: how long a parameter's value may be. */
    SsiParser(int maxValue) {
        this.maxValue = maxValue;
    }

    /** Reads on, from the reader's index, which moves. */
    Event read(ByteBuf in) {
        int end = in.writerIndex();
        int i = in.readerIndex();
        textOffset = i;
        textLength = 0;
        carried = 0;
        int tag = i;
        while (i < end) {
            switch (state) {
                case TEXT -> {
                    int found = in.indexOf(i, end, (byte) '<');
                    if (found < 0) {
                        return text(in, end, end);
                    }
                    tag = found;
                    i = found + 1;
                    begin();
                }
                case OPENING -> {
                    byte octet = in.getByte(i);
                    if (octet == OPENING.charAt(matched)) {
                        i++;
                        if (++matched == OPENING.length()) {
                            startCommand();
                            if (tag > textOffset || carried > 0) {
                                return text(in, tag, i);
                            }
                        }
                    } else {
                        carried += matchedBefore;
                        if (octet == '<') {
                            tag = i++;
                            begin();
                        } else {
                            state = State.TEXT;
                            matchedBefore = 0;
                        }
                    }
                }
                default -> {
                    Event event = step(in.getByte(i++));
                    if (event != Event.NEED_MORE) {
                        in.readerIndex(i);
                        return event;
                    }
                }
            }
        }
        if (state == State.OPENING) {
            matchedBefore = matched;
            if (tag > textOffset || carried > 0) {
                return text(in, tag, end);
            }
        }
        in.readerIndex(end);
        return Event.NEED_MORE;
    }

    private void begin() {
        state = State.OPENING;
        matched = 1;
        matchedBefore = 0;
    }

    private void startCommand() {
        state = State.BEFORE_NAME;
        matched = 0;
        matchedBefore = 0;
        name.clear();
        parameters = new ArrayList<>();
    }

    private Event text(ByteBuf in, int to, int readTo) {
        textLength = to - textOffset;
        in.readerIndex(readTo);
        return Event.TEXT;
    }

    /** The body is over: how many bytes of an opening were held back, which are text after all. */
    int rest() {
        int held = state == State.OPENING ? matchedBefore : 0;
        state = State.TEXT;
        matchedBefore = 0;
        return held;
    }

    /** How many bytes of {@link #OPENING} stand before the text. */
    int carried() {
        return carried;
    }

    /** Where the text begins. */
    int textOffset() {
        return textOffset;
    }

    /** The text's length in bytes. */
    int textLength() {
        return textLength;
    }

    /** The command that was read. */
    SsiCommand command() {
        return new SsiCommand(name.toString(), List.copyOf(parameters));
    }

    /** What is wrong with what was read, in nginx's words. */
    String problem() {
        return problem;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    private Event step(byte octet) {
        switch (state) {
            case BEFORE_NAME -> {
                if (!isSpace(octet)) {
                    name.write(octet);
                    state = State.NAME;
                }
            }
            case NAME -> name(octet);
            case BEFORE_PARAMETER -> beforeParameter(octet);
            case PARAMETER -> parameter(octet);
            case BEFORE_EQUALS -> {
                if (octet == '=') {
                    state = State.BEFORE_VALUE;
                } else if (!isSpace(octet)) {
                    spoil(octet, "after \"" + key + "\" parameter in");
                }
            }
            case BEFORE_VALUE -> {
                if (octet == '"') {
                    state = State.DOUBLE_QUOTED;
                } else if (octet == '\'') {
                    state = State.SINGLE_QUOTED;
                } else if (!isSpace(octet)) {
                    spoil(octet, "before value of \"" + key + "\" parameter in");
                }
            }
            case DOUBLE_QUOTED -> value(octet, '"');
            case SINGLE_QUOTED -> value(octet, '\'');
            case ESCAPED -> {
                state = quoted;
                append(octet);
            }
            case AFTER_VALUE -> {
                if (isSpace(octet)) {
                    state = State.BEFORE_PARAMETER;
                } else if (octet == '-') {
                    state = State.CLOSING_DASH;
                } else {
                    spoil((byte) 0, "unexpected \"" + (char) (octet & 0xff) + "\" symbol after \"" + value
                            + "\" value of \"" + key + "\" parameter in \"" + name + "\" SSI command");
                }
            }
            case CLOSING_DASH -> {
                if (octet == '-') {
                    state = State.CLOSING_BRACKET;
                } else {
                    spoil(octet, "in");
                }
            }
            case CLOSING_BRACKET -> {
                if (octet == '>') {
                    state = State.TEXT;
                    return Event.COMMAND;
                }
                spoil(octet, "in");
            }
            case SPOILED -> state = octet == '-' ? State.SPOILED_DASH : State.SPOILED;
            case SPOILED_DASH -> state = octet == '-' ? State.SPOILED_BRACKET : State.SPOILED;
            case SPOILED_BRACKET -> {
                if (octet == '>') {
                    state = State.TEXT;
                    return Event.PROBLEM;
                }
                state = State.SPOILED;
            }
            case TEXT, OPENING -> throw new IllegalStateException(state.toString());
        }
        return Event.NEED_MORE;
    }

    private void name(byte octet) {
        if (isSpace(octet)) {
            state = State.BEFORE_PARAMETER;
        } else if (octet == '-') {
            state = State.CLOSING_DASH;
        } else if (name.length() == MAX_NAME) {
            spoil((byte) 0, "the \"" + name + (char) (octet & 0xff) + "...\" SSI command is too long");
        } else {
            name.write(octet);
        }
    }

    private void beforeParameter(byte octet) {
        if (octet == '-') {
            state = State.CLOSING_DASH;
        } else if (!isSpace(octet)) {
            key.clear();
            key.write(octet);
            value.clear();
            state = State.PARAMETER;
        }
    }

    private void parameter(byte octet) {
        if (isSpace(octet)) {
            state = State.BEFORE_EQUALS;
        } else if (octet == '=') {
            state = State.BEFORE_VALUE;
        } else if (octet == '-') {
            spoil(octet, "after \"" + key + "\" parameter in");
        } else if (key.length() == MAX_NAME) {
            spoil((byte) 0, "too long \"" + key + (char) (octet & 0xff) + "...\" parameter in \"" + name
                    + "\" SSI command");
        } else {
            key.write(octet);
        }
    }

    private void value(byte octet, char quote) {
        if (octet == quote) {
            if (parameters.size() < MAX_PARAMETERS) {
                parameters.add(new SsiCommand.Parameter(key.toString(), value.toString()));
            }
            state = State.AFTER_VALUE;
            return;
        }
        if (octet == '\\') {
            quoted = state;
            state = State.ESCAPED;
        }
        append(octet);
    }

    private void append(byte octet) {
        if (value.length() >= maxValue) {
            spoil((byte) 0, "too long \"" + value + (char) (octet & 0xff) + "...\" value of \"" + key
                    + "\" parameter in \"" + name + "\" SSI command");
        } else {
            value.write(octet);
        }
    }

    /** What follows up to the closing is no command; 0 stands for no octet, the message is whole then. */
    private void spoil(byte octet, String where) {
        problem = octet == 0
                ? where
                : "unexpected \"" + (char) (octet & 0xff) + "\" symbol " + where + " \"" + name + "\" SSI command";
        boolean mayClose = octet == '-' && state != State.CLOSING_BRACKET && state != State.CLOSING_DASH;
        state = mayClose ? State.SPOILED_DASH : State.SPOILED;
    }
}
