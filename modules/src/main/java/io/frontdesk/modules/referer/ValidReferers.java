package io.frontdesk.modules.referer;

import io.frontdesk.codec.Octets;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Diagnostic;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.HostNames;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.lookup.HostTable;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.variable.Pattern;
import io.frontdesk.net.regex.Regex;
import io.frontdesk.net.regex.RegexException;
import io.frontdesk.net.regex.RegexMatchException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The referers that are valid in one location. Immutable, shared by all loops. */
final class ValidReferers {
    /** nginx: no shorter value has a scheme and a host. */
    private static final int SHORTEST = "http://i.ru".length();
    private static final int LONGEST_HOST = 256;
    private static final byte[] NO_PATH = new byte[0];

    private final HostTable<byte[]> names;
    private final Regex[] hostRegexes;
    private final Regex[] regexes;
    private final boolean none;
    private final boolean blocked;

    private ValidReferers(Builder builder) {
        names = builder.names.build();
        hostRegexes = builder.hostRegexes.toArray(new Regex[0]);
        regexes = builder.regexes.toArray(new Regex[0]);
        none = builder.none;
        blocked = builder.blocked;
    }

    boolean accepts(Exchange ex) {
        Fields fields = ex.request().fields();
        int field = fields.find(FieldName.REFERER);
        if (field < 0) {
            return none;
        }
        byte[] in = fields.bytes().array();
        int from = fields.valueOffset(field);
        int end = from + fields.valueLength(field);
        int host = endOfScheme(in, from, end);
        if (host < 0) {
            return blocked;
        }
        try {
            return accepts(in, host, end);
        } catch (RegexMatchException e) {
            ex.blame().log(FaultKind.REGEX_LIMIT, Severity.ALERT, String.valueOf(e.getMessage()), null);
            ex.fail(500);
            return false;
        }
    }

    private static int endOfScheme(byte[] in, int from, int end) {
        if (end - from < SHORTEST) {
            return -1;
        }
        if (Octets.equalsFolded(in, from, 7, "http://")) {
            return from + 7;
        }
        return Octets.equalsFolded(in, from, 8, "https://") ? from + 8 : -1;
    }

    private boolean accepts(byte[] in, int host, int end) {
        int behind = host;
        while (behind < end && in[behind] != '/' && in[behind] != ':') {
            behind++;
        }
        if (behind - host > LONGEST_HOST) {
            return false;
        }
        byte[] path = names.find(in, host, behind - host);
        if (path != null) {
            int slash = Octets.indexOf((byte) '/', in, behind, end);
            return end - slash >= path.length
                    && java.util.Arrays.equals(in, slash, slash + path.length, path, 0, path.length);
        }
        for (Regex regex : hostRegexes) {
            if (regex.matches(lower(in, host, behind), null)) {
                return true;
            }
        }
        for (Regex regex : regexes) {
            if (regex.matches(in, host, end - host, null)) {
                return true;
            }
        }
        return false;
    }

    private static String lower(byte[] in, int from, int to) {
        return new String(in, from, to - from, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** Collects them. Control plane. */
    static final class Builder {
        private final HostTable.Builder<byte[]> names = new HostTable.Builder<>();
        private final List<Regex> hostRegexes = new ArrayList<>();
        private final List<Regex> regexes = new ArrayList<>();
        private boolean none;
        private boolean blocked;
        private boolean named;

        void add(String text, Position at) throws ConfigException {
            if (text.isEmpty()) {
                throw ConfigException.at(at, "invalid referer \"%s\"", text);
            }
            if (text.equals("none")) {
                none = true;
            } else if (text.equals("blocked")) {
                blocked = true;
            } else if (text.startsWith("~")) {
                if (text.length() == 1) {
                    throw ConfigException.at(at, "empty regex in \"%s\"", text);
                }
                regexes.add(regex(text.substring(1), true, at));
            } else {
                int slash = text.indexOf('/');
                named = true;
                if (slash < 0) {
                    names.add(text, NO_PATH, at);
                } else {
                    names.add(text.substring(0, slash), text.substring(slash).getBytes(StandardCharsets.ISO_8859_1),
                            at);
                }
            }
        }

        void addServerName(String name, Position at) throws ConfigException {
            if (name.startsWith("~")) {
                boolean caseless = name.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
                hostRegexes.add(regex(name.substring(1), caseless, at));
            } else {
                named = true;
                names.add(name.equalsIgnoreCase("$hostname") ? HostNames.own() : name, NO_PATH, at);
            }
        }

        boolean hasRegexes() {
            return !regexes.isEmpty();
        }

        ValidReferers build() throws ConfigException {
            if ((none || blocked) && !named) {
                throw new ConfigException(new Diagnostic(Severity.EMERG,
                        "the \"none\" or \"blocked\" referers are specified in the \"valid_referers\" directive without any "
                                + "valid referer",
                        null));
            }
            return new ValidReferers(this);
        }

        private static Regex regex(String text, boolean caseless, Position at) throws ConfigException {
            try {
                return Regex.compile(text, caseless);
            } catch (RegexException e) {
                throw ConfigException.at(at, "%s", Pattern.problem(e, text));
            }
        }
    }
}
