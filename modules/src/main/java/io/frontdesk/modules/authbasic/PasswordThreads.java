package io.frontdesk.modules.authbasic;

import io.frontdesk.net.ControlPlane;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that compare passwords, as that is made to be slow. One pool a process; threads end when there is nothing to do. */
@ControlPlane("hands over to threads of its own")
final class PasswordThreads {
    private static final int MAX_WAITING = 1024;
    private static final ThreadPoolExecutor THREADS = make();

    private PasswordThreads() {}

    private static ThreadPoolExecutor make() {
        int count = Math.max(1, Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING), Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Runs a task soon; false when too many wait already. */
    static boolean run(Runnable task) {
        try {
            THREADS.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }
}
