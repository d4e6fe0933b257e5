package io.frontdesk.modules.proxy;

import io.frontdesk.codec.http.HttpVersion;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.plan.LocationPattern;
import io.frontdesk.engine.upstream.RequestHeaders;
import io.frontdesk.engine.upstream.Upstream;
import io.frontdesk.engine.upstream.UpstreamAddresses;
import io.frontdesk.engine.upstream.UpstreamDirectives;
import io.frontdesk.engine.upstream.UpstreamSettings;
import io.frontdesk.engine.upstream.UpstreamTlsDirectives;
import io.frontdesk.engine.upstream.UpstreamUrl;
import io.frontdesk.engine.upstream.Upstreams;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.Variables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code proxy_pass} and all that shapes what it sends and hands back. */
public final class ProxyModule extends ProxyDirectives {
    private static final List<String> HIDDEN = List.of("Date", "Server", "X-Pad", "X-Accel-Expires", "X-Accel-Redirect",
            "X-Accel-Limit-Rate", "X-Accel-Buffering", "X-Accel-Charset");

    /** The module; one object per process. */
    public ProxyModule() {
        rules(new ProxyHeaderRules(this));
        rules(new ProxyUriRules(this));
        rules(new ProxyStreamRules(this));
        rules(new ProxyOriginRules(this));
    }

    @Override
    public void link(Scope http, Link link) throws ConfigException {
        common.cache().link(http, link);
    }

    @Override
    public void variables(Variables variables) {
        ProxyVariables.declare(variables);
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        Setting<String> line = UpstreamDirectives.passOf(scope, pass);
        if (line == null || line.scope() != scope && plan.hasContent()) {
            return;
        }
        plan.content(new ProxyHandler(plan(scope, line, link), line.at().at()));
        if (line.scope() == scope && plan.pattern().text().endsWith("/")) {
            plan.autoRedirects();
        }
    }

    private ProxyPlan plan(Scope scope, Setting<String> line, Link link) throws ConfigException {
        Upstreams upstreams = link.shared(Upstreams.class, Upstreams::new);
        String text = line.value();
        Template template = link.template(text, line.at().at());
        ProxyTarget target = null;
        Upstream upstream = null;
        LocationPattern pattern = link.patternOf(scope);
        boolean replaces = !pattern.isRegex() && pattern.kind() != LocationPattern.Kind.NAMED
                && !Link.isImplicit(line.scope());
        if (template.isConstant()) {
            target = target(line);
            upstream = UpstreamAddresses.find(target.url(), target.usualPort(), upstreams, line.at().at());
            if (!replaces && target.uri().length > 0) {
                throw line
                        .error("\"proxy_pass\" cannot have URI part in location given by regular expression, or inside "
                                + "named location, or inside \"if\" statement, or inside \"limit_except\" block");
            }
        }
        // nginx: ALPN names HTTP/2 only; who speaks HTTP/1 needs none
        List<String> applications = scope.get(httpVersion) == HttpVersion.HTTP_2 ? List.of("h2") : List.of();
        UpstreamTlsDirectives.Use secure = new UpstreamTlsDirectives.Use(tls, applications);
        UpstreamSettings settings = common.compile(scope, link, HIDDEN,
                target != null && target.isTls() ? secure : null);
        UpstreamSettings secured = target != null || text.regionMatches(true, 0, "http://", 0, 7)
                ? settings
                : common.compile(scope, link, HIDDEN, secure);
        return new ProxyPlan(settings, secured, upstreams, target, upstream, target == null ? template : null,
                replaces ? pattern.text().length() : 0,
                RequestHeaders.compile(scope, setHeader, false, link),
                common.cache().isOn(scope) ? RequestHeaders.compile(scope, setHeader, true, link) : null,
                common.passesRequestHeaders(scope), optional(scope, method, link), optional(scope, setBody, link),
                scope.get(httpVersion), redirects(scope, line, target, pattern, link), cookies(scope, link));
    }

    private static ProxyTarget target(Setting<String> line) throws ConfigException {
        try {
            return ProxyTarget.parse(line.value());
        } catch (ProxyTarget.WrongScheme e) {
            throw line.error("%s", String.valueOf(e.getMessage()));
        } catch (UpstreamUrl.Malformed e) {
            String url = line.value().substring(line.value().indexOf("//") + 2);
            throw line.error("%s in upstream \"%s\"", String.valueOf(e.getMessage()), url);
        }
    }

    private static @Nullable Template optional(Scope scope, Directive<String> directive, Link link)
            throws ConfigException {
        Setting<String> line = scope.find(directive);
        return line == null ? null : link.template(line.value(), line.at().at());
    }

    private RedirectRules redirects(Scope scope, Setting<String> passed, @Nullable ProxyTarget target,
            LocationPattern pattern, Link link) throws ConfigException {
        List<Setting<List<Word>>> lines = scope.all(redirect);
        if (lines.isEmpty()) {
            return target == null
                    ? RedirectRules.NONE
                    : new RedirectRules(List.of(usualRedirect(passed.value(), target, pattern)));
        }
        List<TextRule> rules = new java.util.ArrayList<>();
        for (Setting<List<Word>> line : lines) {
            List<Word> words = line.value();
            if (words.size() == 2) {
                rules.add(rule(TextRule.Kind.PREFIX, words, line, link));
            } else if (words.getFirst().is("off")) {
                if (lines.size() > 1) {
                    throw line.error("\"proxy_redirect\" directive is duplicate");
                }
                return RedirectRules.NONE;
            } else if (target == null) {
                throw line.error(
                        "\"proxy_redirect default\" cannot be used with \"proxy_pass\" directive with variables");
            } else {
                rules.add(usualRedirect(passed.value(), target, pattern));
            }
        }
        return new RedirectRules(rules);
    }

    private static TextRule usualRedirect(String url, ProxyTarget target, LocationPattern pattern) {
        boolean replaced = target.uri().length > 0;
        return TextRule.of(TextRule.Kind.PREFIX, Template.constant(replaced ? url : url + "/"),
                Template.constant(replaced ? pattern.text() : "/"));
    }

    private static TextRule rule(TextRule.Kind kind, List<Word> words, Setting<?> line, Link link)
            throws ConfigException {
        String text = words.getFirst().text();
        String replacement = words.get(1).text();
        if (text.startsWith("~")) {
            boolean caseless = text.startsWith("~*") || kind == TextRule.Kind.DOMAIN;
            String expression = text.startsWith("~*") && kind != TextRule.Kind.DOMAIN
                    ? text.substring(2)
                    : text.substring(1);
            return TextRule.of(link.pattern(expression, caseless, line.at().at()),
                    link.template(replacement, line.at().at()));
        }
        if (kind == TextRule.Kind.DOMAIN) {
            text = text.startsWith(".") ? text.substring(1) : text;
            replacement = replacement.startsWith(".") ? replacement.substring(1) : replacement;
        }
        return TextRule.of(kind, link.template(text, line.at().at()), link.template(replacement, line.at().at()));
    }

    private CookieRules cookies(Scope scope, Link link) throws ConfigException {
        List<CookieFlagRule> flags = new java.util.ArrayList<>();
        for (Setting<List<Word>> line : scope.all(cookieFlags)) {
            List<Word> words = line.value();
            if (words.size() == 1) {
                checkAlone(scope.all(cookieFlags), line);
                break;
            }
            String name = words.getFirst().text();
            List<Template> values = new java.util.ArrayList<>();
            for (Word word : words.subList(1, words.size())) {
                values.add(link.template(word));
            }
            flags.add(name.startsWith("~")
                    ? new CookieFlagRule(null, link.pattern(name.substring(1), true, line.at().at()), values)
                    : new CookieFlagRule(link.template(words.getFirst()), null, values));
        }
        return new CookieRules(texts(scope, cookieDomain, TextRule.Kind.DOMAIN, link),
                texts(scope, cookiePath, TextRule.Kind.PREFIX, link), flags);
    }

    private static List<TextRule> texts(Scope scope, Directive<List<Word>> directive, TextRule.Kind kind, Link link)
            throws ConfigException {
        List<TextRule> rules = new java.util.ArrayList<>();
        for (Setting<List<Word>> line : scope.all(directive)) {
            if (line.value().size() == 1) {
                checkAlone(scope.all(directive), line);
                return List.of();
            }
            rules.add(rule(kind, line.value(), line, link));
        }
        return rules;
    }

    /** {@code off} says that there are no rules, so there is no other line. */
    private static void checkAlone(List<? extends Setting<?>> lines, Setting<?> off) throws ConfigException {
        if (lines.size() > 1) {
            throw off.error("\"%s\" directive is duplicate", off.directive().name());
        }
    }
}
