package io.frontdesk.engine.file;

import io.frontdesk.config.Errno;
import io.frontdesk.config.FileNames;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.worker.TempFolder;
import io.frontdesk.net.process.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The folders for temporary files of one configuration, one object for each. Control plane only. */
public final class TempFolders {
    private final Map<TempPath, TempFolder> folders = new HashMap<>();

    private TempFolders() {}

    /** The folder that a line names. */
    public static TempFolder of(Link link, TempPath line) {
        return link.shared(TempFolders.class, TempFolders::new).folders.computeIfAbsent(line,
                named -> new TempFolder(link.paths().underPrefix(named.path()), named.levels()));
    }

    /** Makes them for somebody who may not make them; null when that went well, otherwise what did not, in nginx's words. */
    public @Nullable String giveTo(Account account) {
        for (TempFolder folder : folders.values()) {
            Path path = FileNames.toPath(folder.path());
            try {
                Files.createDirectories(path);
            } catch (IOException e) {
                return "mkdir() \"" + folder.path() + "\" failed " + Errno.text(e);
            }
            try {
                Files.setAttribute(path, "unix:uid", account.userId());
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            } catch (IOException e) {
                return "chown(\"" + folder.path() + "\", " + account.userId() + ") failed " + Errno.text(e);
            }
        }
        return null;
    }
}
