package io.frontdesk.engine.core;

import io.frontdesk.config.ConfigException;
import io.frontdesk.config.Setting;
import io.frontdesk.config.Word;
import io.frontdesk.engine.plan.Link;
import io.frontdesk.engine.response.ErrorPage;
import io.frontdesk.engine.variable.Template;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an {@code error_page} line: statuses, perhaps {@code =} or {@code =200}, and a target. */
final class ErrorPageParser {
    private ErrorPageParser() {}

    static void parse(Setting<List<Word>> line, Link link, List<ErrorPage> into) throws ConfigException {
        List<Word> words = line.value();
        int statuses = words.size() - 1;
        int overwrite = -1;
        String sign = words.get(statuses - 1).text();
        if (sign.startsWith("=")) {
            if (statuses == 1) {
                throw line.error("invalid value \"%s\"", sign);
            }
            statuses--;
            overwrite = 0;
            if (sign.length() > 1) {
                overwrite = number(sign.substring(1));
                if (overwrite < 0) {
                    throw line.error("invalid value \"%s\"", sign);
                }
            }
        }
        Word last = words.getLast();
        Template target = link.template(last);
        @Nullable
        String args = null;
        if (target.isConstant() && last.text().startsWith("/")) {
            int question = last.text().indexOf('?');
            if (question >= 0) {
                args = last.text().substring(question + 1);
                target = Template.constant(last.text().substring(0, question));
            }
        }
        for (Word word : words.subList(0, statuses)) {
            int status = number(word.text());
            if (status < 0 || status == 499) {
                throw line.error("invalid value \"%s\"", word.text());
            }
            if (status < 300 || status > 599) {
                throw line.error("value \"%s\" must be between 300 and 599", word.text());
            }
            // nginx: 497 and its kin answer as 400 unless something else is said
            int shown = overwrite == -1 && status >= 494 && status <= 497 ? 400 : overwrite;
            into.add(new ErrorPage(status, shown, target, args, line.at().at()));
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
