package io.frontdesk.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.frontdesk.codec.http1.Result;
import io.frontdesk.engine.request.Outcome;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/**
 * What the benchmarks measure, cheaply and in every build. The paths allocate nothing once they are warm; for the one that still does, the
 * bound is what it does now, to be lowered and never raised.
 */
class AllocationTest {
    private static final int CALLS = 100_000;
    /** The compilers may still do something: a byte in eight calls is none. */
    private static final long BOUND = CALLS / 8;
    private static final long EXCHANGE_BYTES = 600;

    private static long allocatedBy(Runnable path) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < CALLS; i++) {
            path.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            path.run();
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("the path is not what it should be");
        }
    }

    @Test
    void readsRequestHeadsWithoutAllocation() {
        var benchmark = new RequestReaderBenchmark();
        assertThat(allocatedBy(() -> check(benchmark.read() == Result.HEAD))).isLessThan(BOUND);
    }

    @Test
    void readsResponseHeadsWithoutAllocation() {
        var benchmark = new ResponseReaderBenchmark();
        assertThat(allocatedBy(() -> check(benchmark.read() == Result.HEAD))).isLessThan(BOUND);
    }

    @Test
    void writesHeadsWithoutAllocation() {
        var benchmark = new HeadWriterBenchmark();
        assertThat(allocatedBy(() -> check(benchmark.write() > 600))).isLessThan(BOUND);
    }

    @Test
    void findsLocationsWithoutAllocation() {
        var benchmark = new RouterBenchmark();
        try {
            assertThat(allocatedBy(() -> check(benchmark.find() == Outcome.NEXT))).isLessThan(BOUND);
        } finally {
            benchmark.close();
        }
    }

    @Test
    void evaluatesTemplatesWithoutAllocation() {
        var benchmark = new TemplateBenchmark();
        try {
            assertThat(allocatedBy(() -> check(benchmark.logLine() > 200))).isLessThan(BOUND);
            assertThat(allocatedBy(() -> check(benchmark.url() > 50))).isLessThan(BOUND);
        } finally {
            benchmark.close();
        }
    }

    @Test
    void answersWithFewObjects() {
        var benchmark = new ExchangeBenchmark();
        try {
            assertThat(allocatedBy(() -> check(benchmark.answer() > 128))).isLessThan(EXCHANGE_BYTES * CALLS);
        } finally {
            benchmark.close();
        }
    }
}
