package io.frontdesk.net.loop;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Syscall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Many {@code send} and {@code recv} in one system call, by io_uring: entering the kernel costs more than what most of them do there. No
 * call waits (all are MSG_DONTWAIT), so each is over when the kernel gives back control; who is ready epoll has said before. Where the
 * kernel has no io_uring, or forbids it, {@link #open} gives null and everybody calls for himself.
 *
 * <p>Owned by its loop; used on its thread alone, but for {@link #open}.
 */
final class CallRing {
    /** Calls that one entering can carry. */
    static final int CAPACITY = 64;

    private static final int SETUP = 425;
    private static final int ENTER = 426;
    private static final int CLOSE_X86 = 3;
    private static final int CLOSE_ARM = 57;
    private static final int UNMAP_X86 = 11;
    private static final int UNMAP_ARM = 215;
    private static final int REGISTER = 427;
    private static final int REGISTER_RING_FDS = 20;
    private static final int UNREGISTER_RING_FDS = 21;
    private static final long GET_EVENTS = 1;
    private static final long REGISTERED_RING = 1 << 4;
    private static final int SEND = 26;
    private static final int RECV = 27;
    private static final long DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
    /** Bits of io_uring_params.features: one mapping for both rings; Linux 5.7, where send and recv are known for sure. */
    private static final int SINGLE_MMAP = 1;
    private static final int FAST_POLL = 1 << 5;
    private static final long ENTRIES_OFFSET = 0x10000000L;
    private static final int ENTRY_BYTES = 64;
    private static final int RESULT_BYTES = 16;
    private static final int PARAMS_BYTES = 120;
    private static final int EINTR = -4;
    private static final int ENOTSOCK = -88;
    /** The outcome of a call that the kernel did not make, which can be made again otherwise. */
    static final int NOT_MADE = Integer.MIN_VALUE;

    private final int fd;
    /** How the ring is named to enter it, and the flag that says so: its descriptor, until its thread has a shorter name. */
    private int name;
    private long nameFlag;
    private final MemorySegment ring;
    private final MemorySegment entries;
    private final long entryHead;
    private final long entryTail;
    private final long resultHead;
    private final long resultTail;
    private final long results;
    private final int resultMask;
    private final int[] outcomes = new int[CAPACITY];
    private int calls;

    private CallRing(int fd, MemorySegment params, MemorySegment ring, MemorySegment entries) {
        this.fd = fd;
        this.name = fd;
        this.ring = ring;
        this.entries = entries;
        this.entryHead = params.get(JAVA_INT, 40);
        this.entryTail = params.get(JAVA_INT, 44);
        this.resultHead = params.get(JAVA_INT, 80);
        this.resultTail = params.get(JAVA_INT, 84);
        this.resultMask = ring.get(JAVA_INT, params.get(JAVA_INT, 88));
        this.results = params.get(JAVA_INT, 100);
        long order = params.get(JAVA_INT, 64);
        for (int i = 0; i < CAPACITY; i++) {
            ring.set(JAVA_INT, order + 4L * i, i);
        }
    }

    /** Makes one; null where the kernel does not let us. Any thread. */
    static @Nullable CallRing open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = arena.allocate(PARAMS_BYTES, 8);
            int fd = (int) Syscall.call(SETUP, CAPACITY, params.address(), 0, 0, 0, 0);
            if (fd < 0) {
                return null;
            }
            CallRing made = mapped(fd, params);
            if (made == null) {
                closeDescriptor(fd);
                return null;
            }
            if (!made.works()) {
                made.close();
                return null;
            }
            return made;
        }
    }

    /** Setting up may be allowed and entering not, and a kernel may not know the calls: what is no socket shows that. */
    private boolean works() {
        receive(fd, 0, 0);
        make();
        return outcome(0) == ENOTSOCK;
    }

    private static @Nullable CallRing mapped(int fd, MemorySegment params) {
        long entryCount = params.get(JAVA_INT, 0);
        long resultCount = params.get(JAVA_INT, 4);
        int needed = SINGLE_MMAP | FAST_POLL;
        if ((params.get(JAVA_INT, 20) & needed) != needed || entryCount < CAPACITY) {
            return null;
        }
        long ringBytes = Math.max(params.get(JAVA_INT, 64) + 4 * entryCount,
                params.get(JAVA_INT, 100) + RESULT_BYTES * resultCount);
        long ring = Syscall.map(ringBytes, fd, 0);
        if (ring == -1) {
            return null;
        }
        long entries = Syscall.map(ENTRY_BYTES * entryCount, fd, ENTRIES_OFFSET);
        if (entries == -1) {
            unmap(ring, ringBytes);
            return null;
        }
        return new CallRing(fd, params, MemorySegment.ofAddress(ring).reinterpret(ringBytes),
                MemorySegment.ofAddress(entries).reinterpret(ENTRY_BYTES * entryCount));
    }

    /**
     * This thread alone enters and closes it from now on, so the kernel need not look up the descriptor each time (Linux 5.18). Without
     * effect where that can't be had.
     */
    void belongsHere() {
        int number = registerName(REGISTER_RING_FDS, -1, fd);
        if (number >= 0) {
            name = number;
            nameFlag = REGISTERED_RING;
        }
    }

    /** Gives the ring a number of this thread's, or takes that away, which takes no descriptor; the number, or -1. */
    private int registerName(int operation, int number, int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment update = arena.allocate(16, 8);
            update.set(JAVA_INT, 0, number);
            update.set(JAVA_LONG, 8, descriptor);
            return Syscall.call(REGISTER, fd, operation, update.address(), 1, 0, 0) == 1 ? update.get(JAVA_INT, 0) : -1;
        }
    }

    /** Forgets the calls that were added and not made. */
    void clear() {
        calls = 0;
    }

    /** Adds a {@code send}; there must be room. */
    void send(int socket, long address, int length) {
        add(SEND, socket, address, length);
    }

    /** Adds a {@code recv}; there must be room. */
    void receive(int socket, long address, int length) {
        add(RECV, socket, address, length);
    }

    private void add(int what, int socket, long address, int length) {
        int number = calls++;
        int tail = ring.get(JAVA_INT, entryTail);
        long at = (long) ENTRY_BYTES * (tail + number & CAPACITY - 1);
        MemorySegment to = entries;
        to.set(JAVA_LONG, at, what | (long) socket << 32);
        to.set(JAVA_LONG, at + 16, address);
        to.set(JAVA_LONG, at + 24, length | DONTWAIT_NOSIGNAL << 32);
        to.set(JAVA_LONG, at + 32, number);
    }

    /** Makes all calls that were added; {@link #outcome} has what came of them. */
    void make() {
        int made = calls;
        calls = 0;
        for (int i = 0; i < made; i++) {
            outcomes[i] = NOT_MADE;
        }
        int tail = ring.get(JAVA_INT, entryTail);
        // The kernel reads both on this thread, as it is entered: nothing dearer is needed.
        VarHandle.releaseFence();
        ring.set(JAVA_INT, entryTail, tail + made);
        VarHandle.releaseFence();
        int got = 0;
        int submitted = 0;
        // No call waits, so all are over as they are submitted; should one not be, that is waited for.
        long flags = nameFlag;
        while (got < made) {
            long result = Syscall.call(ENTER, name, made - submitted, made - got, flags, 0, 0);
            flags |= GET_EVENTS;
            submitted = ring.get(JAVA_INT, entryHead) - tail;
            got += collect();
            if (result < 0 && got >= submitted) {
                // What the kernel did not take it will not see.
                break;
            }
        }
        ring.set(JAVA_INT, entryTail, tail + submitted);
    }

    private int collect() {
        int head = ring.get(JAVA_INT, resultHead);
        int tail = ring.get(JAVA_INT, resultTail);
        VarHandle.acquireFence();
        int got = 0;
        for (; head != tail; head++) {
            long at = results + (long) RESULT_BYTES * (head & resultMask);
            int outcome = ring.get(JAVA_INT, at + 8);
            outcomes[(int) ring.get(JAVA_LONG, at)] = outcome == EINTR ? NOT_MADE : outcome;
            got++;
        }
        VarHandle.releaseFence();
        ring.set(JAVA_INT, resultHead, head);
        return got;
    }

    /** What the call added as this one, from 0, has returned: bytes, {@code -errno}, or {@link #NOT_MADE}. */
    int outcome(int number) {
        return outcomes[number];
    }

    /** Gives descriptor and memory back: each of them would keep the kernel's side alive. */
    void close() {
        if (nameFlag != 0) {
            registerName(UNREGISTER_RING_FDS, name, 0);
        }
        unmap(entries.address(), entries.byteSize());
        unmap(ring.address(), ring.byteSize());
        closeDescriptor(fd);
    }

    private static void unmap(long address, long length) {
        Syscall.call(Libc.isArm() ? UNMAP_ARM : UNMAP_X86, address, length, 0, 0, 0, 0);
    }

    private static void closeDescriptor(int fd) {
        Syscall.call(Libc.isArm() ? CLOSE_ARM : CLOSE_X86, fd, 0, 0, 0, 0, 0);
    }
}
