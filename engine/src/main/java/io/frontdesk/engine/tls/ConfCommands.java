package io.frontdesk.engine.tls;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code ssl_conf_command} and its kin: those of OpenSSL's own settings that have a meaning here. They override what the directives say.
 * Immutable.
 */
public final class ConfCommands {
    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private @Nullable String ciphers;
    private @Nullable String groups;
    private @Nullable Set<String> protocols;
    private int least;
    private int most = VERSIONS.size() - 1;
    private @Nullable Boolean tickets;
    private @Nullable Boolean ownOrder;

    private ConfCommands() {}

    /** Reads all lines. */
    public static ConfCommands of(List<Setting<List<Word>>> lines, Link link) throws ConfigException {
        ConfCommands commands = new ConfCommands();
        for (Setting<List<Word>> line : lines) {
            String name = line.value().get(0).text();
            String value = line.value().get(1).text();
            if (name.equalsIgnoreCase("Ciphersuites")) {
                link.warn("the suites of TLS 1.3 are fixed, \"Ciphersuites\" ignored", line.at().at());
            } else if (!commands.take(name, value)) {
                throw TlsConfigFiles.error("SSL_CONF_cmd(\"" + name + "\", \"" + value
                        + "\") failed (SSL: error:0A000182:SSL routines::unknown cmd name)");
            }
        }
        return commands;
    }

    private boolean take(String name, String value) {
        switch (name) {
            case "CipherString" -> ciphers = value;
            case "Curves", "Groups" -> groups = value;
            case "MinProtocol" -> least = VERSIONS.indexOf(value);
            case "MaxProtocol" -> most = VERSIONS.indexOf(value);
            case "Protocol" -> {
                return versions(value);
            }
            case "Options" -> {
                return options(value);
            }
            default -> {
                return false;
            }
        }
        return least >= 0 && most >= 0;
    }

    private boolean versions(String value) {
        Set<String> chosen = new TreeSet<>();
        for (String word : value.split(",")) {
            String version = word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word;
            if (version.equals("ALL")) {
                chosen.addAll(VERSIONS);
            } else if (!VERSIONS.contains(version)) {
                return false;
            } else if (word.startsWith("-")) {
                if (chosen.isEmpty()) {
                    chosen.addAll(VERSIONS);
                }
                chosen.remove(version);
            } else {
                chosen.add(version);
            }
        }
        protocols = chosen;
        return true;
    }

    private boolean options(String value) {
        for (String word : value.split(",")) {
            boolean on = !word.startsWith("-");
            switch (word.startsWith("-") || word.startsWith("+") ? word.substring(1) : word) {
                case "SessionTicket" -> tickets = on;
                case "ServerPreference" -> ownOrder = on;
                default -> {
                    return false;
                }
            }
        }
        return true;
    }

    /** The suites. */
    public @Nullable String ciphers(@Nullable String configured) {
        return ciphers == null ? configured : ciphers;
    }

    /** The groups. */
    public @Nullable String groups(@Nullable String configured) {
        return groups == null ? configured : groups;
    }

    /** The versions. */
    public Set<String> protocols(Set<String> configured) {
        Set<String> chosen = new TreeSet<>(protocols == null ? configured : protocols);
        for (int i = 0; i < VERSIONS.size(); i++) {
            if (i < least || i > most) {
                chosen.remove(VERSIONS.get(i));
            }
        }
        return chosen;
    }

    /** Whether there are tickets. */
    public boolean tickets(boolean configured) {
        return tickets == null ? configured : tickets;
    }

    /** Whose order of suites decides. */
    public boolean ownOrder(boolean configured) {
        return ownOrder == null ? configured : ownOrder;
    }
}
