package io.frontdesk.modules.userid;

import io.frontdesk.engine.worker.Worker;

/** Makes new ids. One per loop; unique in the process by the loop's number, and elsewhere by time and process. */
final class UidSource {
    private static final int FIRST_V2 = 0x03030302;

    private final int start;
    private int nextV1;
    private int nextV2 = FIRST_V2;

    private UidSource(Worker worker) {
        // nginx: the part of the start time that fits, and the process; loops of one process differ in the time's part
        int time = (int) (System.currentTimeMillis() % 1000 * 50) + worker.index();
        start = time << 16 | (int) ProcessHandle.current().pid() & 0xffff;
        nextV1 = 1;
    }

    static UidSource of(Worker worker) {
        return worker.own(UidSource.class, () -> new UidSource(worker));
    }

    int start() {
        return start;
    }

    int nextV1() {
        int next = nextV1;
        nextV1 += 0x100;
        return next;
    }

    int nextV2() {
        int next = nextV2;
        nextV2 += 0x100;
        if (Integer.compareUnsigned(nextV2, FIRST_V2) < 0) {
            nextV2 = FIRST_V2;
        }
        return next;
    }
}
