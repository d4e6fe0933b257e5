package io.frontdesk.bench;

import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole exchange without its socket: reader, phases, router, filters, writer. */
@State(Scope.Thread)
public class ExchangeBenchmark {
    private static final String HTTP = """
            http {
                server {
                    listen 127.0.0.1:80;
                    keepalive_requests 2000000000;
                    location /shop/ { return 200 "one hundred and twenty-eight bytes or so"; }
                }
            }
            """;

    private final CaughtExchange connection = new CaughtExchange(HTTP);
    private final ByteBuf request = Heads.wire(Heads.REQUEST);

    /** A request, and its answer. */
    @Benchmark
    public int answer() {
        request.readerIndex(0);
        connection.channel().writeInbound(request.retain());
        ByteBuf answer = connection.channel().readOutbound();
        int length = answer.readableBytes();
        answer.release();
        return length;
    }

    /** Ends it. */
    @TearDown
    public void close() {
        connection.close();
        request.release();
    }
}
