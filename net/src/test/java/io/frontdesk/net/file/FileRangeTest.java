package io.frontdesk.net.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRangeTest {
    @TempDir
    Path folder;

    private final byte[] content = new byte[3_000_000];
    private OpenFile file;

    @BeforeEach
    void open() throws IOException {
        new Random(3).nextBytes(content);
        Path path = Files.write(folder.resolve("file"), content);
        file = new OpenFile(NativeFiles.open(path.toString(), OpenFlags.READ));
    }

    @Test
    void sendsAPartOfAFileThroughEpoll() throws Exception {
        byte[] received = received(EpollIoHandler.newFactory(), EpollServerSocketChannel.class,
                channel -> new FileRange(file, 1000, 2_900_000, channel));

        assertThat(received).isEqualTo(Arrays.copyOfRange(content, 1000, 2_901_000));
        await().untilAsserted(() -> assertThat(file.refCnt()).isZero());
    }

    @Test
    void sendsAPartOfAFileThroughNio() throws Exception {
        byte[] received = received(NioIoHandler.newFactory(), NioServerSocketChannel.class,
                channel -> new FileRange(file, 1000, 2_900_000, channel, 10_000));

        assertThat(received).isEqualTo(Arrays.copyOfRange(content, 1000, 2_901_000));
        await().untilAsserted(() -> assertThat(file.refCnt()).isZero());
    }

    @Test
    void endsAConnectionWhoseFileWasCut() throws Exception {
        int writable = NativeFiles.open(folder + "/file", OpenFlags.O_WRONLY | OpenFlags.O_TRUNC);
        FileData.write(writable, content, 0, 5000);
        NativeFiles.close(writable);

        byte[] received = received(EpollIoHandler.newFactory(), EpollServerSocketChannel.class,
                channel -> new FileRange(file, 0, 10_000, channel));

        assertThat(received).isEqualTo(Arrays.copyOf(content, 5000));
        await().untilAsserted(() -> assertThat(file.refCnt()).isZero());
    }

    @Test
    void sharesItsFileWithOtherRanges() throws IOException {
        EmbeddedChannel channel = new EmbeddedChannel();
        FileRange first = new FileRange(file.retain(), 10, 20, channel);
        FileRange second = new FileRange(file, 30, 5, channel);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        first.transferTo(Channels.newChannel(out), 0);
        first.release();
        assertThat(file.refCnt()).isEqualTo(1);
        second.transferTo(Channels.newChannel(out), second.transferred());
        assertThat(second.transferred()).isEqualTo(second.count());
        second.release();

        assertThat(file.refCnt()).isZero();
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 10, 35));
        assertThatThrownBy(() -> second.transferTo(Channels.newChannel(out), 0)).isInstanceOf(IOException.class);
        channel.finishAndReleaseAll();
    }

    private byte[] received(IoHandlerFactory io, Class<? extends ServerChannel> type,
            Function<Channel, FileRange> range) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, io);
        try {
            Channel server = new ServerBootstrap().group(group).channel(type)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Sender(range));
                        }
                    }).bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.getInputStream().readAllBytes();
            }
        } finally {
            group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
        }
    }

    private static final class Sender extends ChannelInboundHandlerAdapter {
        private final Function<Channel, FileRange> range;

        Sender(Function<Channel, FileRange> range) {
            this.range = range;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(range.apply(context.channel()))
                    .addListener(sent -> context.close());
        }
    }
}
