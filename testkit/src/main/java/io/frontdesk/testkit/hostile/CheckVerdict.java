package io.frontdesk.testkit.hostile;

import java.util.List;
import java.util.function.Consumer;

/**
 * The checks that a case adds to what it wants.
 *
 * @param checks the checks
 * @param seen all that reached the backend
 * @param main what of the case itself reached it
 * @param answers what the client got
 * @param received its bytes
 */
record CheckVerdict(Checks checks, List<SeenRequest> seen, List<SeenRequest> main, List<SeenAnswer> answers,
        String received) {
    void addTo(List<String> deviations) {
        if (!main.isEmpty()) {
            judgeRequest(main.getLast(), deviations);
        }
        each("b.raw!", bytes -> {
            if (seen.stream().anyMatch(request -> request.raw.indexOf(bytes) >= 0)) {
                deviations.add("the backend's bytes hold " + bytes);
            }
        });
        each("c.raw", bytes -> {
            if (!received.contains(bytes)) {
                deviations.add("the client's bytes lack " + bytes);
            }
        });
        each("c.raw!", bytes -> {
            if (received.contains(bytes)) {
                deviations.add("the client's bytes hold " + bytes);
            }
        });
        each("c.maxbytes", most -> {
            if (received.length() > Integer.parseInt(most)) {
                deviations.add("the client got " + received.length() + " bytes");
            }
        });
        if (checks.has("c.no1xx") && answers.stream().anyMatch(SeenAnswer::isInterim)) {
            deviations.add("an interim answer to a client of HTTP/1.0");
        }
        answers.stream().filter(answer -> !answer.isInterim()).findFirst()
                .ifPresent(answer -> judgeAnswer(answer, deviations));
    }

    private void each(String name, Consumer<String> judge) {
        checks.of(name).forEach(judge);
    }

    private void judgeRequest(SeenRequest request, List<String> deviations) {
        each("b.body", body -> {
            if (!request.body.equals(body)) {
                deviations.add("the backend got the body " + request.body);
            }
        });
        each("b.raw", bytes -> {
            if (request.raw.indexOf(bytes) < 0) {
                deviations.add("the backend's bytes lack " + bytes);
            }
        });
        each("b.hdr", field -> {
            List<String> values = request.fields.of(name(field, ':'));
            if (!values.equals(List.of(value(field, ':')))) {
                deviations.add("the backend got " + values + ", want " + field);
            }
        });
        each("b.nohdr", field -> {
            List<String> values = request.fields.of(name(field, '!'));
            if (!values.isEmpty() && (field.indexOf('!') < 0 || values.contains(value(field, '!')))) {
                deviations.add("the backend got " + name(field, '!') + ": " + values);
            }
        });
        each("b.only", field -> {
            List<String> values = request.fields.of(name(field, ':'));
            if (!values.stream().allMatch(value(field, ':')::equals)) {
                deviations.add("the backend got " + values + ", want nothing but " + field);
            }
        });
        each("b.order", field -> {
            String values = String.join(",", request.fields.of(name(field, ':'))).replace(" ", "");
            if (!values.equals(value(field, ':'))) {
                deviations.add("the backend got " + values + ", want " + field);
            }
        });
    }

    private void judgeAnswer(SeenAnswer answer, List<String> deviations) {
        each("c.body", body -> {
            if (answer.status() < 400 && !answer.body().equals(body)) {
                deviations.add("the client got the body " + answer.body());
            }
        });
        each("c.nohdr", field -> {
            List<String> values = answer.fields().of(name(field, '!'));
            String start = value(field, '!');
            if (values.stream().anyMatch(value -> value.startsWith(start))) {
                deviations.add("the client got " + name(field, '!') + ": " + values);
            }
        });
    }

    private static String name(String field, char mark) {
        int at = field.indexOf(mark);
        return at < 0 ? field : field.substring(0, at);
    }

    /** What stands after the mark; nothing when there is none. */
    private static String value(String field, char mark) {
        int at = field.indexOf(mark);
        return at < 0 ? "" : field.substring(at + 1);
    }
}
