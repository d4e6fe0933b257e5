package io.frontdesk.app;

import io.frontdesk.config.FileNames;
import io.frontdesk.engine.plan.Paths;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Charset encoding = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = new String(arguments[i].getBytes(encoding), StandardCharsets.ISO_8859_1);
        }
        return new Reader(words).read();
    }

    /**
     * The folders that names are relative to. nginx built without a prefix: it is the current folder, and so is a configuration file's name
     * relative to it.
     */
    Paths paths() {
        String folder = prefix;
        if (folder == null) {
            folder = FileNames.toName(Path.of("").toAbsolutePath()) + "/";
        } else if (!folder.isEmpty() && !folder.endsWith("/")) {
            folder += "/";
        }
        String file = configFile;
        if (file == null) {
            boolean plain = !exists(folder + "conf/nginx.conf") && exists(folder + "nginx.conf");
            file = plain ? "nginx.conf" : "conf/nginx.conf";
        }
        String log = errorLog == null ? "logs/error.log" : errorLog.isEmpty() ? "stderr" : errorLog;
        return new Paths(folder, FileNames.full(folder, file),
                log.equals("stderr") ? log : FileNames.full(folder, log));
    }

    private static boolean exists(String name) {
        return Files.exists(FileNames.toPath(name));
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
