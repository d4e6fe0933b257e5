package io.frontdesk.codec.http;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.Octets;
import java.util.Arrays;

/**
 * A table of header or trailer fields in order of arrival: offsets into one {@link Bytes}, which the table may share
 * with
 * the head that it was read from. Holds only names that are tokens and values without CR, LF and NUL: {@link #add}
 * refuses
 * all else, so a writer may copy what is here without looking. Reused by {@link #clear}. Owned by one thread at a time.
 *
 * <p>
 * Fields are named by their index, which stays valid until {@code clear}; a removed field keeps its index.
 */
public final class Fields {
    /** As many as a table holds, whatever a configuration says. */
    public static final int MAX_FIELDS = 65_000;

    private static final int NAME = 0;
    private static final int NAME_LENGTH = 1;
    private static final int VALUE = 2;
    private static final int VALUE_LENGTH = 3;
    private static final int HASH = 4;
    private static final int ID = 5;
    private static final int NEXT = 6;
    private static final int REMOVED = 7;
    private static final int SHIFT = 3;
    private static final int COLON_AND_SPACE = 2;

    private final Bytes bytes;
    private final boolean ownsBytes;
    private int[] slots = new int[16 << SHIFT];
    private int size;
    // first and last field of each known name, as index plus one
    private final char[] first = new char[FieldName.COUNT];
    private final char[] last = new char[FieldName.COUNT];

    /** An empty table with bytes of its own. */
    public Fields() {
        this.bytes = new Bytes();
        this.ownsBytes = true;
    }

    /** An empty table over bytes that a reader fills; {@link #clear} leaves them alone. */
    public Fields(Bytes shared) {
        this.bytes = shared;
        this.ownsBytes = false;
    }

    /** One more than the highest index; removed fields are counted. */
    public int size() {
        return size;
    }

    /** How many fields are there, removed ones not counted. */
    public int count() {
        int count = 0;
        for (int i = 0; i < size; i++) {
            count += 1 - slots[(i << SHIFT) + REMOVED];
        }
        return count;
    }

    /** Whether the field was removed. */
    public boolean isRemoved(int index) {
        return slots[(index << SHIFT) + REMOVED] != 0;
    }

    /** Forgets all fields, keeps the memory. */
    public void clear() {
        for (int i = 0; i < size; i++) {
            int id = slots[(i << SHIFT) + ID];
            first[id] = 0;
            last[id] = 0;
        }
        size = 0;
        if (slots.length > 128 << SHIFT) {
            slots = new int[16 << SHIFT];
        }
        if (ownsBytes) {
            bytes.clear(8192);
        }
    }

    /** Lets go of memory that the fields do not need: for what will stay as it is for long. */
    public void trim() {
        if (slots.length > size << SHIFT) {
            slots = Arrays.copyOf(slots, Math.max(1, size) << SHIFT);
        }
        if (ownsBytes) {
            bytes.trim();
        }
    }

    /** Adds a field. False, and nothing added, when the value holds CR, LF or NUL. */
    public boolean add(int id, String value) {
        byte[] name = FieldName.wire(id);
        return name.length > 0 && add(name, 0, name.length, value);
    }

    /** Adds a field. False, and nothing added, when the value holds CR, LF or NUL. */
    public boolean add(int id, byte[] value, int offset, int length) {
        byte[] name = FieldName.wire(id);
        return add(name, 0, name.length, value, offset, length);
    }

    /** Adds a field. False, and nothing added, when the value holds CR, LF or NUL. */
    public boolean add(FieldKey name, byte[] value, int offset, int length) {
        return add(name.wire(), 0, name.wire().length, value, offset, length);
    }

    /** Adds a field. False, and nothing added, when the name is no token or the value holds CR, LF or NUL. */
    public boolean add(String name, String value) {
        if (!FieldKey.isValid(name)) {
            return false;
        }
        int start = bytes.length();
        bytes.write(name);
        return finishAdd(start, name.length(), value);
    }

    /** Adds a field. False, and nothing added, when the name is no token or the value holds CR, LF or NUL. */
    public boolean add(byte[] name, int nameOffset, int nameLength, String value) {
        if (!Octets.isToken(name, nameOffset, nameOffset + nameLength)) {
            return false;
        }
        int start = bytes.length();
        bytes.write(name, nameOffset, nameLength);
        return finishAdd(start, nameLength, value);
    }

    private boolean finishAdd(int start, int nameLength, String value) {
        int valueStart = bytes.length();
        bytes.write(value);
        return finishAdd(start, nameLength, valueStart);
    }

    private boolean finishAdd(int start, int nameLength, int valueStart) {
        int end = bytes.length();
        if (Octets.indexOfBreak(bytes.array(), valueStart, end) < end) {
            bytes.truncate(start);
            return false;
        }
        index(start, nameLength, valueStart, end - valueStart);
        return true;
    }

    /** Adds a field. False, and nothing added, when the name is no token or the value holds CR, LF or NUL. */
    public boolean add(byte[] name, int nameOffset, int nameLength, byte[] value, int offset, int length) {
        if (!Octets.isToken(name, nameOffset, nameOffset + nameLength)) {
            return false;
        }
        int start = bytes.length();
        bytes.write(name, nameOffset, nameLength);
        int valueStart = bytes.length();
        bytes.write(value, offset, length);
        return finishAdd(start, nameLength, valueStart);
    }

    /** Adds a field of another table, which has checked it and knows its name. */
    public void add(Fields other, int index) {
        int at = index << SHIFT;
        int name = other.slots[at + NAME];
        int nameLength = other.slots[at + NAME_LENGTH];
        int value = other.slots[at + VALUE];
        int length = other.slots[at + VALUE_LENGTH];
        int start = bytes.length();
        int gap = value - name - nameLength;
        if (gap == 0 || gap == COLON_AND_SPACE) {
            // one copy, and what stands between stays there for whoever writes the line, several lines with their ends
            bytes.write(other.bytes.array(), name, nameLength + gap + length);
            if (gap != 0) {
                bytes.writeCrlf();
            }
        } else {
            gap = 0;
            bytes.write(other.bytes.array(), name, nameLength);
            bytes.write(other.bytes.array(), value, length);
        }
        index(start, nameLength, start + nameLength + gap, length, other.slots[at + HASH], other.slots[at + ID]);
    }

    /** Replaces all fields of a name by one. False, and nothing changed, when the value holds CR, LF or NUL. */
    public boolean set(int id, String value) {
        int end = size;
        if (!add(id, value)) {
            return false;
        }
        for (int i = find(id); i >= 0 && i < end; i = next(i)) {
            slots[(i << SHIFT) + REMOVED] = 1;
        }
        return true;
    }

    /**
     * For readers: adds a field whose bytes already stand in the shared {@link Bytes} and were already checked.
     *
     * @return the first field of the same known name, or -1 when this is the first or the name is not known
     */
    public int index(int nameOffset, int nameLength, int valueOffset, int valueLength) {
        long looked = FieldName.lookup(bytes.array(), nameOffset, nameLength);
        return index(nameOffset, nameLength, valueOffset, valueLength, FieldName.hash(looked), FieldName.id(looked));
    }

    private int index(int nameOffset, int nameLength, int valueOffset, int valueLength, int hash, int id) {
        if (size == MAX_FIELDS) {
            throw new IllegalStateException("too many fields");
        }
        int at = size << SHIFT;
        if (at == slots.length) {
            slots = Arrays.copyOf(slots, slots.length * 2);
        }
        slots[at + NAME] = nameOffset;
        slots[at + NAME_LENGTH] = nameLength;
        slots[at + VALUE] = valueOffset;
        slots[at + VALUE_LENGTH] = valueLength;
        slots[at + HASH] = hash;
        slots[at + ID] = id;
        slots[at + NEXT] = 0;
        slots[at + REMOVED] = 0;
        size++;
        if (id == FieldName.UNKNOWN) {
            return -1;
        }
        int previous = last[id];
        last[id] = (char) size;
        if (previous == 0) {
            first[id] = (char) size;
            return -1;
        }
        slots[((previous - 1) << SHIFT) + NEXT] = size;
        return first[id] - 1;
    }

    /** The first field of a known name, or -1. */
    public int find(int id) {
        return alive(first[id]);
    }

    /** Whether there is a field of a known name. */
    public boolean has(int id) {
        return find(id) >= 0;
    }

    /** The first field of a name, or -1. */
    public int find(FieldKey key) {
        return key.id() != FieldName.UNKNOWN
                ? find(key.id())
                : search(0, key.wire(), 0, key.wire().length, key.hash());
    }

    /** The first field of a name in any case, or -1. */
    public int find(byte[] name, int offset, int length) {
        long looked = FieldName.lookup(name, offset, length);
        int id = FieldName.id(looked);
        return id != FieldName.UNKNOWN ? find(id) : search(0, name, offset, length, FieldName.hash(looked));
    }

    /** The next field with the same name as this one, or -1. */
    public int next(int index) {
        int at = index << SHIFT;
        if (slots[at + ID] != FieldName.UNKNOWN) {
            return alive(slots[at + NEXT]);
        }
        return search(index + 1, bytes.array(), slots[at + NAME], slots[at + NAME_LENGTH], slots[at + HASH]);
    }

    private int alive(int indexPlusOne) {
        int i = indexPlusOne - 1;
        while (i >= 0 && slots[(i << SHIFT) + REMOVED] != 0) {
            i = slots[(i << SHIFT) + NEXT] - 1;
        }
        return i;
    }

    private int search(int from, byte[] name, int offset, int length, int hash) {
        for (int i = from; i < size; i++) {
            int at = i << SHIFT;
            if (slots[at + HASH] == hash && slots[at + NAME_LENGTH] == length && slots[at + REMOVED] == 0
                    && Octets.equalsFolded(bytes.array(), slots[at + NAME], name, offset, length)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the field has this name, in any case. */
    public boolean isNamed(int index, FieldKey key) {
        int at = index << SHIFT;
        return slots[at + HASH] == key.hash() && slots[at + NAME_LENGTH] == key.wire().length
                && Octets.equalsFolded(bytes.array(), slots[at + NAME], key.wire(), 0, key.wire().length);
    }

    /**
     * The first field from an index on that a variable of nginx's {@code $http_} kind means, or -1.
     *
     * @param name
     *            in lower case, {@code _} for {@code -}
     */
    public int findVariable(byte[] name, int from) {
        for (int i = from; i < size; i++) {
            int at = i << SHIFT;
            if (slots[at + NAME_LENGTH] == name.length && slots[at + REMOVED] == 0
                    && matchesVariable(name, slots[at + NAME])) {
                return i;
            }
        }
        return -1;
    }

    private boolean matchesVariable(byte[] name, int offset) {
        byte[] array = bytes.array();
        for (int i = 0; i < name.length; i++) {
            byte octet = Octets.lower(array[offset + i]);
            if ((octet == '-' ? '_' : octet) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Removes one field. */
    public void remove(int index) {
        slots[(index << SHIFT) + REMOVED] = 1;
    }

    /** Removes all fields of a known name. */
    public void removeAll(int id) {
        for (int i = find(id); i >= 0; i = next(i)) {
            remove(i);
        }
    }

    /** The bytes that all offsets below mean. */
    public Bytes bytes() {
        return bytes;
    }

    /** The id of the field's name in {@link FieldName}. */
    public int id(int index) {
        return slots[(index << SHIFT) + ID];
    }

    /** Where the name begins. */
    public int nameOffset(int index) {
        return slots[(index << SHIFT) + NAME];
    }

    /** How long the name is. */
    public int nameLength(int index) {
        return slots[(index << SHIFT) + NAME_LENGTH];
    }

    /** Where the value begins. */
    public int valueOffset(int index) {
        return slots[(index << SHIFT) + VALUE];
    }

    /** How long the value is. */
    public int valueLength(int index) {
        return slots[(index << SHIFT) + VALUE_LENGTH];
    }

    /** The name as a new text. */
    public String nameString(int index) {
        return bytes.string(nameOffset(index), nameLength(index));
    }

    /** The value as a new text. */
    public String valueString(int index) {
        return bytes.string(valueOffset(index), valueLength(index));
    }

    /** Appends the value. */
    public void appendValue(int index, Bytes out) {
        out.write(bytes.array(), valueOffset(index), valueLength(index));
    }

    /** Whether the value is a text of ASCII, case folded. */
    public boolean valueEquals(int index, String ascii) {
        return Octets.equalsFolded(bytes.array(), valueOffset(index), valueLength(index), ascii);
    }

    /** Whether any field of a known name lists a member of ASCII, case folded (RFC 9110 §5.6.1). */
    public boolean hasToken(int id, String member) {
        for (int i = find(id); i >= 0; i = next(i)) {
            if (FieldList.contains(bytes.array(), valueOffset(i), valueLength(i), member)) {
                return true;
            }
        }
        return false;
    }

    /** All fields, one a line: for tests and debug logs. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            if (!isRemoved(i)) {
                text.append(nameString(i)).append(": ").append(valueString(i)).append('\n');
            }
        }
        return text.toString();
    }
}
