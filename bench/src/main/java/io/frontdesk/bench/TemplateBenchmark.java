package io.frontdesk.bench;

import io.frontdesk.codec.Bytes;
import io.frontdesk.engine.request.Exchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Evaluates a log line, and the value of a header that is set. */
@State(Scope.Thread)
public class TemplateBenchmark {
    private static final String HTTP = "http { server { listen 127.0.0.1:80; } }";

    private final CaughtExchange connection = new CaughtExchange(HTTP,
            "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent \"$http_referer\" "
                    + "\"$http_user_agent\" \"$http_x_forwarded_for\"",
            "https://$host:$server_port$request_uri");
    private final Exchange exchange = connection.receive(Heads.REQUEST);
    private final Bytes out = new Bytes(4096);

    /** The line of an access log, not escaped. */
    @Benchmark
    public int logLine() {
        return evaluate(0);
    }

    /** The URL that was asked for. */
    @Benchmark
    public int url() {
        return evaluate(1);
    }

    private int evaluate(int index) {
        out.clear();
        connection.template(index).append(exchange, out);
        return out.length();
    }

    /** Ends it. */
    @TearDown
    public void close() {
        connection.close();
    }
}
