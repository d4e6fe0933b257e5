package io.frontdesk.modules.authbasic;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LIMIT_EXCEPT;
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
import io.frontdesk.engine.request.Phase;
import org.jspecify.annotations.Nullable;

/** {@code auth_basic} and {@code auth_basic_user_file}. */
public final class AuthBasicModule extends HttpModule {
    private final Directive<String> authBasic = directive("auth_basic", text("string | off"))
            .in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT)
            .doc("What clients are told that a name and a password are for; it may have variables.");
    private final Directive<String> authBasicUserFile = directive("auth_basic_user_file", text("file"))
            .in(HTTP, SERVER, LOCATION, LIMIT_EXCEPT)
            .doc("The file of names and passwords, one `name:password` a line. Passwords are hashed as htpasswd, openssl passwd or "
                    + "the system's crypt(3) do, or marked with `{PLAIN}`, `{SHA}` or `{SSHA}`. The name of the file may have "
                    + "variables.");

    /** The module; one object per process. */
    public AuthBasicModule() {
        super("auth_basic");
    }

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        @Nullable
        Setting<String> realm = scope.find(authBasic);
        @Nullable
        Setting<String> file = scope.find(authBasicUserFile);
        if (realm != null && file != null && !realm.value().equals("off")) {
            plan.on(Phase.ACCESS, new AuthBasicHandler(link.template(realm.value(), realm.at().at()),
                    link.template(file.value(), file.at().at()), link.paths(), realm.at().at()));
        }
    }
}
