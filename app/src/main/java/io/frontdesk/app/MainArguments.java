package io.frontdesk.app;

import io.frontdesk.config.Call;
import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Word;
import io.frontdesk.net.ControlPlane;
import io.frontdesk.net.process.NativeProcess;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** Reads the arguments of the main block's directives, with nginx's complaints. Stateless. */
@ControlPlane("the thread that reads a configuration; looks up accounts")
final class MainArguments {
    /** The methods that nginx has on Linux. */
    private static final Set<String> METHODS = Set.of("epoll", "poll", "select");

    private MainArguments() {}

    static int workerProcesses(Call call) throws ConfigException {
        if (call.text(0).equals("auto")) {
            return Runtime.getRuntime().availableProcessors();
        }
        int count = number(call.text(0));
        if (count < 0) {
            throw call.directiveError("invalid value");
        }
        return count;
    }

    static int connections(Call call) throws ConfigException {
        int count = number(call.text(0));
        if (count < 0) {
            throw call.error("invalid number \"%s\"", call.text(0));
        }
        return count;
    }

    static int priority(Call call) throws ConfigException {
        String text = call.text(0);
        boolean signed = text.startsWith("-") || text.startsWith("+");
        int value = number(signed ? text.substring(1) : text);
        if (value < 0) {
            throw call.directiveError("invalid number");
        }
        return text.startsWith("-") ? -value : value;
    }

    /** A number from 0 on, or -1. */
    private static int number(String text) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Integer.parseInt(text);
    }

    static List<Word> user(Call call) throws ConfigException {
        if (NativeProcess.userId() != 0) {
            call.warn(
                    "the \"user\" directive makes sense only if the master process runs with super-user privileges, ignored");
            return call.args();
        }
        String group = call.text(call.args().size() - 1);
        UserPrincipalLookupService accounts = FileSystems.getDefault().getUserPrincipalLookupService();
        try {
            accounts.lookupPrincipalByName(call.text(0));
        } catch (IOException e) {
            throw call.error("getpwnam(\"%s\") failed", call.text(0));
        }
        try {
            accounts.lookupPrincipalByGroupName(group);
        } catch (IOException e) {
            throw call.error("getgrnam(\"%s\") failed", group);
        }
        return call.args();
    }

    static String loadModule(Call call) {
        call.warn("the \"load_module\" directive is ignored: \"%s\" is not loaded", call.text(0));
        return call.text(0);
    }

    static List<Word> threadPool(Call call) throws ConfigException {
        boolean threads = false;
        for (Word word : call.args().subList(1, call.args().size())) {
            String text = word.text();
            if (text.startsWith("threads=")) {
                if (number(text.substring("threads=".length())) <= 0) {
                    throw call.error("invalid threads value \"%s\"", text);
                }
                threads = true;
            } else if (text.startsWith("max_queue=")) {
                if (number(text.substring("max_queue=".length())) < 0) {
                    throw call.error("invalid max_queue value \"%s\"", text);
                }
            }
        }
        if (!threads) {
            throw call.error("\"thread_pool\" must have \"threads\" parameter");
        }
        return call.args();
    }

    static String eventMethod(Call call) throws ConfigException {
        if (!METHODS.contains(call.text(0))) {
            throw call.error("invalid event type \"%s\"", call.text(0));
        }
        return call.text(0);
    }
}
