package io.frontdesk.net.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose rights one thread acts with. To Linux they are a thread's own (the C library makes them the process' by telling all threads), so
 * the threads that serve clients give up root's while the thread that reloads keeps them, as nginx' workers and its master do. The way back
 * stays open for {@link #asRoot}, which binding to a port below 1024 takes. Owned by its thread, used on it alone (docs/adr/0009).
 */
public final class ThreadRights {
    private static final MemorySegment SYSCALL = Libc.function("syscall");
    private static final long SETGROUPS = Libc.isArm() ? 159 : 116;
    private static final long SETRESUID = Libc.isArm() ? 147 : 117;
    private static final long SETRESGID = Libc.isArm() ? 149 : 119;
    private static final long UNCHANGED = -1;

    private @Nullable Account account;

    /** What went wrong: the call as nginx words it, and {@code -errno}. */
    public record Failure(String call, int error) {}

    /** Acts for another account from now on, or with the rights that the process was started with for null; null when all went well. */
    public @Nullable Failure actAs(@Nullable Account next) {
        Account before = account;
        if (before == null ? next == null : before.equals(next)) {
            return null;
        }
        if (before != null) {
            int raised = call(SETRESUID, 0, 0, 0);
            if (raised < 0) {
                return new Failure("setuid(0)", raised);
            }
            account = null;
        }
        int gid = next == null ? 0 : next.groupId();
        int grouped = groups(next == null ? new int[]{0} : next.groups());
        if (grouped < 0) {
            return new Failure("initgroups(" + (next == null ? "root" : next.name()) + ", " + gid + ")", grouped);
        }
        int result = call(SETRESGID, gid, gid, gid);
        if (result < 0) {
            return new Failure("setgid(" + gid + ")", result);
        }
        if (next == null) {
            return null;
        }
        result = call(SETRESUID, next.userId(), next.userId(), 0);
        if (result < 0) {
            return new Failure("setuid(" + next.userId() + ")", result);
        }
        account = next;
        return null;
    }

    /** Does something that only root may do. */
    public <T> T asRoot(Supplier<T> action) {
        Account acting = account;
        if (acting == null) {
            return action.get();
        }
        call(SETRESUID, UNCHANGED, 0, UNCHANGED);
        try {
            return action.get();
        } finally {
            call(SETRESUID, UNCHANGED, acting.userId(), UNCHANGED);
        }
    }

    private static int groups(int[] groups) {
        Scratch scratch = Scratch.local();
        MemorySegment list = scratch.buffer();
        for (int i = 0; i < groups.length; i++) {
            list.setAtIndex(JAVA_INT, i, groups[i]);
        }
        return Libc.call(SYSCALL, scratch, SETGROUPS, groups.length, list.address(), 0);
    }

    private static int call(long number, long a, long b, long c) {
        return Libc.call(SYSCALL, Scratch.local(), number, a, b, c);
    }
}
