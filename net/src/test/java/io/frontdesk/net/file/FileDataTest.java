package io.frontdesk.net.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FileDataTest {
    @TempDir
    Path folder;

    private Path file;
    private int fd;

    @BeforeEach
    void open() {
        file = folder.resolve("data");
        fd = NativeFiles.open(file.toString(), OpenFlags.CREATE_NEW, 0600);
        assertThat(fd).isNotNegative();
    }

    @AfterEach
    void close() {
        NativeFiles.close(fd);
    }

    static Stream<ByteBuf> buffers() {
        return Stream.of(PooledByteBufAllocator.DEFAULT.directBuffer(16),
                UnpooledByteBufAllocator.DEFAULT.directBuffer(16),
                PooledByteBufAllocator.DEFAULT.heapBuffer(16), Unpooled.buffer(16));
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void readsBehindWhatIsInABuffer(ByteBuf buffer) throws IOException {
        Files.writeString(file, "0123456789");
        try {
            buffer.writeByte('>');

            assertThat(FileData.pread(fd, buffer, 4, 3)).isEqualTo(4);
            assertThat(FileData.pread(fd, buffer, 100, 8)).isEqualTo(2);
            assertThat(FileData.pread(fd, buffer, 100, 10)).isZero();

            assertThat(buffer.toString(StandardCharsets.ISO_8859_1)).isEqualTo(">345689");
        } finally {
            buffer.release();
        }
    }

    @ParameterizedTest
    @MethodSource("buffers")
    void writesFromABufferAndMovesItsReader(ByteBuf buffer) {
        try {
            buffer.writeBytes("xabcdef".getBytes(StandardCharsets.ISO_8859_1)).skipBytes(1);

            assertThat(FileData.pwrite(fd, buffer, 2)).isEqualTo(6);
            buffer.writeByte('!');
            assertThat(FileData.write(fd, buffer)).isEqualTo(1);

            assertThat(buffer.isReadable()).isFalse();
            assertThat(file).hasBinaryContent("!\0abcdef".getBytes(StandardCharsets.ISO_8859_1));
        } finally {
            buffer.release();
        }
    }

    @Test
    void carriesArraysThatAreLargerThanTheScratch() throws IOException {
        byte[] data = new byte[200_000];
        new Random(7).nextBytes(data);
        byte[] read = new byte[200_010];

        assertThat(FileData.pwrite(fd, data, 0, data.length, 0)).isEqualTo(data.length);
        assertThat(Files.readAllBytes(file)).isEqualTo(data);
        assertThat(FileData.pread(fd, read, 10, data.length, 0)).isEqualTo(data.length);
        assertThat(read).endsWith(data);
        assertThat(FileData.pread(fd, read, 0, 100, data.length - 50)).isEqualTo(50);
    }

    @Test
    void appendsLinesToALog() {
        String log = folder.resolve("log").toString();
        for (int i = 0; i < 2; i++) {
            int logFd = NativeFiles.open(log, OpenFlags.APPEND, 0644);
            byte[] line = "-line\n".getBytes(StandardCharsets.ISO_8859_1);
            assertThat(FileData.write(logFd, line, 1, 5)).isEqualTo(5);
            NativeFiles.close(logFd);
        }

        assertThat(folder.resolve("log")).hasContent("line\nline\n");
    }

    @Test
    void cutsAFile() throws IOException {
        Files.writeString(file, "0123456789");

        assertThat(FileData.truncate(fd, 3)).isZero();
        assertThat(FileData.willNeed(fd, 0, 3)).isZero();

        assertThat(file).hasContent("012");
    }

    @Test
    void answersErrorsAsNegativeNumbers() {
        byte[] bytes = new byte[10];

        assertThat(FileData.pread(-1, bytes, 0, 10, 0)).isEqualTo(-Errno.EBADF);
        assertThat(FileData.pwrite(-1, bytes, 0, 10, 0)).isEqualTo(-Errno.EBADF);
        assertThat(FileData.willNeed(-1, 0, 3)).isEqualTo(-Errno.EBADF);
        assertThat(FileData.pread(fd, bytes, 0, 10, -1)).isEqualTo(-Errno.EINVAL);
    }
}
