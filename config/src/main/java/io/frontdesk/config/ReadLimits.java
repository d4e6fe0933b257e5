package io.frontdesk.config;

/**
 * How much configuration the reader takes before it says no. nginx has none of these limits (its file descriptors and
 * its stack end the recursion); the defaults are far above what people write. A value; any thread.
 *
 * @param fileBytes
 *            the size of one file
 * @param totalBytes
 *            the size of all files, one counted as often as it is included
 * @param files
 *            how many files are read, one counted as often as it is included
 * @param statements
 *            how many statements there are
 * @param depth
 *            how deep blocks stand in each other
 * @param includeDepth
 *            how deep files include each other; a file that includes itself ends here
 */
public record ReadLimits(int fileBytes, long totalBytes, int files, int statements, int depth, int includeDepth) {

    /** What applies unless somebody asks for other limits. */
    public static final ReadLimits DEFAULT = new ReadLimits(64 << 20, 256 << 20, 100_000, 5_000_000, 100, 100);
}
