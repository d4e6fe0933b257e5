package io.frontdesk.engine.variable;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the text of a value to a {@link Template}. Names are bound when {@link #finish} is called, after every module had its say, as
 * a variable may be used above the line that defines it. Control plane; one thread.
 */
public final class TemplateCompiler {
    private record Pending(String name, Variable[] into, int index, @Nullable Position at) {}

    private final Variables variables;
    private final List<Pending> pending = new ArrayList<>();

    /** A compiler over the variables of one configuration. */
    public TemplateCompiler(Variables variables) {
        this.variables = variables;
    }

    /**
     * Compiles {@code text}, which stands at {@code at}.
     *
     * @throws ConfigException with nginx's wording, when a name is malformed
     */
    public Template compile(String text, @Nullable Position at) throws ConfigException {
        if (text.indexOf('$') < 0) {
            return Template.constant(text);
        }
        List<byte[]> literals = new ArrayList<>();
        List<String> names = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '$') {
                literal.append(c);
                i++;
                continue;
            }
            int end = nameEnd(text, ++i, at);
            literals.add(take(literal));
            names.add(text.charAt(i) == '{' ? text.substring(i + 1, end - 1) : text.substring(i, end));
            i = end;
        }
        literals.add(take(literal));
        return bind(text, literals, names, at);
    }

    /** The value of one variable, whatever its name looks like; it is looked up by {@link #finish}. */
    public Template variable(String name, @Nullable Position at) {
        Variable[] parts = {Unbound.INSTANCE};
        pending.add(new Pending(name, parts, 0, at));
        return Template.of("$" + name, new byte[][]{{}, {}}, parts, false);
    }

    private Template bind(String text, List<byte[]> literals, List<String> names, @Nullable Position at)
            throws ConfigException {
        Variable[] parts = new Variable[names.size()];
        boolean captures = false;
        for (int k = 0; k < parts.length; k++) {
            String name = names.get(k);
            if (name.isEmpty()) {
                throw error("invalid variable name", at);
            }
            if (name.length() == 1 && name.charAt(0) >= '1' && name.charAt(0) <= '9') {
                parts[k] = new CaptureVariable(name.charAt(0) - '0');
                captures = true;
            } else {
                parts[k] = Unbound.INSTANCE;
                pending.add(new Pending(name, parts, k, at));
            }
        }
        return Template.of(text, literals.toArray(new byte[0][]), parts, captures);
    }

    /**
     * Binds all names.
     *
     * @throws ConfigException {@code unknown "x" variable}, for the first one in the order of compilation
     */
    public void finish() throws ConfigException {
        for (Pending p : pending) {
            Variable variable = variables.find(p.name);
            if (variable == null) {
                throw error("unknown \"" + p.name + "\" variable", p.at);
            }
            p.into[p.index] = variable;
        }
        pending.clear();
    }

    private static ConfigException error(String message, @Nullable Position at) {
        return new ConfigException(new Diagnostic(Severity.EMERG, message, at));
    }

    private static int nameEnd(String text, int from, @Nullable Position at) throws ConfigException {
        if (from == text.length()) {
            throw error("invalid variable name", at);
        }
        if (text.charAt(from) >= '1' && text.charAt(from) <= '9') {
            return from + 1;
        }
        boolean braced = text.charAt(from) == '{';
        int i = braced ? from + 1 : from;
        while (i < text.length() && isNameChar(text.charAt(i))) {
            i++;
        }
        if (!braced) {
            return i;
        }
        if (i == text.length() || text.charAt(i) != '}') {
            throw error("the closing bracket in \"" + text.substring(from + 1, i) + "\" variable is missing", at);
        }
        return i + 1;
    }

    private static boolean isNameChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }

    private static byte[] take(StringBuilder literal) {
        byte[] bytes = literal.toString().getBytes(StandardCharsets.ISO_8859_1);
        literal.setLength(0);
        return bytes;
    }

    /** Stands in for a variable until {@link #finish}. */
    private enum Unbound implements Variable {
        INSTANCE;

        @Override
        public boolean append(io.frontdesk.engine.request.Exchange exchange, io.frontdesk.codec.Bytes out) {
            throw new IllegalStateException("a template was used before its names were bound");
        }
    }
}
