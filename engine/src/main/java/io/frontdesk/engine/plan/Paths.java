package io.frontdesk.engine.plan;

/**
 * The folders that names in a configuration are relative to. All are byte strings.
 *
 * @param prefix     {@code -p}: ends with a slash
 * @param configFile the configuration file, whole
 * @param errorLog   the whole name of the error log where the configuration names none, or {@code stderr}
 */
public record Paths(String prefix, String configFile, String errorLog) {
    /** With nginx's usual error log. */
    public Paths(String prefix, String configFile) {
        this(prefix, configFile, prefix + "logs/error.log");
    }

    /** A name relative to the prefix (root, logs, temp paths, pid). */
    public String underPrefix(String name) {
        return name.startsWith("/") ? name : prefix + name;
    }

    /** A name relative to the folder of the configuration file (include, certificates, auth_basic_user_file). */
    public String underConfig(String name) {
        return name.startsWith("/") ? name : configFile.substring(0, configFile.lastIndexOf('/') + 1) + name;
    }
}
