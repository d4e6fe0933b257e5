package io.frontdesk.bench;

import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.codec.http1.RequestReader;
import io.frontdesk.codec.http1.Result;
import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads a browser's request head. */
@State(Scope.Thread)
public class RequestReaderBenchmark {
    private final RequestReader reader = new RequestReader(RequestLimits.DEFAULT);
    private final RequestHead head = new RequestHead();
    private final ByteBuf in = Heads.wire(Heads.REQUEST);

    /** Reads it. */
    @Benchmark
    public Result read() {
        in.readerIndex(0);
        return reader.read(in, head);
    }
}
