package io.frontdesk.app.command;

import io.frontdesk.config.FileNames;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.net.ControlPlane;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which files a command line means, whether it starts a server or looks into its configuration. Stateless. */
@ControlPlane("the main thread; looks for files")
public final class StartPaths {
    private StartPaths() {}

    /**
     * The folders that names are relative to. nginx built without a prefix: it is the current folder, and so is a configuration file's name
     * relative to it.
     *
     * @param prefix     behind {@code -p}
     * @param configFile behind {@code -c}
     * @param errorLog   behind {@code -e}
     */
    public static Paths of(@Nullable String prefix, @Nullable String configFile, @Nullable String errorLog) {
        String folder = prefix;
        if (folder == null) {
            folder = FileNames.toName(Path.of("").toAbsolutePath()) + "/";
        } else if (!folder.isEmpty() && !folder.endsWith("/")) {
            folder += "/";
        }
        String file = configFile;
        if (file == null) {
            boolean plain = !exists(folder + "conf/nginx.conf") && exists(folder + "nginx.conf");
            file = plain ? "nginx.conf" : "conf/nginx.conf";
        }
        String log = errorLog == null ? "logs/error.log" : errorLog.isEmpty() ? "stderr" : errorLog;
        return new Paths(folder, FileNames.full(folder, file),
                log.equals("stderr") ? log : FileNames.full(folder, log));
    }

    private static boolean exists(String name) {
        return Files.exists(FileNames.toPath(name));
    }
}
