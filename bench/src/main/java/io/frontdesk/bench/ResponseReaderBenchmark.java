package io.frontdesk.bench;

import io.frontdesk.codec.http1.ResponseHead;
import io.frontdesk.codec.http1.ResponseLimits;
import io.frontdesk.codec.http1.ResponseReader;
import io.frontdesk.codec.http1.Result;
import io.netty.buffer.ByteBuf;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reads an origin's response head. */
@State(Scope.Thread)
public class ResponseReaderBenchmark {
    private final ResponseReader reader = new ResponseReader();
    private final ResponseHead head = new ResponseHead();
    private final ByteBuf in = Heads.wire(Heads.RESPONSE);

    /** Reads it. */
    @Benchmark
    public Result read() {
        in.readerIndex(0);
        reader.start(ResponseLimits.DEFAULT, false);
        return reader.read(in, head);
    }
}
