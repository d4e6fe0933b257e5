package io.frontdesk.net.regex;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.util.concurrent.FastThreadLocal;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * What one thread needs for matching: match data, a match context with the limits, and room for the subject. The
 * subject is copied
 * here: handing the array itself to a critical call would save some 7 of 47 ns, and keep every other thread's garbage
 * collection
 * waiting for as long as a hostile subject takes. Freed some time after its thread has gone.
 */
final class PcreScratch {
    /** Steps of machine code from one starting point: about 1.5 ms. */
    static final int MATCH_LIMIT = 1_000_000;

    /** Steps of the interpreter, which costs some ten times as much a step. */
    static final int INTERPRETER_MATCH_LIMIT = 200_000;

    /** Memory of the interpreter, which stays with the match data; to touch it costs more than to use it. */
    static final int HEAP_LIMIT_KIB = 2 * 1024;

    private static final int FIRST_SUBJECT_BYTES = 8 * 1024;
    private static final int KEPT_SUBJECT_BYTES = 256 * 1024;
    private static final int FIRST_PAIRS = 16;

    private static final FastThreadLocal<PcreScratch> LOCAL = new FastThreadLocal<>() {
        @Override
        protected PcreScratch initialValue() {
            return new PcreScratch();
        }
    };

    final MemorySegment context = Pcre2.matchContext(MATCH_LIMIT, HEAP_LIMIT_KIB);
    final MemorySegment interpreterContext = Pcre2.matchContext(INTERPRETER_MATCH_LIMIT, HEAP_LIMIT_KIB);
    final SearchBudget budget = new SearchBudget();
    MemorySegment matchData = Pcre2.matchData(FIRST_PAIRS);
    private MemorySegment offsets = Pcre2.offsets(matchData, FIRST_PAIRS);
    private MemorySegment subject = Arena.ofAuto().allocate(FIRST_SUBJECT_BYTES);
    private int pairs = FIRST_PAIRS;

    private PcreScratch() {}

    static PcreScratch local() {
        return LOCAL.get();
    }

    /** The last offset at which the next matches may begin; {@link Pcre2#UNSET} for none. */
    void limitStart(long offset) {
        Pcre2.setOffsetLimit(context, offset);
        Pcre2.setOffsetLimit(interpreterContext, offset);
    }

    /** Copies the subject in; the segment must stay reachable until the match is over. */
    MemorySegment subject(byte[] bytes, int offset, int length) {
        MemorySegment target = room(length);
        MemorySegment.copy(bytes, offset, target, JAVA_BYTE, 0, length);
        return target;
    }

    /** As {@link #subject(byte[], int, int)}, for a byte string. */
    MemorySegment subject(String text) {
        MemorySegment target = room(text.length() + 1);
        target.setString(0, text, StandardCharsets.ISO_8859_1);
        return target;
    }

    /** Makes room for the offsets of a pattern's groups. */
    void reserve(int needed) {
        if (pairs < needed) {
            pairs = needed;
            matchData = Pcre2.matchData(pairs);
            offsets = Pcre2.offsets(matchData, pairs);
        }
    }

    /** Hands over the offsets of the last match; groups from {@code found} on did not take part. */
    void copyTo(Captures out, int found, int groups) {
        out.resize(groups);
        for (int group = 0; group < groups; group++) {
            if (group < found) {
                // An unset group has the largest size_t: -1 here as there.
                out.set(group, (int) offsets.getAtIndex(JAVA_LONG, 2L * group),
                        (int) offsets.getAtIndex(JAVA_LONG, 2L * group + 1));
            } else {
                out.set(group, -1, -1);
            }
        }
    }

    private MemorySegment room(int bytes) {
        if (bytes <= subject.byteSize()) {
            return subject;
        }
        MemorySegment larger = Arena.ofAuto().allocate(Integer.highestOneBit(bytes) * 2L);
        if (larger.byteSize() <= KEPT_SUBJECT_BYTES) {
            subject = larger;
        }
        return larger;
    }
}
