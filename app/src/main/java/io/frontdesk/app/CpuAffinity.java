package io.frontdesk.app;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Word;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * {@code worker_cpu_affinity}: which processors each loop may use.
 *
 * @param isAuto whether each loop gets one processor in turn, of those of the mask
 * @param masks  a mask per loop, the last for all further ones; with {@code auto} at most one
 */
record CpuAffinity(boolean isAuto, List<BitSet> masks) {
    /** Nothing was said. */
    static final CpuAffinity NONE = new CpuAffinity(false, List.of());

    private static final int MAX_CPUS = 1024;

    static CpuAffinity parse(Call call) throws ConfigException {
        boolean auto = call.text(0).equals("auto");
        if (auto && call.args().size() > 2) {
            throw call.error("invalid number of arguments in \"worker_cpu_affinity\" directive");
        }
        List<BitSet> masks = new ArrayList<>();
        for (Word mask : call.args().subList(auto ? 1 : 0, call.args().size())) {
            masks.add(mask(mask.text(), call));
        }
        return new CpuAffinity(auto, masks);
    }

    /** Written as a binary number: the last digit is processor 0. */
    private static BitSet mask(String text, Call call) throws ConfigException {
        if (text.length() > MAX_CPUS) {
            throw call.error("\"worker_cpu_affinity\" supports up to %d CPUs only", MAX_CPUS);
        }
        BitSet mask = new BitSet();
        int processor = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            char digit = text.charAt(i);
            if (digit == ' ') {
                continue;
            }
            if (digit != '0' && digit != '1') {
                throw call.error("invalid character \"%s\" in \"worker_cpu_affinity\"", digit);
            }
            mask.set(processor++, digit == '1');
        }
        return mask;
    }

    /** The processors of a loop, of those that there are; empty where nothing was said. */
    BitSet of(int loop, BitSet available) {
        if (!isAuto) {
            return masks.isEmpty() ? new BitSet() : masks.get(Math.min(loop, masks.size() - 1));
        }
        BitSet usable = (BitSet) available.clone();
        if (!masks.isEmpty()) {
            usable.and(masks.getFirst());
        }
        BitSet one = new BitSet();
        if (!usable.isEmpty()) {
            one.set(usable.stream().skip(loop % usable.cardinality()).findFirst().orElseThrow());
        }
        return one;
    }

    /** As it was written. */
    @Override
    public String toString() {
        return (isAuto ? "auto " : "") + masks;
    }
}
