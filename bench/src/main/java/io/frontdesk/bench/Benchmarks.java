package io.frontdesk.bench;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of this package with the collector's profiler, and fails when one allocates in its steady state. */
public final class Benchmarks {
    /** JMH itself allocates a little in each iteration. */
    private static final double NOTHING = 0.5;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Benchmarks() {}

    /** With the names to run, as regular expressions; all without any. */
    public static void main(String[] names) throws RunnerException {
        var options = new OptionsBuilder().mode(Mode.AverageTime).timeUnit(TimeUnit.NANOSECONDS).forks(1)
                .warmupIterations(3).warmupTime(TimeValue.seconds(2)).measurementIterations(3)
                .measurementTime(TimeValue.seconds(1)).addProfiler(GCProfiler.class)
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC",
                        "-Dio.netty.leakDetection.level=disabled");
        for (String name : names) {
            options.include(name);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        boolean allocates = false;
        for (RunResult result : results) {
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            double bytes = allocated == null ? Double.NaN : allocated.getScore();
            System.out.printf("%-60s %8.1f ns %8.1f B%n", result.getParams().getBenchmark(),
                    result.getPrimaryResult().getScore(), bytes);
            allocates |= !(bytes < NOTHING);
        }
        if (allocates) {
            System.err.println("a steady state allocates");
            System.exit(1);
        }
    }
}
