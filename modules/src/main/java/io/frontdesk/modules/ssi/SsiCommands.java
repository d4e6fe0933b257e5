package io.frontdesk.modules.ssi;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.text.HtmlEscape;
import io.frontdesk.codec.uri.UriEscape;
import io.frontdesk.config.Severity;
import io.frontdesk.engine.fault.FaultKind;
import io.frontdesk.engine.request.Exchange;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Does what the commands of one page say, and keeps where the page stands between {@code if} and {@code endif}. Owned by the page. */
final class SsiCommands {
    private static final int MAX_PARAMETERS = 16;

    /** How far a condition was read (nginx: {@code conditional}). */
    private enum Branch {
        NONE, IF, ELSE
    }

    private enum Encoding {
        NONE, URL, ENTITY
    }

    private final SsiPage page;
    private Branch branch = Branch.NONE;
    private boolean chosen;
    private Encoding encoding = Encoding.ENTITY;

    SsiCommands(SsiPage page) {
        this.page = page;
    }

    /** Runs a command; false when it is wrong, which was logged. */
    boolean run(SsiCommand command) {
        SsiVerb verb = SsiVerb.of(command.name());
        if (verb == null) {
            return !page.shows() || wrong("invalid SSI command: \"" + command.name() + "\"");
        }
        Bytes block = page.block();
        if (!page.shows() && verb != SsiVerb.ENDBLOCK) {
            if (block != null) {
                // it runs where the block is shown
                block.write(command.text());
                return true;
            }
            if (verb.context() == 0) {
                return true;
            }
        }
        if (verb.context() > 0 && (branch == Branch.NONE || branch.ordinal() > verb.context())) {
            return wrong("invalid context of SSI command: \"" + command.name() + "\"");
        }
        Map<String, String> values = parameters(command, verb);
        return values != null && run(verb, values);
    }

    private @Nullable Map<String, String> parameters(SsiCommand command, SsiVerb verb) {
        if (command.parameters().size() > MAX_PARAMETERS) {
            wrong("too many SSI command parameters: \"" + command.name() + "\"");
            return null;
        }
        Map<String, String> values = new HashMap<>();
        for (SsiCommand.Parameter parameter : command.parameters()) {
            if (!verb.has(parameter.name())) {
                wrong("invalid parameter name: \"" + parameter.name() + "\" in \"" + command.name()
                        + "\" SSI command");
                return null;
            }
            if (values.put(parameter.name(), parameter.value()) != null) {
                wrong("duplicate \"" + parameter.name() + "\" parameter in \"" + command.name() + "\" SSI command");
                return null;
            }
        }
        for (String name : verb.mandatory()) {
            if (!values.containsKey(name)) {
                wrong("mandatory \"" + name + "\" parameter is absent in \"" + command.name() + "\" SSI command");
                return null;
            }
        }
        return values;
    }

    private boolean wrong(String message) {
        page.exchange().log(FaultKind.SSI_COMMAND, Severity.ERROR, message);
        return false;
    }

    private boolean run(SsiVerb verb, Map<String, String> values) {
        return switch (verb) {
            case INCLUDE -> SsiInclude.run(page, values);
            case ECHO -> echo(values);
            case CONFIG -> config(values);
            case SET -> set(values);
            case IF -> branch == Branch.NONE
                    ? condition(values)
                    : wrong("the \"if\" command inside the \"if\" command");
            case ELIF -> condition(values);
            case ELSE -> {
                page.shows(!chosen);
                branch = Branch.ELSE;
                yield true;
            }
            case ENDIF -> {
                page.shows(true);
                chosen = false;
                branch = Branch.NONE;
                yield true;
            }
            case BLOCK -> {
                page.block(page.context().beginBlock(text(values, "name")));
                yield true;
            }
            case ENDBLOCK -> {
                // in a branch that is not taken there was no block
                if (page.block() != null) {
                    page.block(null);
                }
                yield true;
            }
        };
    }

    private static String text(Map<String, String> values, String name) {
        String value = values.get(name);
        return value == null ? "" : value;
    }

    private boolean condition(Map<String, String> values) {
        if (chosen) {
            page.shows(false);
            return true;
        }
        Boolean holds = SsiCondition.holds(page.exchange(), page.context(), text(values, "expr"));
        if (holds == null) {
            return false;
        }
        page.shows(holds);
        chosen = holds;
        branch = Branch.IF;
        return true;
    }

    private boolean config(Map<String, String> values) {
        String form = values.get("timefmt");
        if (form != null) {
            page.timeForm(form);
        }
        String message = values.get("errmsg");
        if (message != null) {
            page.errorMessage(message);
        }
        return true;
    }

    private boolean set(Map<String, String> values) {
        String value = SsiText.evaluate(page.exchange(), page.context(), text(values, "value"));
        if (value == null) {
            return false;
        }
        page.context().set(text(values, "var"), value);
        return true;
    }

    private boolean echo(Map<String, String> values) {
        Exchange ex = page.exchange();
        String value = SsiText.variable(ex, page.context(), text(values, "var"));
        if (value == null) {
            String otherwise = values.get("default");
            value = otherwise == null ? "(none)" : otherwise;
        }
        if (value.isEmpty()) {
            return true;
        }
        String how = values.get("encoding");
        if (how != null) {
            switch (how) {
                case "none" -> encoding = Encoding.NONE;
                case "url" -> encoding = Encoding.URL;
                case "entity" -> encoding = Encoding.ENTITY;
                // nginx: says so, and shows it all the same
                default -> wrong("unknown encoding \"" + how + "\" in the \"echo\" command");
            }
        }
        page.show(switch (encoding) {
            case NONE -> value;
            case URL -> UriEscape.HTML.escape(value);
            case ENTITY -> entities(value);
        });
        return true;
    }

    private static String entities(String value) {
        Bytes in = Bytes.of(value);
        Bytes out = new Bytes(value.length() + 32);
        HtmlEscape.escape(in.array(), 0, in.length(), out);
        return out.toString();
    }
}
