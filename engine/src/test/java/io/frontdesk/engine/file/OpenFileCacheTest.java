package io.frontdesk.engine.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.codec.Bytes;
import io.frontdesk.net.file.Errno;
import io.frontdesk.net.file.OpenFile;
import io.frontdesk.net.file.SymlinkRule;
import io.frontdesk.net.loop.DeadlineWheel;
import io.frontdesk.net.loop.LoopClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileCacheTest {
    private static final long SECOND = 1_000_000_000L;

    private final FileAccess access = new FileAccess(null, SymlinkRule.FOLLOW, null);
    private long nanos = 1000 * SECOND;
    private final LoopClock clock = new LoopClock(new LoopClock.Source() {
        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public long wallMillis() {
            return nanos / 1_000_000;
        }
    }, ZoneOffset.UTC);
    private final DeadlineWheel wheel = new DeadlineWheel(clock, at -> {});
    private final FileLookup found = new FileLookup();
    private boolean emptied;

    @TempDir
    Path folder;

    private OpenFileCacheSettings settings(int max, int minUses, boolean errors) {
        return new OpenFileCacheSettings(max, 20_000, 30_000, minUses, errors, new Object());
    }

    private OpenFileCache cache(OpenFileCacheSettings settings) {
        return new OpenFileCache(clock, wheel, settings, () -> emptied = true);
    }

    private void pass(long seconds) {
        nanos += seconds * SECOND;
        clock.turn();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private boolean find(OpenFileCache cache, OpenFileCacheSettings settings, Path path) {
        found.clear();
        return cache.find(settings, access, Bytes.of(path.toString()), 0, found);
    }

    @Test
    void believesAnEntryForItsTime() throws IOException {
        OpenFileCacheSettings settings = settings(10, 1, false);
        OpenFileCache cache = cache(settings);
        Path path = write("a", "one");
        assertThat(find(cache, settings, path)).isTrue();
        OpenFile first = found.takeFile();
        Files.delete(path);

        pass(15);
        assertThat(find(cache, settings, path)).isTrue();
        assertThat(found.fd()).isEqualTo(first.fd());
        found.close();

        pass(16);
        assertThat(find(cache, settings, path)).isFalse();
        assertThat(found.errno()).isEqualTo(Errno.ENOENT);
        assertThat(first.refCnt()).isEqualTo(1);
        first.release();
    }

    @Test
    void opensAFileThatWasReplacedAnew() throws IOException {
        OpenFileCacheSettings settings = settings(10, 1, false);
        OpenFileCache cache = cache(settings);
        Path path = write("a", "one");
        find(cache, settings, path);
        Files.move(write("b", "other"), path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        pass(15);
        find(cache, settings, path);
        assertThat(found.status().size()).isEqualTo(3);

        pass(16);
        find(cache, settings, path);
        assertThat(found.status().size()).isEqualTo(5);
        found.close();
    }

    @Test
    void seesTheNewSizeOfTheSameFile() throws IOException {
        OpenFileCacheSettings settings = settings(10, 1, false);
        OpenFileCache cache = cache(settings);
        Path path = write("a", "one");
        find(cache, settings, path);
        write("a", "longer");

        pass(31);
        assertThat(find(cache, settings, path)).isTrue();
        assertThat(found.status().size()).isEqualTo(6);
        found.close();
    }

    @Test
    void keepsAFileOpenFromItsLeastUseOn() throws IOException {
        OpenFileCacheSettings settings = settings(10, 2, false);
        OpenFileCache cache = cache(settings);
        Path path = write("a", "one");
        find(cache, settings, path);
        OpenFile first = found.takeFile();
        assertThat(first.refCnt()).isEqualTo(1);

        find(cache, settings, path);
        OpenFile second = found.takeFile();
        assertThat(second.refCnt()).isEqualTo(2);
        first.release();
        second.release();
    }

    @Test
    void remembersErrorsOnlyWhenAskedTo() throws IOException {
        OpenFileCacheSettings settings = settings(10, 1, true);
        OpenFileCache cache = cache(settings);
        assertThat(find(cache, settings, folder.resolve("a"))).isFalse();
        write("a", "one");
        assertThat(find(cache, settings, folder.resolve("a"))).isFalse();
        pass(31);
        assertThat(find(cache, settings, folder.resolve("a"))).isTrue();
        found.close();

        OpenFileCacheSettings others = settings(10, 1, false);
        OpenFileCache other = cache(others);
        assertThat(find(other, others, folder.resolve("b"))).isFalse();
        write("b", "two");
        assertThat(find(other, others, folder.resolve("b"))).isTrue();
        found.close();
    }

    @Test
    void dropsTheOneThatWasUsedLeastRecentlyWhenItIsFull() throws IOException {
        OpenFileCacheSettings settings = settings(2, 1, false);
        OpenFileCache cache = cache(settings);
        Path a = write("a", "a");
        Path b = write("b", "b");
        find(cache, settings, a);
        find(cache, settings, b);
        find(cache, settings, a);
        find(cache, settings, write("c", "c"));
        assertThat(cache.size()).isEqualTo(2);
        Files.delete(a);
        Files.delete(b);

        assertThat(find(cache, settings, a)).isTrue();
        assertThat(find(cache, settings, b)).isFalse();
        found.close();
    }

    @Test
    void letsGoOfEntriesThatNobodyAsksFor() throws IOException {
        OpenFileCacheSettings settings = settings(10, 1, false);
        OpenFileCache cache = cache(settings);
        find(cache, settings, write("a", "a"));
        OpenFile file = found.takeFile();

        pass(21);
        wheel.advance(nanos);

        assertThat(cache.size()).isZero();
        assertThat(emptied).isTrue();
        assertThat(file.refCnt()).isEqualTo(1);
        file.release();
    }

    @Test
    void knowsDirectoriesWithoutOpeningThem() {
        OpenFileCacheSettings settings = settings(10, 1, false);
        OpenFileCache cache = cache(settings);
        assertThat(find(cache, settings, folder)).isTrue();
        assertThat(found.status().isDirectory()).isTrue();
        assertThat(found.fd()).isNegative();
        pass(31);
        assertThat(find(cache, settings, folder)).isTrue();
    }
}
