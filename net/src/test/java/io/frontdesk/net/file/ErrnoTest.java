package io.frontdesk.net.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void wordsErrorsAsNginxDoes() {
        assertThat(Errno.describe(Errno.ENOENT)).isEqualTo("(2: No such file or directory)");
        assertThat(Errno.describe(-Errno.EACCES)).isEqualTo("(13: Permission denied)");
        assertThat(Errno.describe(Errno.ELOOP)).isEqualTo("(40: Too many levels of symbolic links)");
        assertThat(Errno.describe(Errno.ECONNREFUSED)).isEqualTo("(111: Connection refused)");
        assertThat(Errno.text(133)).isEqualTo("Memory page has hardware error");
        assertThat(Errno.text(41)).isEqualTo("Unknown error 41");
        assertThat(Errno.text(4000)).isEqualTo("Unknown error 4000");
    }

    @Test
    void sortsErrorsByTheStatusThatAnswersThem() {
        assertThat(Errno.isNotFound(-Errno.ENOTDIR)).isTrue();
        assertThat(Errno.isNotFound(Errno.EACCES)).isFalse();
        assertThat(Errno.isForbidden(Errno.ELOOP)).isTrue();
        assertThat(Errno.isForbidden(-Errno.EIO)).isFalse();
    }
}
