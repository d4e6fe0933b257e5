package io.frontdesk.bench;

import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.route.LocationFinder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Finds the location of a path among exact, prefix and nested ones. */
@State(Scope.Thread)
public class RouterBenchmark {
    private static final String HTTP = """
            http {
                server {
                    listen 127.0.0.1:80;
                    location = / {}
                    location = /favicon.ico {}
                    location / {}
                    location /api/ {}
                    location /api/v1/ {}
                    location /api/v2/ {}
                    location /assets/ {}
                    location /shop/ {
                        location /shop/items/ {}
                        location /shop/orders/ {}
                    }
                    location ^~ /static/ {}
                }
            }
            """;

    private final CaughtExchange connection = new CaughtExchange(HTTP);
    private final Exchange exchange = connection.receive(Heads.REQUEST);

    /** Finds it. */
    @Benchmark
    public Outcome find() {
        return LocationFinder.find(exchange);
    }

    /** Ends it. */
    @TearDown
    public void close() {
        connection.close();
    }
}
