package io.frontdesk.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the program prints and with which status it ends, but for serving: nginx 1.31.5 says the same. */
class CommandLineTest {
    @TempDir
    Path prefix;

    private String out = "";
    private String err = "";

    @BeforeEach
    void makeFolderOfLogs() throws IOException {
        Files.createDirectory(prefix.resolve("logs"));
    }

    /** Runs the program on a configuration; FOLDER in what it prints stands for the prefix. */
    private int run(String config, String... options) throws IOException, InterruptedException {
        Files.writeString(prefix.resolve("nginx.conf"), config, StandardCharsets.ISO_8859_1);
        List<String> line = new ArrayList<>(List.of(options));
        line.addAll(List.of("-p", prefix.toString(), "-c", "nginx.conf"));
        var stdout = new ByteArrayOutputStream();
        var stderr = new ByteArrayOutputStream();
        int status;
        try {
            status = new Main(CommandLine.parse(line.toArray(String[]::new)),
                    new PrintStream(stdout, true, StandardCharsets.ISO_8859_1),
                    new PrintStream(stderr, true, StandardCharsets.ISO_8859_1)).run();
        } catch (CommandLine.Refused e) {
            throw new AssertionError(e);
        }
        out = stdout.toString(StandardCharsets.ISO_8859_1).replace(prefix.toString(), "FOLDER");
        err = stderr.toString(StandardCharsets.ISO_8859_1).replace(prefix.toString(), "FOLDER");
        return status;
    }

    @Test
    void saysThatAConfigurationIsRight() throws Exception {
        assertThat(run("events {}\n", "-t")).isZero();
        assertThat(err).isEqualTo("""
                nginx: the configuration file FOLDER/nginx.conf syntax is ok
                nginx: configuration file FOLDER/nginx.conf test is successful
                """);
        assertThat(out).isEmpty();
    }

    @Test
    void saysWhatIsWrongAndWhere() throws Exception {
        assertThat(run("events {}\nhttp {\n    server { lisen 80; }\n}\n", "-t")).isEqualTo(1);
        assertThat(err).isEqualTo("""
                nginx: [emerg] unknown directive "lisen" in FOLDER/nginx.conf:3
                nginx: configuration file FOLDER/nginx.conf test failed
                """);
    }

    @Test
    void saysWhatIsWrongBeforeItServes() throws Exception {
        assertThat(run("events { worker_connections many; }\n")).isEqualTo(1);
        assertThat(err).isEqualTo("nginx: [emerg] invalid number \"many\" in FOLDER/nginx.conf:1\n");
    }

    @Test
    void asksForEventsOnceTheTextIsRight() throws Exception {
        assertThat(run("http {}\n", "-t")).isEqualTo(1);
        assertThat(err).isEqualTo("""
                nginx: the configuration file FOLDER/nginx.conf syntax is ok
                nginx: [emerg] no "events" section in configuration
                nginx: configuration file FOLDER/nginx.conf test failed
                """);
    }

    @Test
    void isQuietAboutWhatIsRight() throws Exception {
        assertThat(run("events {}\n", "-tq")).isZero();
        assertThat(err).isEmpty();
    }

    @Test
    void printsEachFileOnce() throws Exception {
        Files.writeString(prefix.resolve("more.conf"), "# more\n");
        assertThat(run("include more.conf;\ninclude more.conf;\nevents {}\n", "-Tq")).isZero();
        assertThat(out).isEqualTo("""
                # configuration file FOLDER/nginx.conf:
                include more.conf;
                include more.conf;
                events {}

                # configuration file FOLDER/more.conf:
                # more

                """);
    }

    @Test
    void readsDirectivesOfTheCommandLineFirst() throws Exception {
        assertThat(run("pid other;\nevents {}\n", "-t", "-g", "pid logs/x.pid;")).isEqualTo(1);
        assertThat(err).startsWith("nginx: [emerg] \"pid\" directive is duplicate in FOLDER/nginx.conf:1\n");

        assertThat(run("events {}\n", "-t", "-g", "pid")).isEqualTo(1);
        assertThat(err).startsWith(
                "nginx: [emerg] unexpected end of parameter, expecting \";\" in command line\n");
    }

    @Test
    void warnsOfNamesThatTwoServersHave() throws Exception {
        String server = "server { listen 127.0.0.1:18080; server_name a; }";
        assertThat(run("events {}\nhttp {" + server + server + "}\n", "-tq")).isZero();
        assertThat(err).isEqualTo("nginx: [warn] conflicting server name \"a\" on 127.0.0.1:18080, ignored\n");
    }

    @Test
    void findsAddressesThatTheMachineDoesNotHave() throws Exception {
        assertThat(run("events {}\nhttp { server { listen 192.0.2.1:8080; } }\n", "-tq")).isEqualTo(1);
        assertThat(err).isEqualTo("""
                nginx: [emerg] bind() to 192.0.2.1:8080 failed (99: Cannot assign requested address)
                nginx: configuration file FOLDER/nginx.conf test failed
                """);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"pid /nonexistent/x.pid, /nonexistent/x.pid",
            "error_log /nonexistent/x.log, /nonexistent/x.log"})
    void findsFilesThatCannotBeOpened(String directive, String file) throws Exception {
        assertThat(run(directive + ";\nevents {}\n", "-t")).isEqualTo(1);
        assertThat(err).isEqualTo("""
                nginx: the configuration file FOLDER/nginx.conf syntax is ok
                nginx: [emerg] open() "%s" failed (2: No such file or directory)
                nginx: configuration file FOLDER/nginx.conf test failed
                """.formatted(file));
    }

    @Test
    void keepsWhatItSaidInTheErrorLog() throws Exception {
        run("events {}\nfoo;\n", "-e", "first.log");
        assertThat(Files.readString(prefix.resolve("first.log")))
                .matches(
                        "\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d \\[emerg] \\d+#\\d+: unknown directive \"foo\" in \\S+:2\n");
    }

    @Test
    void saysWhereAnErrorLogCannotBe() throws Exception {
        run("events {}\n", "-tq", "-e", "none/first.log");
        assertThat(err).startsWith("nginx: [alert] could not open error log file: "
                + "open() \"FOLDER/none/first.log\" failed (2: No such file or directory)\n");
    }

    @Test
    void findsNoProcessToSignalWithoutAPidFile() throws Exception {
        assertThat(run("events {}\n", "-s", "quit")).isEqualTo(1);
        assertThat(err)
                .isEqualTo("nginx: [error] open() \"FOLDER/logs/nginx.pid\" failed (2: No such file or directory)\n");
    }

    @Test
    void refusesAPidFileWithoutANumber() throws Exception {
        Files.writeString(prefix.resolve("logs/nginx.pid"), "x\n");
        assertThat(run("events {}\n", "-s", "quit")).isEqualTo(1);
        assertThat(err).isEqualTo("nginx: [error] invalid PID number \"x\" in \"FOLDER/logs/nginx.pid\"\n");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"-x, invalid option: \"x\"", "-tx, invalid option: \"x\"",
            "start, invalid option: \"start\"", "-s start, invalid option: \"-s start\"",
            "-c, option \"-c\" requires file name", "-tc, option \"-c\" requires file name",
            "-p, option \"-p\" requires directory name", "-e, option \"-e\" requires file name",
            "-g, option \"-g\" requires parameter", "-s, option \"-s\" requires parameter"})
    void refusesOptions(String line, String reason) {
        assertThat(refusal(line.split(" "))).isEqualTo(reason);
    }

    private static String refusal(String... words) {
        try {
            return "taken: " + CommandLine.parse(words);
        } catch (CommandLine.Refused e) {
            return e.reason();
        }
    }

    @Test
    void takesAValueWithoutASpace() throws Exception {
        CommandLine line = CommandLine.parse("-tqc/a/b.conf", "-p/srv", "-squit");
        assertThat(line.tests()).isTrue();
        assertThat(line.quiet()).isTrue();
        assertThat(line.configFile()).isEqualTo("/a/b.conf");
        assertThat(line.prefix()).isEqualTo("/srv");
        assertThat(line.signal()).isEqualTo(CommandLine.Signal.QUIT);
    }

    @Test
    void findsNamesRelativeToThePrefix() throws Exception {
        assertThat(CommandLine.parse("-p", "/srv", "-c", "a.conf").paths().configFile()).isEqualTo("/srv/a.conf");
        assertThat(CommandLine.parse("-p", "/srv", "-c", "/a.conf").paths().configFile()).isEqualTo("/a.conf");
        assertThat(CommandLine.parse("-p", "/srv").paths().configFile()).isEqualTo("/srv/conf/nginx.conf");
        assertThat(CommandLine.parse("-p", "/srv").paths().errorLog()).isEqualTo("/srv/logs/error.log");
        assertThat(CommandLine.parse("-p", "/srv", "-e", "stderr").paths().errorLog()).isEqualTo("stderr");
    }
}
