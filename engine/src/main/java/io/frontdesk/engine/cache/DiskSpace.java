package io.frontdesk.engine.cache;

import io.frontdesk.config.FileNames;
import io.frontdesk.net.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;

/** How much room a file system has. Stateless. */
@ControlPlane("a cache's own thread; asks the file system")
final class DiskSpace {
    private DiskSpace() {}

    /** The bytes that are free where a folder is; as many as one can think of when that can't be found out. */
    static long of(String folder) {
        try {
            return Files.getFileStore(FileNames.toPath(folder)).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
