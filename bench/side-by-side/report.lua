-- For wrk: one line of JSON at the end, because its own summary rounds. Times in microseconds, duration in seconds.
done = function(summary, latency, requests)
    local e = summary.errors
    io.write(string.format('{"requests": %d, "seconds": %.6f, "p50": %d, "p99": %d, "errors": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
        e.connect + e.read + e.write + e.status + e.timeout))
end
