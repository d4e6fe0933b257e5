package io.frontdesk.net.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class NativeLibraryTest {
    @Test
    void findsTheFunctionsOfTheCLibrary() {
        NativeLibrary library = NativeLibrary.c();

        assertThat(library.function("open").address()).isNotZero();
        assertThat(library.problem()).isNull();
    }

    @Test
    void namesTheFunctionsThatAreMissing() {
        NativeLibrary library = NativeLibrary.c();

        assertThat(library.function("no_such_function")).isEqualTo(MemorySegment.NULL);
        assertThat(library.problem()).isEqualTo("libc has no no_such_function");
    }

    @Test
    void namesTheLibraryThatIsMissing() {
        NativeLibrary library = NativeLibrary.firstOf("libnothing-a.so.7", "libnothing-b.so");

        assertThat(library.function("open")).isEqualTo(MemorySegment.NULL);
        assertThat(library.problem()).startsWith("cannot load libnothing-a.so.7 or libnothing-b.so: ");
    }

    @Test
    void answersNotImplementedForAFunctionThatIsMissing() {
        Scratch scratch = Scratch.local();

        assertThat(Libc.call(MemorySegment.NULL, scratch, 1, 2, 3, 4)).isEqualTo(-Libc.ENOSYS);
        assertThat(Libc.callLong(MemorySegment.NULL, scratch, 1, 2, 3, 4)).isEqualTo(-Libc.ENOSYS);
        assertThat(Libc.errno(scratch)).isEqualTo(Libc.ENOSYS);
    }

    @Test
    void measuresTheProcessorTimeOfAThread() {
        long before = ThreadClock.cpuNanos();
        long begin = before;
        while (before == begin) {
            before = ThreadClock.cpuNanos();
        }

        assertThat(before).isGreaterThan(begin);
    }
}
