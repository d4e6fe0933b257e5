package io.frontdesk.net.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFilesTest {
    @TempDir
    Path folder;

    @Test
    void hasEveryFunction() {
        assertThat(NativeFiles.problem()).isNull();
    }

    @Test
    void tellsTheStatusOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("page.html"), "0123456789");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_789)));
        FileStatus status = new FileStatus();

        assertThat(NativeFiles.stat(file.toString(), status)).isZero();

        assertThat(status.size()).isEqualTo(10);
        assertThat(status.isRegular()).isTrue();
        assertThat(status.isDirectory()).isFalse();
        assertThat(status.modifiedSeconds()).isEqualTo(1_700_000_000);
        assertThat(status.modifiedNanos()).isEqualTo(123_456_789);
        assertThat(status.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(status.device()).isEqualTo(Files.getAttribute(file, "unix:dev"));
        assertThat(status.uid()).isEqualTo(Files.getAttribute(file, "unix:uid"));
        assertThat(status.gid()).isEqualTo(Files.getAttribute(file, "unix:gid"));
        assertThat(status.mode()).isEqualTo(Files.getAttribute(file, "unix:mode"));
        assertThat(status.diskBytes()).isPositive();
    }

    @Test
    void knowsTheSameFileByDescriptorAndByPath() throws IOException {
        byte[] path = Files.writeString(folder.resolve("a"), "x").toString().getBytes(StandardCharsets.ISO_8859_1);
        FileStatus named = new FileStatus();
        FileStatus opened = new FileStatus();
        int fd = NativeFiles.open(path, 0, path.length, OpenFlags.READ, 0);

        assertThat(NativeFiles.stat(path, 0, path.length, named)).isZero();
        assertThat(NativeFiles.fstat(fd, opened)).isZero();
        assertThat(NativeFiles.close(fd)).isZero();

        assertThat(named.isSameFile(opened)).isTrue();
        FileStatus copy = new FileStatus();
        copy.copyFrom(opened);
        assertThat(copy).usingRecursiveComparison().isEqualTo(named);
    }

    @Test
    void answersErrorsAsNegativeNumbers() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        FileStatus status = new FileStatus();

        assertThat(NativeFiles.open(folder + "/none", OpenFlags.READ)).isEqualTo(-Errno.ENOENT);
        assertThat(NativeFiles.open(file + "/below", OpenFlags.READ)).isEqualTo(-Errno.ENOTDIR);
        assertThat(NativeFiles.stat(folder + "/none", status)).isEqualTo(-Errno.ENOENT);
        assertThat(NativeFiles.fstat(-1, status)).isEqualTo(-Errno.EBADF);
        assertThat(NativeFiles.close(-1)).isEqualTo(-Errno.EBADF);
        assertThat(NativeFiles.open(file.toString(), OpenFlags.CREATE_NEW, 0600)).isEqualTo(-Errno.EEXIST);
        assertThat(NativeFiles.makeDirectory(file.toString(), 0700)).isEqualTo(-Errno.EEXIST);
    }

    @Test
    void refusesNamesThatNoFileCanHave() {
        FileStatus status = new FileStatus();

        assertThat(NativeFiles.stat("/etc\0/passwd", status)).isEqualTo(-Errno.EINVAL);
        assertThat(NativeFiles.open("/etc/passwd\0.html", OpenFlags.READ)).isEqualTo(-Errno.EINVAL);
        assertThat(NativeFiles.stat("/" + "a".repeat(5000), status)).isEqualTo(-Errno.ENAMETOOLONG);
        assertThat(NativeFiles.rename("a\0", "b")).isEqualTo(-Errno.EINVAL);
        assertThat(NativeFiles.open(new byte[]{'/', 0, 'a'}, 0, 3, OpenFlags.READ, 0)).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void keepsTheBytesOfNamesThatAreNotText() {
        String name = "caf\u00e9-\u0080\u00ff";
        int fd = NativeFiles.open(folder + "/" + name, OpenFlags.CREATE_NEW, 0644);
        assertThat(fd).isNotNegative();
        NativeFiles.close(fd);

        Map<String, FileType> entries = list();

        assertThat(entries).containsExactly(Map.entry(name, FileType.REGULAR));
        assertThat(NativeFiles.unlink(folder + "/" + name)).isZero();
        assertThat(list()).isEmpty();
    }

    @Test
    void listsNamesWithTheirTypes() throws IOException {
        Files.createDirectory(folder.resolve("dir"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("dir"));
        for (int i = 0; i < 3000; i++) {
            Files.createFile(folder.resolve("a-rather-long-name-to-fill-more-than-one-buffer-" + i));
        }

        Map<String, FileType> entries = list();

        assertThat(entries).hasSize(3002).containsEntry("dir", FileType.DIRECTORY)
                .containsEntry("link", FileType.SYMLINK);
        assertThat(DirectoryListing.read(folder + "/none", (name, type) -> {})).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void seesALinkItselfOnlyWhenAsked() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("."));
        FileStatus status = new FileStatus();

        NativeFiles.lstat(link.toString(), status);
        assertThat(status.isSymlink()).isTrue();
        NativeFiles.stat(link.toString(), status);
        assertThat(status.isDirectory()).isTrue();
    }

    @Test
    void renamesOverAFileAndLinksAnother() throws IOException {
        Path from = Files.writeString(folder.resolve("from"), "new");
        Path to = Files.writeString(folder.resolve("to"), "old");

        assertThat(NativeFiles.rename(from.toString(), to.toString())).isZero();
        assertThat(NativeFiles.link(to.toString(), folder + "/second")).isZero();

        assertThat(to).hasContent("new");
        assertThat(folder.resolve("second")).hasContent("new");
        assertThat(from).doesNotExist();
    }

    @Test
    void makesAllParentsOfAFile() {
        String path = folder + "/a/b/c/file";

        assertThat(NativeFiles.makeParents(path, 0700)).isZero();
        assertThat(NativeFiles.makeParents(path, 0700)).isZero();

        assertThat(folder.resolve("a/b/c")).isDirectory();
        assertThat(folder.resolve("a/b/c/file")).doesNotExist();
        assertThat(NativeFiles.removeDirectory(folder + "/a/b/c")).isZero();
        assertThat(NativeFiles.removeDirectory(folder + "/a")).isEqualTo(-Errno.ENOTEMPTY);
    }

    @Test
    void setsPermissionsAndTime() throws IOException {
        String file = Files.writeString(folder.resolve("file"), "x").toString();
        FileStatus status = new FileStatus();

        assertThat(NativeFiles.changeMode(file, 0640)).isZero();
        assertThat(NativeFiles.setModified(file, 1_234_567_890)).isZero();
        assertThat(NativeFiles.changeOwner(file, -1, -1)).isZero();

        NativeFiles.stat(file, status);
        assertThat(status.permissions()).isEqualTo(0640);
        assertThat(status.modifiedSeconds()).isEqualTo(1_234_567_890);
        assertThat(NativeFiles.access(file, NativeFiles.R_OK)).isZero();
        assertThat(NativeFiles.access(file + "x", NativeFiles.F_OK)).isEqualTo(-Errno.ENOENT);
    }

    @Test
    void resolvesAPathThroughItsLinks() throws IOException {
        Files.createDirectory(folder.resolve("real"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        StringBuilder out = new StringBuilder();

        assertThat(NativeFiles.realPath(folder + "/link/../link/.", out)).isZero();

        assertThat(out).hasToString(folder.toRealPath() + "/real");
        assertThat(NativeFiles.realPath(folder + "/none", out)).isEqualTo(-Errno.ENOENT);
    }

    private Map<String, FileType> list() {
        Map<String, FileType> entries = new TreeMap<>();
        assertThat(DirectoryListing.read(folder.toString(), entries::put)).isZero();
        return entries;
    }
}
