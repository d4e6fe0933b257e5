package io.frontdesk.modules.securelink;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

/** Checks links against a hash over a secret. */
public final class SecureLinkModule extends HttpModule {
    private final Directive<String> link = directive("secure_link", text("expression")).in(HTTP, SERVER, LOCATION)
            .doc("The hash of the link, in base64 for URLs, and behind a comma the second at which it expires.");
    private final Directive<String> md5 = directive("secure_link_md5", text("expression")).in(HTTP, SERVER, LOCATION)
            .doc("What the hash is made of; it should hold a secret.");
    private final Directive<String> secret = directive("secure_link_secret", text("word")).in(LOCATION)
            .doc("The secret of links of the form /prefix/hash/link, with a hash in hexadecimal.");

    /** The module; one object per process. */
    public SecureLinkModule() {
        super("secure_link");
    }

    @Override
    public void variables(Variables variables) {
        variables.declare("secure_link",
                "1 when the link is right, 0 when it has expired; with `secure_link_secret` the "
                        + "link itself; otherwise empty.",
                (ex, out) -> {
                    LinkCheck check = ex.location().attachment(LinkCheck.class);
                    return check != null && check.append(ex, out);
                });
        variables.declare("secure_link_expires", "The second at which the link expires.", (ex, out) -> {
            LinkCheck check = ex.location().attachment(LinkCheck.class);
            return check instanceof HashCheck hash && hash.appendExpires(ex, out);
        });
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link names) throws ConfigException {
        for (Scope s = scope; s != null; s = s.parent()) {
            boolean hash = !s.own(link).isEmpty() || !s.own(md5).isEmpty();
            boolean word = !s.own(secret).isEmpty();
            if (hash && word) {
                throw s.own(secret).getFirst()
                        .error("\"secure_link_secret\" cannot be mixed with \"secure_link\" and \"secure_link_md5\"");
            }
            if (word) {
                plan.attach(LinkCheck.class, new SecretCheck(s.own(secret).getFirst().value()));
                return;
            }
            if (hash) {
                break;
            }
        }
        Template expression = template(scope.find(link), names);
        Template text = template(scope.find(md5), names);
        if (expression != null && text != null) {
            plan.attach(LinkCheck.class, new HashCheck(expression, text));
        }
    }

    private static @Nullable Template template(@Nullable Setting<String> setting, Link names) throws ConfigException {
        return setting == null ? null : names.template(setting.value(), setting.at().at());
    }
}
