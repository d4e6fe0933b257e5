package io.frontdesk.engine.file;

import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.worker.TempFolder;
import java.util.HashMap;
import java.util.Map;

/** The folders for temporary files of one configuration, one object for each. Control plane only. */
public final class TempFolders {
    private final Map<TempPath, TempFolder> folders = new HashMap<>();

    private TempFolders() {}

    /** The folder that a line names. */
    public static TempFolder of(Link link, TempPath line) {
        return link.shared(TempFolders.class, TempFolders::new).folders.computeIfAbsent(line,
                named -> new TempFolder(link.paths().underPrefix(named.path()), named.levels()));
    }
}
