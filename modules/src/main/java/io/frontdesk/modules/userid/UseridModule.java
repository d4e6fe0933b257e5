package io.frontdesk.modules.userid;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.LOCATION;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Shapes.choice;
import static io.frontdesk.config.Shapes.flags;
import static io.frontdesk.config.Shapes.number;
import static io.frontdesk.config.Shapes.of;
import static io.frontdesk.config.Shapes.text;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Directive;
import io.frontdesk.config.Position;
import io.frontdesk.config.Scope;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Shapes;
import io.frontdesk.config.Times;
import io.frontdesk.engine.plan.HttpModule;
import io.frontdesk.engine.plan.HttpPlan;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.FilterStage;
import io.frontdesk.engine.variable.Variable;
import io.frontdesk.engine.variable.Variables;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives clients cookies by which they can be told apart, in the format of Apache's mod_uid. */
public final class UseridModule extends HttpModule {
    /** {@code userid}. */
    enum Mode {
        OFF, LOG, V1, ON
    }

    /** {@code userid_flags}. */
    enum Flag {
        OFF(""), SECURE("; secure"), HTTPONLY("; httponly"), SAMESITE_STRICT("; samesite=strict"), SAMESITE_LAX(
                "; samesite=lax"), SAMESITE_NONE("; samesite=none");

        final String attribute;

        Flag(String attribute) {
            this.attribute = attribute;
        }
    }

    private final Directive<Mode> userid = directive("userid", choice(Mode.class)).in(HTTP, SERVER, LOCATION)
            .orElse(Mode.OFF).doc("Whether cookies are set (`on`, `v1` in the old format) or only read (`log`).");
    private final Directive<Integer> service = directive("userid_service", number()).in(HTTP, SERVER, LOCATION)
            .doc("The number of the server within the ids; by default its address.");
    private final Directive<String> name = directive("userid_name", text("name")).in(HTTP, SERVER, LOCATION)
            .orElse("uid").doc("The cookie's name.");
    private final Directive<String> domain = directive("userid_domain", text("name | none")).in(HTTP, SERVER, LOCATION)
            .orElse("none").doc("The cookie's domain.");
    private final Directive<String> path = directive("userid_path", text("path")).in(HTTP, SERVER, LOCATION)
            .orElse("/").doc("The cookie's path.");
    private final Directive<Long> expires = directive("userid_expires",
            of("time | max | off", 1, 1, UseridModule::parseExpires)).in(HTTP, SERVER, LOCATION)
            .orElse(UidCookie.NO_EXPIRY, "off")
            .doc("How long browsers keep the cookie; `off` until they are closed, `max` until 2037.");
    private final Directive<Set<Flag>> flags = directive("userid_flags", flags(Flag.class, flagNames()))
            .in(HTTP, SERVER, LOCATION).joins(Shapes::union).orElse(EnumSet.of(Flag.OFF)).doc("The cookie's flags.");
    private final Directive<String> p3p = directive("userid_p3p", text("string | none")).in(HTTP, SERVER, LOCATION)
            .orElse("none").doc("The value of a P3P field that goes with the cookie.");
    private final Directive<String> mark = directive("userid_mark",
            of("letter | digit | = | off", 1, 1, UseridModule::parseMark)).in(HTTP, SERVER, LOCATION).orElse("", "off")
            .doc("A character that marks cookies; those without it are set again, with their id kept.");

    /** The module; one object per process. */
    public UseridModule() {
        super("userid");
    }

    private static Map<String, Flag> flagNames() {
        Map<String, Flag> names = new LinkedHashMap<>();
        names.put("off", Flag.OFF);
        names.put("secure", Flag.SECURE);
        names.put("httponly", Flag.HTTPONLY);
        names.put("samesite=strict", Flag.SAMESITE_STRICT);
        names.put("samesite=lax", Flag.SAMESITE_LAX);
        names.put("samesite=none", Flag.SAMESITE_NONE);
        return names;
    }

    private static Long parseExpires(Call call) throws ConfigException {
        return switch (call.text(0)) {
            case "max" -> UidCookie.MAX_EXPIRY;
            case "off" -> UidCookie.NO_EXPIRY;
            default -> Times.seconds(call.text(0)).orElseThrow(() -> call.directiveError("invalid value"));
        };
    }

    private static String parseMark(Call call) throws ConfigException {
        String text = call.text(0);
        if (text.equals("off")) {
            return "";
        }
        if (text.length() != 1
                || !(text.equals("=") || text.charAt(0) < 0x80 && Character.isLetterOrDigit(text.charAt(0)))) {
            throw call.directiveError("value must be \"off\" or a single letter, digit or \"=\"");
        }
        return text;
    }

    @Override
    public void variables(Variables variables) {
        variables.declare("uid_got", "The cookie that the client sent, as name=value in hexadecimal.", uid(false));
        variables.declare("uid_set", "The cookie that is set, as name=value in hexadecimal.", uid(true));
        variables.declareChangeable("uid_reset", "Set to neither empty nor 0, a new cookie is given; `log` logs that.",
                (ex, out) -> true);
    }

    private static Variable uid(boolean set) {
        return (ex, out) -> {
            UidCookie cookie = ex.location().attachment(UidCookie.class);
            return cookie != null && cookie.append(ex, set, out);
        };
    }

    /** The slot that keeps the ids of an exchange. */
    private record UidSlot(int number) {}

    @Override
    public void compile(Scope scope, HttpPlan plan, Link link) throws ConfigException {
        Mode mode = scope.get(userid);
        if (mode == Mode.OFF) {
            return;
        }
        int slot = link.shared(UidSlot.class, () -> new UidSlot(link.variables().newSlot())).number();
        @Nullable
        Setting<Integer> number = scope.find(service);
        UidCookie cookie = new UidCookie(slot, mode, number == null ? null : number.value(), scope.get(name),
                link.variable("uid_reset", Position.NOWHERE), scope.get(mark), scope.get(expires), attributes(scope),
                scope.get(p3p).equals("none") ? "" : scope.get(p3p));
        plan.attach(UidCookie.class, cookie);
        if (mode != Mode.LOG) {
            plan.filter(FilterStage.USERID, new UseridFilter(cookie));
        }
    }

    private String attributes(Scope scope) {
        StringBuilder attributes = new StringBuilder();
        String owner = scope.get(domain);
        if (!owner.equals("none")) {
            attributes.append("; domain=").append(owner);
        }
        attributes.append("; path=").append(scope.get(path));
        Set<Flag> set = scope.get(flags);
        for (Flag flag : Flag.values()) {
            if (set.contains(flag)) {
                attributes.append(flag.attribute);
            }
        }
        return attributes.toString();
    }
}
