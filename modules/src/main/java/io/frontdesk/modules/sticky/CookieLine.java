package io.frontdesk.modules.sticky;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Position;
import io.frontdesk.config.Times;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.upstream.Affinity;
import io.frontdesk.engine.upstream.AffinityMethod;
import io.frontdesk.engine.variable.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sticky cookie}: its name and attributes. A value, but for being filled as the line is read. */
final class CookieLine implements AffinityMethod {
    /** What stands for no {@code expires=}. */
    static final long NO_EXPIRY = -1;
    /** {@code expires=max}. */
    static final long MAX_EXPIRY = Long.MAX_VALUE;

    private final Call call;
    private final String name;
    private final Position at;
    private long expiresSeconds = NO_EXPIRY;
    private @Nullable String domain;
    private @Nullable String path;
    private @Nullable String sameSite;
    private boolean httpOnly;
    private boolean secure;

    private CookieLine(Call call, String name) {
        this.call = call;
        this.name = name;
        this.at = call.statement().at();
    }

    static CookieLine parse(Call call) throws ConfigException {
        if (call.text(1).isEmpty()) {
            throw call.directiveError("empty cookie name");
        }
        CookieLine line = new CookieLine(call, call.text(1));
        for (Word word : call.args().subList(2, call.args().size())) {
            line.take(word.text());
        }
        return line;
    }

    private void take(String text) throws ConfigException {
        int equals = text.indexOf('=');
        String value = text.substring(equals + 1);
        switch (equals < 0 ? text : text.substring(0, equals + 1)) {
            case "domain=" -> domain = once("domain", domain, value);
            case "path=" -> path = once("path", path, value);
            case "samesite=" -> {
                if (sameSite != null) {
                    throw duplicate("samesite");
                }
                if (value.indexOf('$') < 0 && !StickyCookie.isSameSite(value)) {
                    throw call.directiveError("invalid \"samesite\" parameter value");
                }
                sameSite = value;
            }
            case "expires=" -> {
                if (expiresSeconds != NO_EXPIRY) {
                    throw duplicate("expires");
                }
                expiresSeconds = value.equals("max")
                        ? MAX_EXPIRY
                        : Times.seconds(value)
                                .orElseThrow(() -> call.directiveError("invalid \"expires\" parameter value"));
            }
            case "httponly" -> {
                if (httpOnly) {
                    throw duplicate("httponly");
                }
                httpOnly = true;
            }
            case "secure" -> {
                if (secure) {
                    throw duplicate("secure");
                }
                secure = true;
            }
            default -> throw call.error("unknown parameter \"%s\"", text);
        }
    }

    private String once(String parameter, @Nullable String before, String value) throws ConfigException {
        if (before != null) {
            throw duplicate(parameter);
        }
        if (value.isEmpty()) {
            throw call.directiveError("no value for \"" + parameter + "\"");
        }
        return value;
    }

    private ConfigException duplicate(String parameter) {
        return call.directiveError("parameter \"" + parameter + "\" is duplicate");
    }

    @Override
    public Affinity affinity(Link link, String upstream) throws ConfigException {
        StringBuilder tail = new StringBuilder();
        tail.append(httpOnly ? "; httponly" : "").append(secure ? "; secure" : "");
        return new CookieAffinity(List.of(link.variable("cookie_" + name, at)),
                new StickyCookie(name, expiresSeconds, template(domain, link), tail.toString(),
                        template(sameSite, link), path == null ? "" : "; path=" + path));
    }

    private @Nullable Template template(@Nullable String text, Link link) throws ConfigException {
        return text == null ? null : link.template(text, at);
    }
}
