package io.frontdesk.engine.log;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;
import java.util.List;

/**
 * {@code syslog:server=address[,facility=…][,severity=…][,tag=…][,nohostname]}.
 *
 * @param server     host with port, or unix: and a path
 * @param facility   number of RFC 3164
 * @param severity   number of RFC 3164
 * @param tag        the program's name in a message
 * @param noHostname whether the host is left out
 */
record SyslogSettings(String server, int facility, int severity, String tag, boolean noHostname) {
    private static final List<String> FACILITIES = List.of("kern", "user", "mail", "daemon", "auth", "intern", "lpr",
            "news",
            "uucp", "clock", "authpriv", "ftp", "ntp", "audit", "alert", "cron", "local0", "local1", "local2", "local3",
            "local4", "local5", "local6", "local7");
    private static final List<String> SEVERITIES = List.of("emerg", "alert", "crit", "error", "warn", "notice", "info",
            "debug");
    private static final int LOCAL7 = 23;
    private static final int INFO = 6;

    /** Reads what stands behind {@code syslog:}. */
    static SyslogSettings parse(String text, Setting<?> line) throws ConfigException {
        String server = "";
        int facility = -1;
        int severity = -1;
        String tag = "";
        boolean noHostname = false;
        for (String part : text.split(",", -1)) {
            if (part.startsWith("server=")) {
                if (!server.isEmpty()) {
                    throw line.error("duplicate syslog \"server\"");
                }
                server = part.substring(7);
            } else if (part.startsWith("facility=")) {
                if (facility >= 0) {
                    throw line.error("duplicate syslog \"facility\"");
                }
                facility = FACILITIES.indexOf(part.substring(9));
                if (facility < 0) {
                    throw line.error("unknown syslog facility \"%s\"", part.substring(9));
                }
            } else if (part.startsWith("severity=")) {
                if (severity >= 0) {
                    throw line.error("duplicate syslog \"severity\"");
                }
                severity = SEVERITIES.indexOf(part.substring(9));
                if (severity < 0) {
                    throw line.error("unknown syslog severity \"%s\"", part.substring(9));
                }
            } else if (part.startsWith("tag=")) {
                if (!tag.isEmpty()) {
                    throw line.error("duplicate syslog \"tag\"");
                }
                tag = checkedTag(part.substring(4), line);
            } else if (part.equals("nohostname")) {
                noHostname = true;
            } else {
                throw line.error("unknown syslog parameter \"%s\"", part);
            }
        }
        if (server.isEmpty()) {
            throw line.error("no syslog server specified");
        }
        return new SyslogSettings(server, facility < 0 ? LOCAL7 : facility, severity < 0 ? INFO : severity,
                tag.isEmpty() ? "nginx" : tag, noHostname);
    }

    private static String checkedTag(String tag, Setting<?> line) throws ConfigException {
        if (tag.length() > 32) {
            throw line.error("syslog tag length exceeds 32");
        }
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            boolean fine = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
            if (!fine) {
                throw line.error("syslog \"tag\" only allows alphanumeric characters and underscore");
            }
        }
        return tag;
    }
}
