package io.frontdesk.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

    @TempDir
    private Path folder;

    @Test
    void makesATreeOfBlocks() {
        var text = Configs.read("""
                user nobody;
                http {
                    server { listen 80; }
                }
                """);
        assertThat(text.problem()).isNull();
        assertThat(text.statements()).extracting(Statement::toString).containsExactly("user nobody;", "http {");
        Statement http = text.statements().get(1);
        assertThat(http.start()).isEqualTo(new Position(Configs.FILE, 2, 1));
        assertThat(http.at()).isEqualTo(new Position(Configs.FILE, 2, 6));
        assertThat(http.end()).isEqualTo(new Position(Configs.FILE, 4, 1));
        assertThat(http.children().getFirst().children()).extracting(Statement::toString).containsExactly("listen 80;");
    }

    @Test
    void keepsTheWordsOfRawBlocks() {
        var text = Configs.read("""
                map $uri $a {
                    text/html html htm;
                    "~^/a(b){2}" x;
                    default "";
                    '' y;
                }
                """);
        assertThat(text.statements().getFirst().children()).extracting(line -> line.name().text()).containsExactly(
                "text/html", "~^/a(b){2}", "default", "");
    }

    @Test
    void readsIncludedFilesInPlaceAndEachSourceOnce() throws IOException {
        write("nginx.conf", "a;\ninclude more.conf;\nb { include more.conf; }\n");
        write("more.conf", "c; # why\n");
        var text = read();
        assertThat(text.statements()).extracting(Statement::toString).containsExactly("a;", "c;", "b {");
        assertThat(text.statements().get(2).children()).extracting(Statement::toString).containsExactly("c;");
        assertThat(text.statements().get(1).at()).hasToString(folder + "/more.conf:1");
        assertThat(text.sources()).extracting(Source::file).containsExactly(folder + "/nginx.conf", folder
                + "/more.conf");
        assertThat(text.sources().get(1).text()).isEqualTo("c; # why\n");
        assertThat(text.sources().get(1).comments()).extracting(Comment::text).containsExactly(" why");
    }

    @Test
    void resolvesIncludesFromTheFolderOfTheMainFile() throws IOException {
        write("conf/nginx.conf", "include sub/one.conf;");
        write("conf/sub/one.conf", "include two.conf;");
        write("conf/two.conf", "two;");
        assertThat(new ConfigReader().read(Path.of("conf/nginx.conf"), folder, List.of()).statements()).extracting(
                Statement::toString).containsExactly("two;");
    }

    @Test
    void includesWhatAPatternMatchesAndNothingWhereItMatchesNone() throws IOException {
        write("nginx.conf", "include [ab]/*.conf; include none/*;");
        write("b/z.conf", "bz;");
        write("a/y.conf", "ay;");
        write("a/x.conf", "ax;");
        assertThat(read().statements()).extracting(Statement::toString).containsExactly("ax;", "ay;", "bz;");
    }

    @Test
    void readsCommandLineDirectivesInFront() throws IOException {
        write("nginx.conf", "b;");
        var text = read(List.of("a;", "include more.conf;"));
        assertThat(text.statements()).extracting(Statement::toString).containsExactly("a;");
        assertThat(text.problem()).hasToString("open() \"" + folder
                + "/more.conf\" failed (2: No such file or directory) in command line");
    }

    @Test
    void refusesBlocksAndUnendedWordsOnTheCommandLine() throws IOException {
        write("nginx.conf", "b;");
        assertThat(read(List.of("daemon off; http {")).problem()).hasToString(
                "block directives are not supported in -g option in command line");
        assertThat(read(List.of("daemon off")).problem()).hasToString(
                "unexpected end of parameter, expecting \";\" in command line");
        assertThat(read(List.of("}")).problem()).hasToString("unexpected \"}\" in command line");
    }

    @Test
    void namesNoPlaceWhenTheMainFileIsMissing() {
        assertThat(read().problem()).hasToString("open() \"" + folder
                + "/nginx.conf\" failed (2: No such file or directory)");
    }

    @Test
    void readsBytesAsTheyAre() throws IOException {
        Files.write(folder.resolve("nginx.conf"), "a \u00ff\u0080\u00e9;".getBytes(ISO_8859_1));
        assertThat(read().statements().getFirst().args().getFirst().text()).isEqualTo("\u00ff\u0080\u00e9");
    }

    @Test
    void readsNothingFromDevices() throws IOException {
        write("nginx.conf", "include /dev/null; include /dev/zero; a;");
        assertThat(read().statements()).hasSize(1);
    }

    @Test
    void endsTheTreeAtTheFirstErrorWithItsBlocksOpen() {
        var text = Configs.read("a;\nb {\n  c;\n  d \"e\"f;\n}\n");
        assertThat(text.problem()).hasToString("unexpected \"f\" in /nginx.conf:4");
        Statement open = text.statements().get(1);
        assertThat(open.children()).extracting(Statement::toString).containsExactly("c;");
        assertThat(open.end()).isNull();
    }

    @Test
    void limitsTheDepthOfBlocks() {
        int depth = ReadLimits.DEFAULT.depth();
        assertThat(Configs.read("a {".repeat(depth) + "}".repeat(depth)).problem()).isNull();
        assertThat(Configs.read("a {".repeat(depth + 1) + "}".repeat(depth + 1)).problem()).hasToString(
                "blocks are nested deeper than 100 in /nginx.conf:1");
    }

    @Test
    void limitsTheDepthOfIncludes() throws IOException {
        int depth = ReadLimits.DEFAULT.includeDepth();
        for (int i = 0; i < depth; i++) {
            write(i + ".conf", "include " + (i + 1) + ".conf;");
        }
        write(depth + ".conf", "a;");
        write("nginx.conf", "include 1.conf;");
        assertThat(read().problem()).isNull();
        write("nginx.conf", "include 0.conf;");
        assertThat(read().problem()).hasToString("files include each other deeper than 100 in " + folder
                + "/99.conf:1");
    }

    @Test
    void endsWhenAFileIncludesItself() throws IOException {
        write("nginx.conf", "a;\ninclude *.conf;\n");
        assertThat(read().problem()).hasToString("files include each other deeper than 100 in " + folder
                + "/nginx.conf:2");
    }

    @Test
    void limitsTheNumberOfStatements() {
        var reader = new ConfigReader(new ReadLimits(100, 100, 10, 3, 10, 10));
        assertThat(reader.readText("/f", "a { b; c; }").problem()).isNull();
        assertThat(reader.readText("/f", "a { b; c; } d;").problem()).hasToString(
                "configuration has more than 3 statements in /f:1");
    }

    @Test
    void limitsTheSizeOfAFile() throws IOException {
        var reader = new ConfigReader(new ReadLimits(10, 100, 10, 100, 10, 10));
        write("nginx.conf", "a 2345678;");
        assertThat(reader.read(Path.of("nginx.conf"), folder, List.of()).problem()).isNull();
        write("nginx.conf", "a 23456789;");
        assertThat(reader.read(Path.of("nginx.conf"), folder, List.of()).problem()).hasToString(
                "configuration file \"" + folder + "/nginx.conf\" is larger than 10 bytes");
    }

    @Test
    void limitsTheSizeAndNumberOfAllFiles() throws IOException {
        write("a.conf", "a;");
        write("nginx.conf", "include a.conf;include a.conf;");
        var bytes = new ConfigReader(new ReadLimits(100, 34, 10, 100, 10, 10));
        assertThat(bytes.read(Path.of("nginx.conf"), folder, List.of()).problem()).isNull();
        bytes = new ConfigReader(new ReadLimits(100, 33, 10, 100, 10, 10));
        assertThat(bytes.read(Path.of("nginx.conf"), folder, List.of()).problem()).hasToString(
                "configuration is larger than 33 bytes in " + folder + "/nginx.conf:1");
        var files = new ConfigReader(new ReadLimits(100, 100, 3, 100, 10, 10));
        assertThat(files.read(Path.of("nginx.conf"), folder, List.of()).problem()).isNull();
        files = new ConfigReader(new ReadLimits(100, 100, 2, 100, 10, 10));
        assertThat(files.read(Path.of("nginx.conf"), folder, List.of()).problem()).hasToString(
                "configuration has more than 2 files in " + folder + "/nginx.conf:1");
    }

    private ConfigText read() {
        return read(List.of());
    }

    private ConfigText read(List<String> globals) {
        return new ConfigReader().read(Path.of("nginx.conf"), folder, globals);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, ISO_8859_1);
    }
}
