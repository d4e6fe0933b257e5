package io.frontdesk.net.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.frontdesk.net.foreign.Libc;
import io.frontdesk.net.foreign.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A user of the system with the groups that it acts with. A value.
 *
 * @param name    the user's name
 * @param userId  its number
 * @param groupId the group that its files get
 * @param groups  all its groups
 */
public record Account(String name, int userId, int groupId, int[] groups) {
    private static final MemorySegment GETPWNAM = Libc.function("getpwnam");
    private static final MemorySegment GETGRNAM = Libc.function("getgrnam");
    private static final MemorySegment GETGROUPLIST = Libc.function("getgrouplist");
    /** Of {@code struct passwd} and {@code struct group}: two pointers, then the number. */
    private static final int NUMBER_OFFSET = 16;
    private static final int STRUCT_BYTES = 24;
    private static final int MAX_GROUPS = 1024;

    /** Looks a user up, and the group that it shall act with; null where one of them is not there. Control plane. */
    public static @Nullable Account find(String user, String group) {
        Scratch scratch = Scratch.local();
        int userId = number(GETPWNAM, user, scratch);
        int groupId = number(GETGRNAM, group, scratch);
        if (userId < 0 || groupId < 0) {
            return null;
        }
        MemorySegment list = scratch.buffer();
        MemorySegment count = scratch.struct();
        count.set(JAVA_INT, 0, MAX_GROUPS);
        int result = Libc.call(GETGROUPLIST, scratch, scratch.path(user), groupId, list.address(), count.address());
        int[] groups = {groupId};
        if (result > 0) {
            groups = new int[Math.min(count.get(JAVA_INT, 0), MAX_GROUPS)];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = list.getAtIndex(JAVA_INT, i);
            }
        }
        return new Account(user, userId, groupId, groups);
    }

    private static int number(MemorySegment function, String name, Scratch scratch) {
        long found = Libc.callPointer(function, scratch, scratch.path(name), 0);
        return found == 0
                ? -1
                : MemorySegment.ofAddress(found).reinterpret(STRUCT_BYTES).get(JAVA_INT, NUMBER_OFFSET);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Account account && account.userId == userId && account.groupId == groupId
                && Arrays.equals(account.groups, groups);
    }

    @Override
    public int hashCode() {
        return userId * 31 + groupId;
    }

    @Override
    public String toString() {
        return name + " (" + userId + ":" + groupId + ")";
    }
}
