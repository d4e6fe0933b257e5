package io.frontdesk.net.regex;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pattern compiled by PCRE2. Each thread matches with its own {@link PcreScratch}. */
final class PcreRegex implements Regex {
    // PCRE2 counts steps anew at each starting point, so a long subject is searched some starting points at a time,
    // and the clock looked at in between: "(.*)(.*)[xyz]" stays under the match limit for seconds.
    private static final int WINDOW = 64;
    private static final int WINDOWED_FROM_BYTES = 256;

    private final String pattern;
    private final boolean caseless;
    private final MemorySegment code;
    private final int groupCount;
    private final Map<String, Integer> names;
    private final boolean machineCode;
    private final boolean windowed;

    private PcreRegex(String pattern, boolean caseless, MemorySegment code) {
        this.pattern = pattern;
        this.caseless = caseless;
        this.code = code;
        groupCount = (int) Pcre2.info(code, Pcre2.INFO_CAPTURE_COUNT);
        names = readNames(code);
        int options = (int) Pcre2.info(code, Pcre2.INFO_ALL_OPTIONS);
        boolean utf = (options & Pcre2.UTF) != 0;
        machineCode = Pcre2.jitCompile(code) && !utf;
        // \G would match at the start of each window; UTF must not begin within a character.
        windowed = (options & Pcre2.ANCHORED) == 0 && !utf && !pattern.contains("\\G");
    }

    static PcreRegex compile(String pattern, boolean caseless) throws RegexException {
        int options = Pcre2.USE_OFFSET_LIMIT | (caseless ? Pcre2.CASELESS : 0);
        return new PcreRegex(pattern, caseless, Pcre2.compile(pattern, options));
    }

    @Override
    public boolean matches(byte[] subject, int offset, int length, @Nullable Captures out) {
        PcreScratch scratch = PcreScratch.local();
        return search(scratch, scratch.subject(subject, offset, length), length, out);
    }

    @Override
    public boolean matches(String subject, @Nullable Captures out) {
        PcreScratch scratch = PcreScratch.local();
        return search(scratch, scratch.subject(subject), subject.length(), out);
    }

    private boolean search(PcreScratch scratch, MemorySegment subject, int length, @Nullable Captures out) {
        scratch.reserve(groupCount + 1);
        try {
            int found = windowed && length > WINDOWED_FROM_BYTES
                    ? inWindows(scratch, subject.address(), length)
                    : from(0, scratch, subject.address(), length);
            if (found > 0) {
                if (out != null) {
                    scratch.copyTo(out, found, groupCount + 1);
                }
                return true;
            }
            if (found == Pcre2.NO_MATCH) {
                return false;
            }
            throw failure(found);
        } finally {
            Reference.reachabilityFence(this);
            Reference.reachabilityFence(subject);
        }
    }

    private int inWindows(PcreScratch scratch, long subject, int length) {
        scratch.budget.start();
        try {
            for (int start = 0; start <= length; start += WINDOW) {
                scratch.limitStart(start + WINDOW - 1);
                int found = from(start, scratch, subject, length);
                if (found != Pcre2.NO_MATCH) {
                    return found;
                }
                if (scratch.budget.isSpent()) {
                    return Pcre2.MATCH_LIMIT;
                }
            }
            return Pcre2.NO_MATCH;
        } finally {
            scratch.limitStart(Pcre2.UNSET);
        }
    }

    private int from(int start, PcreScratch scratch, long subject, int length) {
        if (machineCode) {
            int found = Pcre2.jitMatch(code, subject, length, start, scratch.matchData, scratch.context);
            if (found != Pcre2.JIT_STACK_LIMIT) {
                return found;
            }
        }
        // nginx gives up where the JIT's 32 KiB of stack are used up; the interpreter has its memory on the heap.
        int options = machineCode ? Pcre2.NO_JIT : 0;
        return Pcre2.match(code, subject, length, start, options, scratch.matchData,
                scratch.interpreterContext);
    }

    private RegexMatchException failure(int error) {
        boolean limit = error == Pcre2.MATCH_LIMIT || error == Pcre2.DEPTH_LIMIT || error == Pcre2.HEAP_LIMIT
                || error == Pcre2.JIT_STACK_LIMIT;
        String why = Pcre2.message(error);
        return limit ? new RegexLimitException(error, why, pattern) : new RegexMatchException(error, why, pattern);
    }

    // The table is sorted by name: a big-endian number of two bytes, then the name as a C string.
    private static Map<String, Integer> readNames(MemorySegment code) {
        int count = (int) Pcre2.info(code, Pcre2.INFO_NAME_COUNT);
        if (count == 0) {
            return Map.of();
        }
        int entryBytes = (int) Pcre2.info(code, Pcre2.INFO_NAME_ENTRY_SIZE);
        MemorySegment table = Pcre2.at(Pcre2.info(code, Pcre2.INFO_NAME_TABLE), (long) count * entryBytes);
        List<Map.Entry<String, Integer>> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = (long) i * entryBytes;
            int number = (table.get(JAVA_BYTE, at) & 0xff) << 8 | table.get(JAVA_BYTE, at + 1) & 0xff;
            entries.add(Map.entry(table.getString(at + 2, StandardCharsets.ISO_8859_1), number));
        }
        entries.sort(Comparator.comparing(Map.Entry::getValue));
        Map<String, Integer> names = new LinkedHashMap<>();
        entries.forEach(entry -> names.putIfAbsent(entry.getKey(), entry.getValue()));
        return Collections.unmodifiableMap(names);
    }

    @Override
    public int groupCount() {
        return groupCount;
    }

    @Override
    public Map<String, Integer> names() {
        return names;
    }

    @Override
    public String pattern() {
        return pattern;
    }

    @Override
    public boolean isCaseless() {
        return caseless;
    }

    @Override
    public String toString() {
        return (caseless ? "~* " : "~ ") + pattern;
    }
}
