package io.frontdesk.app;

import io.frontdesk.app.command.StartPaths;
import io.frontdesk.engine.plan.Paths;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What stood behind the command's name: nginx's options, read as nginx reads them. Texts are byte strings.
 *
 * @param showsVersion   {@code -v}, {@code -V}, {@code -h}
 * @param showsHelp      {@code -h}, {@code -?}
 * @param showsConfigure {@code -V}
 * @param tests          {@code -t}, {@code -T}
 * @param dumps          {@code -T}
 * @param quiet          {@code -q}
 * @param signal         behind {@code -s}
 * @param prefix         behind {@code -p}
 * @param configFile     behind {@code -c}
 * @param errorLog       behind {@code -e}
 * @param directives     behind {@code -g}
 */
record CommandLine(boolean showsVersion, boolean showsHelp, boolean showsConfigure, boolean tests, boolean dumps,
        boolean quiet, @Nullable Signal signal, @Nullable String prefix, @Nullable String configFile,
        @Nullable String errorLog, @Nullable String directives) {

    /** What {@code -s} asks of a running process. */
    enum Signal {
        STOP, QUIT, REOPEN, RELOAD
    }

    /** An option that nginx would not take. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Refused(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        /** In nginx's wording. */
        String reason() {
            return reason;
        }
    }

    /** Reads the arguments as the JVM decoded them. */
    static CommandLine parse(String... arguments) throws Refused {
        return new Reader(byteStrings(arguments)).read();
    }

    /** The arguments, which the JVM decoded, as byte strings. */
    static String[] byteStrings(String... arguments) {
        Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = new String(arguments[i].getBytes(encoding), StandardCharsets.ISO_8859_1);
        }
        return words;
    }

    /** The files and folders that it means. */
    Paths paths() {
        return StartPaths.of(prefix, configFile, errorLog);
    }

    /** One pass over the words. */
    private static final class Reader {
        private final String[] words;
        private int at;
        private boolean version;
        private boolean help;
        private boolean configure;
        private boolean test;
        private boolean dump;
        private boolean quiet;
        private @Nullable Signal signal;
        private @Nullable String prefix;
        private @Nullable String configFile;
        private @Nullable String errorLog;
        private @Nullable String directives;

        Reader(String[] words) {
            this.words = words;
        }

        CommandLine read() throws Refused {
            for (; at < words.length; at++) {
                String word = words[at];
                if (!word.startsWith("-")) {
                    throw new Refused("invalid option: \"" + word + "\"");
                }
                // letters may stand together, up to the first that has a value
                int i = 1;
                while (i < word.length() && !takesValue(word, i)) {
                    i++;
                }
            }
            return new CommandLine(version, help, configure, test, dump, quiet, signal, prefix, configFile, errorLog,
                    directives);
        }

        /** Reads one letter; true when the rest of the word, or the next word, was its value. */
        private boolean takesValue(String word, int i) throws Refused {
            switch (word.charAt(i)) {
                case '?', 'h' -> {
                    version = true;
                    help = true;
                }
                case 'v' -> version = true;
                case 'V' -> {
                    version = true;
                    configure = true;
                }
                case 't' -> test = true;
                case 'T' -> {
                    test = true;
                    dump = true;
                }
                case 'q' -> quiet = true;
                case 'p' -> prefix = value(word, i, "option \"-p\" requires directory name");
                case 'e' -> errorLog = value(word, i, "option \"-e\" requires file name");
                case 'c' -> configFile = value(word, i, "option \"-c\" requires file name");
                case 'g' -> directives = value(word, i, "option \"-g\" requires parameter");
                case 's' -> signal = signal(value(word, i, "option \"-s\" requires parameter"));
                default -> throw new Refused("invalid option: \"" + word.charAt(i) + "\"");
            }
            return "pecgs".indexOf(word.charAt(i)) >= 0;
        }

        private String value(String word, int i, String otherwise) throws Refused {
            if (i + 1 < word.length()) {
                return word.substring(i + 1);
            }
            if (++at == words.length) {
                throw new Refused(otherwise);
            }
            return words[at];
        }

        private static Signal signal(String name) throws Refused {
            return switch (name) {
                case "stop" -> Signal.STOP;
                case "quit" -> Signal.QUIT;
                case "reopen" -> Signal.REOPEN;
                case "reload" -> Signal.RELOAD;
                default -> throw new Refused("invalid option: \"-s " + name + "\"");
            };
        }
    }
}
