package io.frontdesk.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.net.loop.Transport;
import io.netty.channel.ChannelException;
import io.netty.channel.unix.Errors.NativeIoException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ErrnoTest {
    @BeforeAll
    static void loadNettysNativePart() {
        assertThat(Transport.EPOLL.available()).isTrue();
    }

    @Test
    void printsAsNginx() {
        assertThat(Errno.ECONNREFUSED).hasToString("(111: Connection refused)");
    }

    @Test
    void readsTheNumberThatAnExceptionCarries() {
        assertThat(Errno.of(new NativeIoException("bind", -98))).isEqualTo(Errno.EADDRINUSE);
        assertThat(Errno.of(new ChannelException(new NativeIoException("newSocketStream", -24))))
                .isEqualTo(Errno.EMFILE);
        assertThat(Errno.of(new ConnectException("finishConnect(..) failed with error(-111): Connection refused: x")))
                .isEqualTo(Errno.ECONNREFUSED);
        assertThat(Errno.of(new NativeIoException("x", -1234))).isEqualTo(new Errno(1234, "Unknown error 1234"));
    }

    @Test
    void readsTheWordsOfTheJdk() {
        assertThat(Errno.of(new BindException("Address already in use"))).isEqualTo(Errno.EADDRINUSE);
        assertThat(Errno.of(new BindException("Cannot assign requested address"))).isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(Errno.of(new SocketException("Connection reset"))).isEqualTo(Errno.ECONNRESET);
        assertThat(Errno.of(new IOException("Broken pipe"))).isEqualTo(Errno.EPIPE);
        assertThat(Errno.of(new NoRouteToHostException())).isEqualTo(Errno.EHOSTUNREACH);
        assertThat(Errno.of(new SocketException("Too many open files"))).isEqualTo(Errno.EMFILE);
    }

    @Test
    void keepsTheTextOfWhatItDoesNotKnow() {
        assertThat(Errno.of(new IllegalStateException("odd"))).isEqualTo(new Errno(0, "odd"));
        assertThat(Errno.of(new IllegalStateException())).isEqualTo(new Errno(0, "IllegalStateException"));
        assertThat(Errno.of(new IOException("failed with error(-): x")))
                .isEqualTo(new Errno(0, "failed with error(-): x"));
        assertThat(Errno.of(new IOException("failed with error(-x9): x")).number()).isZero();
    }
}
