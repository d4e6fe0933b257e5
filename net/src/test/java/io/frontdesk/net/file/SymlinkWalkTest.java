package io.frontdesk.net.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.frontdesk.net.process.NativeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymlinkWalkTest {
    @TempDir
    Path temporary;

    private String root;

    @BeforeEach
    void build() throws IOException {
        Path folder = temporary.toRealPath();
        root = folder.toString();
        Files.createDirectories(folder.resolve("real/sub"));
        Files.writeString(folder.resolve("real/sub/file"), "content");
        Files.createSymbolicLink(folder.resolve("dirlink"), Path.of("real"));
        Files.createSymbolicLink(folder.resolve("real/sub/filelink"), Path.of("file"));
    }

    @Test
    void opensAPathWithoutLinksUnderEachRule() {
        for (SymlinkRule rule : SymlinkRule.values()) {
            assertThat(open(root + "/real/sub/file", rule, 0)).isZero();
            assertThat(open(root + "//real///sub//file", rule, 0)).isZero();
        }
    }

    @Test
    void deniesALinkAtTheEnd() {
        assertThat(open(root + "/real/sub/filelink", SymlinkRule.DENY, 0)).isEqualTo(-Errno.ELOOP);
        assertThat(open(root + "/real/sub/filelink", SymlinkRule.FOLLOW, 0)).isZero();
    }

    @Test
    void deniesALinkInTheMiddle() {
        assertThat(open(root + "/dirlink/sub/file", SymlinkRule.DENY, 0)).isEqualTo(-Errno.ENOTDIR);
        assertThat(open(root + "/dirlink/sub/file", SymlinkRule.FOLLOW, 0)).isZero();
    }

    @Test
    void followsLinksWithinTheExemptedPart() {
        String path = root + "/dirlink/sub/file";

        assertThat(open(path, SymlinkRule.DENY, SymlinkWalk.checkedFrom(path, root + "/dirlink"))).isZero();
        String link = root + "/dirlink/sub/filelink";
        assertThat(open(link, SymlinkRule.DENY, SymlinkWalk.checkedFrom(link, root + "/dirlink")))
                .isEqualTo(-Errno.ELOOP);
        assertThat(open(link, SymlinkRule.DENY, SymlinkWalk.checkedFrom(link, link))).isZero();
    }

    @Test
    void exemptsOnlyWholeComponents() {
        assertThat(SymlinkWalk.checkedFrom("/www/site/a", "/www/site")).isEqualTo(9);
        assertThat(SymlinkWalk.checkedFrom("/www/site/a", "/www/site/")).isEqualTo(9);
        assertThat(SymlinkWalk.checkedFrom("/www/site/a", "/www/si")).isZero();
        assertThat(SymlinkWalk.checkedFrom("/www/site/a", "/var")).isZero();
        assertThat(SymlinkWalk.checkedFrom("/www/site/a", "")).isZero();
        assertThat(SymlinkWalk.checkedFrom("/www/site/a", "/www/site/a")).isEqualTo(SymlinkWalk.WHOLE_PATH);
    }

    @Test
    void followsALinkToAFileOfTheSameOwner() {
        assertThat(open(root + "/dirlink/sub/filelink", SymlinkRule.DENY_OTHER_OWNER, 0)).isZero();
    }

    @Test
    void deniesALinkToAFileOfAnotherOwner() {
        assumeTrue(NativeProcess.userId() == 0, "only root can give files away");
        assertThat(NativeFiles.changeOwner(root + "/real/sub/file", 12345, -1)).isZero();

        assertThat(open(root + "/real/sub/filelink", SymlinkRule.DENY_OTHER_OWNER, 0)).isEqualTo(-Errno.ELOOP);
        assertThat(open(root + "/real/sub/file", SymlinkRule.DENY_OTHER_OWNER, 0)).isZero();
    }

    @Test
    void opensADirectoryByATrailingSlash() {
        FileStatus status = new FileStatus();

        assertThat(SymlinkWalk.stat(root + "/real/sub/", status, SymlinkRule.DENY, 0)).isZero();
        assertThat(status.isDirectory()).isTrue();
        assertThat(SymlinkWalk.stat(root + "/real/sub/file/", status, SymlinkRule.DENY, 0))
                .isEqualTo(-Errno.ENOTDIR);
        assertThat(SymlinkWalk.stat(root + "/none/sub", status, SymlinkRule.DENY, 0)).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void neverWritesThroughALink() {
        int flags = OpenFlags.O_WRONLY | OpenFlags.O_CREAT | OpenFlags.O_TRUNC | OpenFlags.O_CLOEXEC;

        assertThat(SymlinkWalk.open(root + "/real/sub/filelink", flags, 0600, SymlinkRule.DENY_OTHER_OWNER, 0))
                .isEqualTo(-Errno.ELOOP);
        assertThat(Path.of(root, "real/sub/file")).hasContent("content");
    }

    @Test
    void leavesNoDescriptorOpen() throws IOException {
        long before = openDescriptors();
        for (int i = 0; i < 50; i++) {
            opensAPathWithoutLinksUnderEachRule();
            deniesALinkInTheMiddle();
            deniesALinkAtTheEnd();
        }

        assertThat(openDescriptors()).isLessThan(before + 50);
    }

    private static long openDescriptors() throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.count();
        }
    }

    private static int open(String path, SymlinkRule rule, int checkedFrom) {
        int fd = SymlinkWalk.open(path, OpenFlags.READ, 0, rule, checkedFrom);
        return fd < 0 ? fd : NativeFiles.close(fd);
    }
}
