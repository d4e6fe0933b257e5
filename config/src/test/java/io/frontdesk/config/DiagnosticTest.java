package io.frontdesk.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DiagnosticTest {

    @Test
    void endsWithThePlace() {
        assertThat(at(new Position("/f", 3, 9))).hasToString("bad in /f:3");
        assertThat(at(new Position(Position.COMMAND_LINE, 1, 1))).hasToString("bad in command line");
        assertThat(at(Position.NOWHERE)).hasToString("bad");
    }

    @Test
    void cutsLongMessages() {
        String longest = "x".repeat(Diagnostic.MAX_MESSAGE_LENGTH);
        assertThat(new Diagnostic(Severity.WARN, longest, null).message()).isEqualTo(longest);
        assertThat(new Diagnostic(Severity.WARN, longest + "y", null).message()).isEqualTo(longest);
    }

    @Test
    void takesPercentSignsOfTextsAsTheyAre() {
        assertThat(ConfigException.at(null, "100%")).hasMessage("100%");
        assertThat(ConfigException.at(null, "value \"%s\"", "5%s")).hasMessage("value \"5%s\"");
    }

    @Test
    void namesLevelsAsLogsDo() {
        assertThat(Severity.EMERG.label()).isEqualTo("emerg");
    }

    @Test
    void numbersTheFaultsOfFiles() {
        assertThat(Errno.text(new NoSuchFileException("f"))).isEqualTo("(2: No such file or directory)");
        assertThat(Errno.text(new AccessDeniedException("f"))).isEqualTo("(13: Permission denied)");
        assertThat(Errno.text(new FileSystemException("f", null, "Too many open files"))).isEqualTo(
                "(24: Too many open files)");
        assertThat(Errno.text(new FileSystemException("f", null,
                "Too many levels of symbolic links or unable to access attributes of symbolic link"))).isEqualTo(
                        "(40: Too many levels of symbolic links)");
        assertThat(Errno.text(new FileSystemException("f"))).isEqualTo("(f)");
        assertThat(Errno.text(new IOException("Is a directory"))).isEqualTo("(21: Is a directory)");
        assertThat(Errno.text(new IOException("of an unknown kind"))).isEqualTo("(of an unknown kind)");
    }

    @Test
    void turnsNamesIntoPathsAndBack() {
        assertThat(FileNames.toName(Path.of("/a/b"))).isEqualTo("/a/b");
        assertThat(FileNames.toPath("/a/b\0c")).isEqualTo(Path.of("/a/b"));
        assertThat(FileNames.full("/etc/", "a")).isEqualTo("/etc/a");
        assertThat(FileNames.full("/etc/", "/a")).isEqualTo("/a");
    }

    private static Diagnostic at(Position position) {
        return ConfigException.at(position, "bad").diagnostic();
    }
}
