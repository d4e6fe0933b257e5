package io.frontdesk.e2e.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import io.netty.channel.ChannelFuture;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/** The calls that make a thread wait, as a table: a new one is a line. */
final class BlockingCalls {
    private static final List<Call> TABLE = List.of(
            new Call(Thread.class, "sleep", "join"),
            new Call(Future.class, "get"),
            new Call(CompletableFuture.class, "join"),
            new Call(BlockingQueue.class, "take", "put"),
            new Call(CountDownLatch.class, "await"),
            new Call(CyclicBarrier.class, "await"),
            new Call(Condition.class, "await", "awaitNanos", "awaitUntil", "awaitUninterruptibly"),
            new Call(Semaphore.class, "acquire", "acquireUninterruptibly"),
            new Call(Lock.class, "lock", "lockInterruptibly"),
            new Call(LockSupport.class, "park", "parkNanos", "parkUntil"),
            new Call(ExecutorService.class, "awaitTermination", "invokeAll", "invokeAny", "close"),
            new Call(Process.class, "waitFor"),
            new Call(Socket.class, "connect"),
            // resolves a name by the system's resolver
            new Call(InetAddress.class, "getByName", "getAllByName", "getLocalHost", "getCanonicalHostName"),
            new Call(ChannelFuture.class, "sync", "await", "syncUninterruptibly", "awaitUninterruptibly"),
            new Call(io.netty.util.concurrent.Future.class, "sync", "await", "syncUninterruptibly",
                    "awaitUninterruptibly"));

    private BlockingCalls() {}

    /** True for a call, or a method reference, whose target makes the thread wait. */
    static boolean contain(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        if (!(target instanceof AccessTarget.CodeUnitAccessTarget method)) {
            return false;
        }
        return isObjectWait(method) || TABLE.stream().anyMatch(call -> call.matches(method));
    }

    /** Object.wait is final, so its parameters tell it from a method of ours with that name. */
    private static boolean isObjectWait(AccessTarget.CodeUnitAccessTarget method) {
        List<String> parameters = method.getRawParameterTypes().stream().map(type -> type.getName()).toList();
        return method.getName().equals("wait")
                && (parameters.isEmpty() || parameters.equals(List.of("long"))
                        || parameters.equals(List.of("long", "int")));
    }

    private record Call(Class<?> owner, Set<String> names) {
        Call(Class<?> owner, String... names) {
            this(owner, Set.of(names));
        }

        boolean matches(AccessTarget.CodeUnitAccessTarget method) {
            return names.contains(method.getName()) && method.getOwner().isAssignableTo(owner);
        }
    }
}
