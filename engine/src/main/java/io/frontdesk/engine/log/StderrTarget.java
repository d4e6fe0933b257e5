package io.frontdesk.engine.log;

/** Standard error as a log. */
final class StderrTarget implements LogTarget {
    static final StderrTarget INSTANCE = new StderrTarget();

    private StderrTarget() {}

    @Override
    public void write(byte[] lines, int offset, int length) {
        System.err.write(lines, offset, length);
        System.err.flush();
    }
}
