package io.frontdesk.engine.route;

import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.plan.LocationPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The locations of one level: exact and prefix ones in a radix tree over bytes, regex ones in their order. Immutable once built, shared by
 * all loops; a search allocates nothing.
 */
public final class LocationTree {
    /** A level without locations. */
    public static final LocationTree EMPTY = new LocationTree(List.of());

    private final Node root = new Node(new byte[0]);
    private final LocationPlan[] regexes;
    private final List<LocationPlan> inOrder;

    /** A tree of these locations, in the order of the configuration; named ones are left out. */
    public LocationTree(List<LocationPlan> locations) {
        List<LocationPlan> regex = new ArrayList<>();
        for (LocationPlan plan : locations) {
            LocationPattern pattern = plan.pattern();
            if (pattern.isRegex()) {
                regex.add(plan);
            } else if (pattern.kind() == LocationPattern.Kind.EXACT) {
                node(pattern.text()).exact = plan;
            } else if (pattern.kind() != LocationPattern.Kind.NAMED) {
                node(pattern.text()).prefix = plan;
            }
        }
        regexes = regex.toArray(new LocationPlan[0]);
        inOrder = List.copyOf(locations);
    }

    /** The regex locations in order; not to be changed. */
    LocationPlan[] regexes() {
        return regexes;
    }

    /** All locations of this level in the order of the configuration. */
    public List<LocationPlan> inOrder() {
        return inOrder;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** The location {@code = path}, or null. */
    @Nullable
    LocationPlan exact(byte[] path, int offset, int length) {
        Node node = walk(path, offset, length);
        return node == null ? null : node.exact;
    }

    /** The longest prefix location, or null. */
    @Nullable
    LocationPlan longestPrefix(byte[] path, int offset, int length) {
        LocationPlan best = null;
        Node node = root;
        int at = 0;
        while (node != null) {
            if (node.prefix != null) {
                best = node.prefix;
            }
            node = at == length ? null : next(node, path, offset + at, length - at);
            if (node != null) {
                at += node.label.length;
            }
        }
        return best;
    }

    /** The child whose label the path goes on with, or null. */
    private static @Nullable Node next(Node node, byte[] path, int offset, int length) {
        Node child = node.child(path[offset]);
        return child != null && common(child.label, path, offset, length) == child.label.length ? child : null;
    }

    /**
     * The location whose text is the path and a slash, when it wants such a path redirected to it; or null.
     */
    @Nullable
    LocationPlan withSlash(byte[] path, int offset, int length) {
        Node node = root;
        int at = 0;
        while (true) {
            if (at == length) {
                Node next = node.child((byte) '/');
                return next != null && next.label.length == 1 ? redirecting(next) : null;
            }
            Node next = node.child(path[offset + at]);
            if (next == null) {
                return null;
            }
            int same = common(next.label, path, offset + at, length - at);
            at += same;
            if (same < next.label.length) {
                boolean slash = at == length && same == next.label.length - 1 && next.label[same] == '/';
                return slash ? redirecting(next) : null;
            }
            node = next;
        }
    }

    private static @Nullable LocationPlan redirecting(Node node) {
        LocationPlan plan = node.exact != null ? node.exact : node.prefix;
        return plan != null && plan.redirectsToSlash() ? plan : null;
    }

    /** Walks down as far as the path reaches; the node where it ends exactly, or null. */
    private @Nullable Node walk(byte[] path, int offset, int length) {
        Node node = root;
        int at = 0;
        while (node != null && at < length) {
            node = next(node, path, offset + at, length - at);
            if (node != null) {
                at += node.label.length;
            }
        }
        return node;
    }

    private static int common(byte[] label, byte[] path, int offset, int length) {
        int n = Math.min(label.length, length);
        int i = 0;
        while (i < n && label[i] == path[offset + i]) {
            i++;
        }
        return i;
    }

    private Node node(String text) {
        byte[] path = text.getBytes(StandardCharsets.ISO_8859_1);
        Node node = root;
        int at = 0;
        while (at < path.length) {
            Node next = node.child(path[at]);
            if (next == null) {
                next = new Node(java.util.Arrays.copyOfRange(path, at, path.length));
                node.add(next);
                return next;
            }
            int same = common(next.label, path, at, path.length - at);
            at += same;
            if (same < next.label.length) {
                next = next.split(same, node);
            }
            node = next;
        }
        return node;
    }

    private static final class Node {
        final byte[] label;
        @Nullable
        LocationPlan exact;
        @Nullable
        LocationPlan prefix;
        private Node[] children = new Node[0];

        Node(byte[] label) {
            this.label = label;
        }

        @Nullable
        Node child(byte first) {
            for (Node c : children) {
                if (c.label[0] == first) {
                    return c;
                }
            }
            return null;
        }

        void add(Node child) {
            Node[] grown = java.util.Arrays.copyOf(children, children.length + 1);
            grown[children.length] = child;
            children = grown;
        }

        /** Puts a new node of the first {@code length} bytes between this one and its parent. */
        Node split(int length, Node parent) {
            Node upper = new Node(java.util.Arrays.copyOf(label, length));
            Node lower = new Node(java.util.Arrays.copyOfRange(label, length, label.length));
            lower.exact = exact;
            lower.prefix = prefix;
            lower.children = children;
            upper.add(lower);
            for (int i = 0; i < parent.children.length; i++) {
                if (parent.children[i] == this) {
                    parent.children[i] = upper;
                }
            }
            return upper;
        }
    }
}
