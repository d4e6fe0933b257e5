package io.frontdesk.bench;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http.FieldKey;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.codec.http1.HeadWriter;
import io.frontdesk.codec.http1.RequestHead;
import io.frontdesk.codec.http1.RequestLimits;
import io.frontdesk.codec.http1.RequestReader;
import io.frontdesk.codec.http1.Result;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes a request head for an origin: the line, all fields of the browser's, one that was set. */
@State(Scope.Thread)
public class HeadWriterBenchmark {
    private static final FieldKey REAL_IP = FieldKey.of("X-Real-IP");

    private final RequestHead head = new RequestHead();
    private final Bytes address = Bytes.of("192.0.2.1");
    private final Bytes out = new Bytes(4096);

    /** Reads the head that is written. */
    public HeadWriterBenchmark() {
        if (new RequestReader(RequestLimits.DEFAULT).read(Heads.wire(Heads.REQUEST), head) != Result.HEAD) {
            throw new IllegalStateException("not a head");
        }
    }

    /** Writes it. */
    @Benchmark
    public int write() {
        out.clear();
        HeadWriter.requestLine(out, head.method(), head.bytes().array(), head.rawTargetOffset(),
                head.rawTargetLength(), HttpVersion.HTTP_1_1);
        HeadWriter.field(out, FieldName.HOST, head.host().array(), 0, head.host().length());
        HeadWriter.fields(out, head.fields());
        HeadWriter.field(out, REAL_IP, address.array(), 0, address.length());
        HeadWriter.end(out);
        return out.length();
    }
}
