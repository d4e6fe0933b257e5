package io.frontdesk.engine.worker;

import org.jspecify.annotations.Nullable;

/** The connections of one loop in the order in which they were put here, oldest first. Loop only. */
public final class ConnectionList {
    private @Nullable ListedConnection first;
    private @Nullable ListedConnection last;
    private int size;

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The one that is here for longest, or null. */
    public @Nullable ListedConnection oldest() {
        return first;
    }

    /** Puts a connection at the end, out of whatever list it was in. */
    public void add(ListedConnection c) {
        remove(c);
        c.list = this;
        c.before = last;
        if (last == null) {
            first = c;
        } else {
            last.after = c;
        }
        last = c;
        size++;
    }

    /** Takes a connection out of the list that it is in, if any. */
    public static void remove(ListedConnection c) {
        ConnectionList in = c.list;
        if (in == null) {
            return;
        }
        if (c.before == null) {
            in.first = c.after;
        } else {
            c.before.after = c.after;
        }
        if (c.after == null) {
            in.last = c.before;
        } else {
            c.after.before = c.before;
        }
        c.before = null;
        c.after = null;
        c.list = null;
        in.size--;
    }

    /** Runs over all, letting each leave the list while it does. */
    public void forEach(java.util.function.Consumer<ListedConnection> action) {
        ListedConnection c = first;
        while (c != null) {
            ListedConnection next = c.after;
            action.accept(c);
            c = next;
        }
    }
}
