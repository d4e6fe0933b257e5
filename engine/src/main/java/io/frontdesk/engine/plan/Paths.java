package io.frontdesk.engine.plan;

/**
 * The folders that names in a configuration are relative to. All are byte strings.
 *
 * @param prefix     {@code -p}: ends with a slash
 * @param configFile the configuration file, whole
 */
public record Paths(String prefix, String configFile) {
    /** A name relative to the prefix (root, logs, temp paths, pid). */
    public String underPrefix(String name) {
        return name.startsWith("/") ? name : prefix + name;
    }

    /** A name relative to the folder of the configuration file (include, certificates, auth_basic_user_file). */
    public String underConfig(String name) {
        return name.startsWith("/") ? name : configFile.substring(0, configFile.lastIndexOf('/') + 1) + name;
    }
}
