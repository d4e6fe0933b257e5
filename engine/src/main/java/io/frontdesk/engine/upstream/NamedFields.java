package io.frontdesk.engine.upstream;

import io.frontdesk.codec.http.FieldList;
import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Fields;
import java.util.Arrays;

/** The fields of a request that its Connection field names (RFC 9110 §7.6.1): they concern the client's connection only. Reused; loop only. */
public final class NamedFields {
    private long[] marks = new long[1];
    private boolean any;

    /** Looks which they are. */
    public void mark(Fields fields) {
        any = false;
        byte[] array = fields.bytes().array();
        for (int c = fields.find(FieldName.CONNECTION); c >= 0; c = fields.next(c)) {
            int to = fields.valueOffset(c) + fields.valueLength(c);
            int start = FieldList.memberStart(array, fields.valueOffset(c), to);
            while (start < to) {
                int end = FieldList.memberEnd(array, start, to);
                for (int i = fields.find(array, start, end - start); i >= 0; i = fields.next(i)) {
                    if (!any) {
                        any = true;
                        clear(fields.size());
                    }
                    marks[i >> 6] |= 1L << i;
                }
                start = FieldList.memberStart(array, end, to);
            }
        }
    }

    /** Whether this is one of them. */
    public boolean has(int field) {
        return any && (marks[field >> 6] & 1L << field) != 0;
    }

    private void clear(int size) {
        int words = size + 63 >> 6;
        if (marks.length < words) {
            marks = new long[words];
        } else {
            Arrays.fill(marks, 0);
        }
    }
}
