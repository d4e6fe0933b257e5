package io.frontdesk.modules.authbasic;

import io.frontdesk.codec.http.FieldName;
import io.frontdesk.codec.http.Method;
import io.frontdesk.config.Position;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.core.BasicCredentials;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.plan.Paths;
import io.frontdesk.engine.request.ContentState;
import io.frontdesk.engine.request.Exchange;
import io.frontdesk.engine.request.Handler;
import io.frontdesk.engine.request.Outcome;
import io.frontdesk.engine.variable.Template;
import io.frontdesk.modules.authbasic.StoredPassword.Verdict;
import io.frontdesk.net.file.Errno;
import org.jspecify.annotations.Nullable;

/** Asks for a name and a password, and looks them up in a file. Immutable, shared by all loops. */
final class AuthBasicHandler implements Handler {
    private final Template realm;
    private final Template file;
    private final Paths paths;
    private final Position at;

    AuthBasicHandler(Template realm, Template file, Paths paths, Position at) {
        this.realm = realm;
        this.file = file;
        this.paths = paths;
        this.at = at;
    }

    @Override
    public Outcome handle(Exchange ex) {
        String name = realm.value(ex);
        if (name.equals("off")) {
            return Outcome.NEXT;
        }
        String pair = BasicCredentials.decode(ex);
        int colon = pair.indexOf(':');
        if (colon <= 0) {
            ex.blame().log(FaultKind.UNAUTHORIZED, "no user/password was provided for basic authentication");
            return challenge(ex, name);
        }
        String user = pair.substring(0, colon);
        String path = paths.underConfig(file.value(ex));
        PasswordFile passwords = ex.worker().own(PasswordFile.class, PasswordFile::new);
        StoredPassword stored = passwords.find(path, user);
        if (passwords.problem() != 0) {
            ex.blame().log(FaultKind.FILE_FAILED, passwords.isMissing() ? Severity.ERROR : Severity.CRIT,
                    "open() \"" + path + "\" failed " + Errno.describe(passwords.problem()), null);
            return ex.finish(passwords.isMissing() ? 403 : 500);
        }
        if (stored == null) {
            ex.blame().log(FaultKind.UNAUTHORIZED, Severity.ERROR,
                    "user \"" + user + "\" was not found in \"" + path + "\"", null);
            return challenge(ex, name);
        }
        String password = pair.substring(colon + 1);
        if (!stored.isSlow()) {
            return decide(ex, stored.compare(password), name, user);
        }
        KnownPasswords known = ex.worker().own(KnownPasswords.class, KnownPasswords::new);
        if (known.contains(stored, password)) {
            return Outcome.ALLOW;
        }
        return new Comparison(ex, known, stored, password, name, user).begin();
    }

    private Outcome decide(Exchange ex, Verdict verdict, String name, String user) {
        return switch (verdict) {
            case RIGHT -> Outcome.ALLOW;
            case WRONG -> {
                ex.blame().log(FaultKind.UNAUTHORIZED, Severity.ERROR, "user \"" + user + "\": password mismatch",
                        null);
                yield challenge(ex, name);
            }
            case UNKNOWN -> {
                ex.blame().log(FaultKind.FILE_FAILED, Severity.ERROR,
                        "user \"" + user + "\": the password is stored in a way that is not known here", null);
                yield ex.finish(500);
            }
        };
    }

    /** RFC 9110 §11.6.1, §11.7.1. */
    private Outcome challenge(Exchange ex, String realm) {
        boolean asProxy = ex.method() == Method.CONNECT;
        String value = "Basic realm=\"" + realm + "\"";
        if (!ex.response().fields().add(asProxy ? FieldName.PROXY_AUTHENTICATE : FieldName.WWW_AUTHENTICATE, value)) {
            return ex.finish(500);
        }
        if (ex.trace() != null) {
            ex.trace().adds(asProxy ? "Proxy-Authenticate" : "WWW-Authenticate", value, at);
        }
        return ex.finish(asProxy ? 407 : 401);
    }

    @Override
    public String kind() {
        return "auth_basic";
    }

    @Override
    public @Nullable Position at() {
        return at;
    }

    /** A comparison that goes on elsewhere while the request waits. Made and ended on the loop of its exchange. */
    private final class Comparison implements ContentState {
        private final Exchange exchange;
        private final KnownPasswords known;
        private final StoredPassword stored;
        private final String password;
        private final String name;
        private final String user;
        private boolean released;

        Comparison(Exchange exchange, KnownPasswords known, StoredPassword stored, String password, String name,
                String user) {
            this.exchange = exchange;
            this.known = known;
            this.stored = stored;
            this.password = password;
            this.name = name;
            this.user = user;
        }

        Outcome begin() {
            exchange.content(this);
            if (PasswordThreads.run(this::compare)) {
                return Outcome.WAIT;
            }
            exchange.content(null);
            exchange.blame().log(FaultKind.OVERLOADED, "too many passwords wait to be compared");
            return exchange.finish(503);
        }

        /** On a thread for passwords. */
        private void compare() {
            Verdict verdict = stored.compare(password);
            exchange.worker().loop().execute(() -> compared(verdict));
        }

        private void compared(Verdict verdict) {
            if (verdict == Verdict.RIGHT) {
                known.add(stored, password);
            }
            if (!released) {
                exchange.content(null);
                exchange.resume(decide(exchange, verdict, name, user));
            }
        }

        @Override
        public void clientGone() {
            exchange.response().status(499);
            exchange.stream().closeWithoutAnswer(exchange);
        }

        @Override
        public void release() {
            released = true;
        }
    }
}
