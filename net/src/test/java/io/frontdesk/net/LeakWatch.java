package io.frontdesk.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class in which a buffer was lost. Netty says so when the buffer is collected, so that is brought about. */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        ByteBufUtil.setLeakListener((resource, records) -> leaks.add(resource + ": " + records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        var collected = new ReferenceQueue<Object>();
        var sentinel = new WeakReference<>(new Object(), collected);
        await().until(() -> {
            System.gc();
            return sentinel.equals(collected.poll());
        });
        // What was collected is reported as the next buffer is made.
        new PooledByteBufAllocator(true, 0, 1, 8192, 7, 0, 0, false).directBuffer(16).release();
        assertThat(leaks).isEmpty();
    }
}
