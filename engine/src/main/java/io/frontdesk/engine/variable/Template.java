package io.frontdesk.engine.variable;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.engine.request.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A value with variables in it (nginx: a complex value), compiled to a flat list of parts. Immutable, shared by all loops; evaluated on
 * the loop of the exchange.
 */
public final class Template {
    /** The empty value. */
    public static final Template EMPTY = constant("");

    private final String source;
    private final byte[][] literals;
    private final Variable[] variables;
    private final boolean usesCaptures;
    private final @Nullable String constant;

    private Template(String source, byte[][] literals, Variable[] variables, boolean usesCaptures) {
        this.source = source;
        this.literals = literals;
        this.variables = variables;
        this.usesCaptures = usesCaptures;
        this.constant = variables.length > 0
                ? null
                : new String(literals[0], java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** A template that is a fixed text; a dollar in it means itself. */
    public static Template constant(String text) {
        return new Template(text, new byte[][]{text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)},
                new Variable[0], false);
    }

    /** Literals and variables in turn: literal 0, variable 0, literal 1 … */
    static Template of(String source, byte[][] literals, Variable[] variables, boolean usesCaptures) {
        return new Template(source, literals, variables, usesCaptures);
    }

    /** The text as it stood in the configuration. */
    public String source() {
        return source;
    }

    /** Whether there is no variable in it. */
    public boolean isConstant() {
        return constant != null;
    }

    /** The bytes of a fixed text, not to be changed; null when there are variables in it. */
    public byte @Nullable [] constantBytes() {
        return variables.length == 0 ? literals[0] : null;
    }

    /** Whether a numbered capture is used. */
    public boolean usesCaptures() {
        return usesCaptures;
    }

    /** Whether this is the empty constant. */
    public boolean isEmptyConstant() {
        return constant != null && constant.isEmpty();
    }

    /** How many variables it has; literal 0 stands before variable 0, literal 1 behind it, and so on. */
    public int variableCount() {
        return variables.length;
    }

    /** A literal part; not to be changed. */
    public byte[] literal(int index) {
        return literals[index];
    }

    /** A variable; bound only after the configuration was compiled, so not to be kept before. */
    public Variable variable(int index) {
        return variables[index];
    }

    /** Appends the value; variables without one add nothing. */
    public void append(Exchange exchange, Bytes out) {
        int i = 0;
        for (; i < variables.length; i++) {
            byte[] literal = literals[i];
            if (literal.length > 0) {
                out.write(literal, 0, literal.length);
            }
            variables[i].append(exchange, out);
        }
        byte[] literal = literals[i];
        if (literal.length > 0) {
            out.write(literal, 0, literal.length);
        }
    }

    /** Appends the value with its numbered captures escaped, and nothing else. */
    public void append(Exchange exchange, Bytes out, UriEscape captures) {
        for (int i = 0; i < literals.length; i++) {
            out.write(literals[i]);
            if (i == variables.length) {
                return;
            }
            if (variables[i] instanceof CaptureVariable capture) {
                exchange.captures().append(capture.group(), out, captures);
            } else {
                variables[i].append(exchange, out);
            }
        }
    }

    /** The value as a String of one char a byte. */
    public String value(Exchange exchange) {
        if (constant != null) {
            return constant;
        }
        Bytes scratch = exchange.worker().takeScratch();
        try {
            append(exchange, scratch);
            return scratch.toString();
        } finally {
            exchange.worker().giveBackScratch(scratch);
        }
    }

    @Override
    public String toString() {
        return source;
    }
}
