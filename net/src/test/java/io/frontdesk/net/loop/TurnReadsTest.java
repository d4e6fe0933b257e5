package io.frontdesk.net.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TurnReadsTest {
    @Test
    void leavesToNettyWhatItThrowsAtASocketThatIsNotConnected() throws IOException {
        assumeTrue(Epoll.isAvailable());
        Socket socket = Socket.newSocketStream();
        ByteBuf into = Unpooled.directBuffer(16);
        try {
            assertThat(TurnReads.receive(socket, into, 16)).isEqualTo(CallRing.NOT_MADE);
        } finally {
            into.release();
            socket.close();
        }
    }
}
