package io.frontdesk.net.process;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What the C library says and does about processes and threads. Results are those of the C functions, or {@code -errno}, which
 * {@link io.frontdesk.net.file.Errno} words. Any thread; where native access is missing every call returns {@code -ENOSYS}.
 */
public final class NativeProcess {
    /** A resource limit without a limit. */
    public static final long UNLIMITED = -1;

    private static final int RLIMIT_NOFILE = 7;
    private static final int RLIMIT_CORE = 4;
    private static final int CPU_SET_BYTES = 128;

    private static final MemorySegment KILL = Libc.function("kill");
    private static final MemorySegment GETPID = Libc.function("getpid");
    private static final MemorySegment GETTID = Libc.function("gettid");
    private static final MemorySegment GETEUID = Libc.function("geteuid");
    private static final MemorySegment GETEGID = Libc.function("getegid");
    private static final MemorySegment UMASK = Libc.function("umask");
    private static final MemorySegment GETRLIMIT = Libc.function("getrlimit");
    private static final MemorySegment SETRLIMIT = Libc.function("setrlimit");
    private static final MemorySegment SETPRIORITY = Libc.function("setpriority");
    private static final MemorySegment SET_AFFINITY = Libc.function("sched_setaffinity");
    private static final MemorySegment GET_AFFINITY = Libc.function("sched_getaffinity");

    private NativeProcess() {}

    /** A resource limit: what holds now, and how far the process may raise it. {@link #UNLIMITED} is none. */
    public record Limit(long soft, long hard) {}

    /** Why calls cannot be made, or which functions are missing; null when all is well. */
    public static @Nullable String problem() {
        return Libc.problem();
    }

    /** Sends a signal: {@code -s quit} and the like. ESRCH where there is no such process. */
    public static int kill(int pid, Signal signal) {
        return call(KILL, pid, signal.number(), 0);
    }

    /** Asks whether a process is there: 0, or EPERM where it is and is another user's, or ESRCH. */
    public static int probe(int pid) {
        return call(KILL, pid, 0, 0);
    }

    /** This process. */
    public static int processId() {
        int pid = call(GETPID, 0, 0, 0);
        return pid > 0 ? pid : (int) ProcessHandle.current().pid();
    }

    /** The calling thread as the kernel numbers it, for {@code pid#tid} in logs; {@link #processId} where that cannot be had. */
    public static int threadId() {
        int tid = call(GETTID, 0, 0, 0);
        return tid > 0 ? tid : processId();
    }

    /** The effective user; 0 is root. */
    public static int userId() {
        return call(GETEUID, 0, 0, 0);
    }

    /** The effective group. */
    public static int groupId() {
        return call(GETEGID, 0, 0, 0);
    }

    /** Sets the permissions that new files do not get, for all threads; the former ones. */
    public static int umask(int mask) {
        return call(UMASK, mask, 0, 0);
    }

    /** The limit on open files; null where it cannot be had. */
    public static @Nullable Limit openFiles() {
        Scratch scratch = Scratch.local();
        MemorySegment limit = scratch.struct();
        int result = Libc.call(GETRLIMIT, scratch, RLIMIT_NOFILE, limit.address(), 0, 0);
        return result < 0 ? null : new Limit(limit.get(JAVA_LONG, 0), limit.get(JAVA_LONG, 8));
    }

    /** Sets the limit on open files: {@code worker_rlimit_nofile}. EPERM where the hard limit would rise without the right to. */
    public static int setOpenFiles(Limit limit) {
        return setLimit(RLIMIT_NOFILE, limit);
    }

    /** Sets the limit on the size of core files: {@code worker_rlimit_core}. */
    public static int setCoreBytes(Limit limit) {
        return setLimit(RLIMIT_CORE, limit);
    }

    /** Binds the calling thread to processors: {@code worker_cpu_affinity}. EINVAL where none of them exists. */
    public static int bindThread(BitSet processors) {
        Scratch scratch = Scratch.local();
        MemorySegment set = scratch.struct().asSlice(0, CPU_SET_BYTES).fill((byte) 0);
        long[] words = processors.toLongArray();
        for (int i = 0; i < Math.min(words.length, CPU_SET_BYTES / Long.BYTES); i++) {
            set.setAtIndex(JAVA_LONG, i, words[i]);
        }
        return Libc.call(SET_AFFINITY, scratch, 0, CPU_SET_BYTES, set.address(), 0);
    }

    /** Sets how willingly the calling thread gives way, from -20 to 19: {@code worker_priority}. EACCES where it would rise without the right to. */
    public static int setThreadPriority(int nice) {
        return call(SETPRIORITY, 0, 0, nice);
    }

    /** The processors that the calling thread may use; empty where that cannot be had. */
    public static BitSet processors() {
        Scratch scratch = Scratch.local();
        MemorySegment set = scratch.struct().asSlice(0, CPU_SET_BYTES).fill((byte) 0);
        int result = Libc.call(GET_AFFINITY, scratch, 0, CPU_SET_BYTES, set.address(), 0);
        return result < 0 ? new BitSet() : BitSet.valueOf(set.toArray(JAVA_LONG));
    }

    private static int setLimit(int resource, Limit limit) {
        Scratch scratch = Scratch.local();
        MemorySegment struct = scratch.struct();
        struct.set(JAVA_LONG, 0, limit.soft());
        struct.set(JAVA_LONG, 8, limit.hard());
        return Libc.call(SETRLIMIT, scratch, resource, struct.address(), 0, 0);
    }

    private static int call(MemorySegment function, long a, long b, long c) {
        return Libc.call(function, Scratch.local(), a, b, c, 0);
    }
}
