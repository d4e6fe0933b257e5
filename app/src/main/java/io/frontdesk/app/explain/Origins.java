package io.frontdesk.app.explain;

import io.frontdesk.net.loop.Loop;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The far ends of connections to upstreams: each takes a request, and answers 200 with an empty body. Loop only. */
final class Origins {
    private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final Loop loop;
    private final Runnable whenStuck;
    private final Consumer<Throwable> whenBroken;
    private final List<OfflineChannel> open = new ArrayList<>();
    private boolean mayAnswer;

    Origins(Loop loop, Runnable whenStuck, Consumer<Throwable> whenBroken) {
        this.whenBroken = whenBroken;
        this.loop = loop;
        this.whenStuck = whenStuck;
    }

    /** A connection. */
    Channel open(SocketAddress remote) {
        OfflineChannel channel = new OfflineChannel(null, remote);
        channel.config().setAllocator(loop.allocator());
        channel.whenWritten(new Answering(channel)::wrote);
        open.add(channel);
        return channel;
    }

    /** The client has sent all that it has to say, so that answers come after it. */
    void mayAnswer() {
        mayAnswer = true;
    }

    void close() {
        open.forEach(OfflineChannel::finishAndReleaseAll);
    }

    private final class Answering {
        private final OfflineChannel channel;
        private int answered;
        private boolean planned;

        Answering(OfflineChannel channel) {
            this.channel = channel;
        }

        void wrote() {
            if (!planned) {
                planned = true;
                loop.execute(this::answer);
            }
        }

        private void answer() {
            if (!mayAnswer) {
                loop.execute(this::answer);
                return;
            }
            planned = false;
            String request = channel.written().substring(answered);
            answered += request.length();
            if (request.contains(" HTTP/1.")) {
                try {
                    channel.writeInbound(Unpooled.wrappedBuffer(ANSWER));
                } catch (RuntimeException bug) {
                    whenBroken.accept(bug);
                }
            } else {
                // another protocol, whose answer nobody here can make up
                whenStuck.run();
            }
        }
    }
}
