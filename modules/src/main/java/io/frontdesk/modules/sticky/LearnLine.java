package io.frontdesk.modules.sticky;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Position;
import io.frontdesk.config.Sizes;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.Affinity;
import io.frontdesk.engine.upstream.AffinityMethod;
import java.util.ArrayList;
import java.util.List;

/** {@code sticky learn}. A value, but for being filled as the line is read. */
final class LearnLine implements AffinityMethod {
    private static final long PAGE = 4096;
    private static final long USUAL_TIMEOUT_MILLIS = 600_000;

    private final Call call;
    private final Position at;
    private final List<String> creates = new ArrayList<>();
    private final List<String> lookups = new ArrayList<>();
    private String zone = "";
    private long zoneSize;
    private long timeoutMillis;
    private boolean fromHead;

    private LearnLine(Call call) {
        this.call = call;
        this.at = call.statement().at();
    }

    static LearnLine parse(Call call) throws ConfigException {
        LearnLine line = new LearnLine(call);
        for (Word word : call.args().subList(1, call.args().size())) {
            line.take(word.text());
        }
        if (line.lookups.isEmpty()) {
            throw call.directiveError("\"lookup\" parameter is not specified");
        }
        if (line.creates.isEmpty()) {
            throw call.directiveError("\"create\" parameter is not specified");
        }
        if (line.zoneSize == 0) {
            throw call.directiveError("\"zone\" parameter is not specified");
        }
        if (line.timeoutMillis == 0) {
            line.timeoutMillis = USUAL_TIMEOUT_MILLIS;
        }
        return line;
    }

    private void take(String text) throws ConfigException {
        int equals = text.indexOf('=');
        String value = text.substring(equals + 1);
        switch (equals < 0 ? text : text.substring(0, equals + 1)) {
            case "zone=" -> zone(value);
            case "timeout=" -> {
                if (timeoutMillis != 0) {
                    throw call.directiveError("duplicate timeout");
                }
                timeoutMillis = Times.millis(value).orElse(0);
                if (timeoutMillis == 0) {
                    throw call.directiveError("invalid timeout");
                }
            }
            case "create=" -> creates.add(variable("create", value));
            case "lookup=" -> lookups.add(variable("lookup", value));
            case "header" -> fromHead = true;
            default -> throw call.error("unknown parameter \"%s\"", text);
        }
    }

    private void zone(String value) throws ConfigException {
        if (zoneSize != 0) {
            throw call.directiveError("duplicate zone");
        }
        int colon = value.indexOf(':');
        if (colon < 0) {
            throw call.directiveError("zone size is not specified");
        }
        if (colon == 0) {
            throw call.directiveError("zone name is not specified");
        }
        zone = value.substring(0, colon);
        zoneSize = Sizes.size(value.substring(colon + 1)).orElseThrow(() -> call.directiveError("invalid zone size"));
        if (zoneSize < 8 * PAGE) {
            throw call.directiveError("zone is too small");
        }
    }

    private String variable(String parameter, String value) throws ConfigException {
        if (!value.startsWith("$")) {
            throw call.directiveError("missing variable in the \"" + parameter + "\" parameter");
        }
        return value.substring(1);
    }

    @Override
    public Affinity affinity(Link link, String upstream) throws ConfigException {
        SessionZone sessions = link.shared(SessionZones.class, SessionZones::new).add(zone, upstream, zoneSize,
                timeoutMillis, at);
        return new LearnAffinity(StickyModule.variables(lookups, at, link), StickyModule.variables(creates, at, link),
                sessions, fromHead);
    }
}
