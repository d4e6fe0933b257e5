package io.frontdesk.testkit.hostile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges one case: what no case may do, what this one wants, and what else it checks. */
final class Verdict {
    private final Transcript transcript;
    private final HostileCase played;
    private final Checks checks;
    private final List<SeenAnswer> answers;
    private final List<SeenAnswer> finals;
    private final List<SeenRequest> seen;
    /** What of the case itself, and not of its hidden or following requests, reached the backend. */
    private final List<SeenRequest> main;
    private final List<SeenRequest> followUps;
    private final Set<Integer> statuses;
    private final List<String> deviations = new ArrayList<>();

    Verdict(Transcript transcript, List<SeenRequest> seen) {
        this.transcript = transcript;
        this.seen = seen;
        played = transcript.played();
        checks = played.checks();
        statuses = checks.statuses();
        answers = transcript.answers();
        finals = answers.stream().filter(answer -> !answer.isInterim()).toList();
        main = seen.stream().filter(request -> request.kind.equals("t")).toList();
        followUps = seen.stream().filter(request -> request.kind.equals("f")).toList();
    }

    /** What is wrong; empty: nothing. */
    List<String> deviations() {
        judgeSplits();
        if (played.isOfBackend()) {
            judgeNeighbours();
        }
        judgeFlaws();
        judgeWanted();
        new CheckVerdict(checks, seen, main, answers, transcript.received()).addTo(deviations);
        if (checks.has("c.close") && !main.isEmpty() && !followUps.isEmpty()) {
            deviate("the connection went on");
        }
        return deviations;
    }

    private void deviate(String text) {
        deviations.add(text);
    }

    /** Whether proxy, backend and client part the bytes in the same way. */
    private void judgeSplits() {
        boolean hiddenIsLegal = checks.has("sm-ok");
        for (SeenRequest request : seen) {
            if (request.kind.equals("smug")) {
                // Only the proxy sets it: without it, the backend found the request in what it took for a body.
                if (!request.fields.has("x-real-ip")) {
                    deviate("a hidden request reached the backend past the proxy");
                } else if (!hiddenIsLegal) {
                    deviate("the tail of an ambiguous message was taken for a request");
                }
            }
        }
        for (SeenRequest request : followUps) {
            if (!request.method.equals("GET") || !request.flaws.isEmpty() || !request.body.isEmpty()
                    || !request.target.startsWith("/f/")) {
                deviate("the follow-up reached the backend altered: " + request);
            }
        }
        if (!checks.has("half-ok")
                && main.stream().anyMatch(request -> request.body.contains("/f/" + transcript.nonce()))) {
            deviate("the follow-up was taken for a body");
        }
        if (finals.size() > (hiddenIsLegal ? 3 : 2)) {
            deviate(finals.size() + " answers to two requests");
        }
        for (SeenAnswer answer : finals.subList(Math.min(1, finals.size()), finals.size())) {
            boolean isHidden = hiddenIsLegal && answer.body().contains("smug:" + transcript.nonce());
            if (answer.status() == 200 && !answer.body().contains("f:" + transcript.nonce()) && !isHidden) {
                deviate("the follow-up got another answer: " + answer.body());
            }
        }
        if (played.answer().isEmpty() && !finals.isEmpty() && finals.getFirst().status() == 200 && !main.isEmpty()
                && !transcript.isHead() && !finals.getFirst().body().startsWith("t:")) {
            deviate("got another's answer: " + finals.getFirst().body());
        }
    }

    /** Whether a hostile answer reached somebody else than who asked. */
    private void judgeNeighbours() {
        if (transcript.answersBefore().stream().filter(answer -> !answer.isInterim()).count() > 1) {
            deviate("two answers to one request");
        }
        if (transcript.received().contains("SMUGRESP")) {
            deviate("the unasked answer reached the client");
        }
        for (String stranger : transcript.strangers()) {
            if (stranger.contains("SMUGRESP")) {
                deviate("another client got the unasked answer");
            } else if (!stranger.contains("g:" + transcript.nonce())) {
                deviate("the next client got: " + stranger);
            }
        }
        String after = transcript.received().substring(transcript.before());
        if (!after.isEmpty() && !after.contains("f:" + transcript.nonce())) {
            deviate("the follow-up got: " + after);
        }
    }

    private void judgeFlaws() {
        Set<String> flaws = new HashSet<>();
        seen.forEach(request -> flaws.addAll(request.flaws));
        if (!flaws.isEmpty()) {
            deviate("the backend got " + String.join(", ", flaws));
        }
        if (!played.answer().isEmpty()) {
            answers.stream().filter(answer -> !answer.flaws().isEmpty())
                    .forEach(answer -> deviate("the client got " + String.join(", ", answer.flaws())));
        }
    }

    private void judgeWanted() {
        @Nullable
        SeenAnswer first = finals.isEmpty() ? null : finals.getFirst();
        int status = first == null ? 0 : first.status();
        boolean isCutShort = first != null && !first.isComplete();
        if (first == null && played.wanted() != Wanted.NEVER_COMPLETE && !isAllowedSilence()) {
            deviate(transcript.ended() ? "no answer" : "no answer, and not closed");
            return;
        }
        switch (played.wanted()) {
            case REFUSED, REFUSED_AND_CLOSED -> judgeRefusal(first, status);
            case NEVER_COMPLETE -> {
                if (main.stream().anyMatch(request -> request.isComplete)) {
                    deviate("an incomplete request was passed on as a complete one");
                }
            }
            case DENIED -> {
                if (!main.isEmpty()) {
                    deviate("reached the backend as " + main.getFirst());
                }
                wantStatus(status, statuses);
            }
            case PASSED_ON -> judgePassing(status);
            case BAD_GATEWAY -> wantStatus(status, Set.of(502));
            case CUT_SHORT -> {
                if (status != 502 && !isCutShort) {
                    deviate("a broken answer was passed on as a complete one, status " + status);
                } else if (isCutShort && !transcript.ended()) {
                    deviate("an answer that is neither complete nor ended");
                }
            }
            case CLEAN_ANSWER -> {
                wantStatus(status, statuses.isEmpty() ? Set.of(200) : statuses);
                if (isCutShort) {
                    deviate("the answer is incomplete");
                }
            }
            case CLEAN_ANSWER_OR_BAD_GATEWAY -> {
                if (status != 502) {
                    wantStatus(status, statuses.isEmpty() ? Set.of(200, 205, 600, 999, 101) : statuses);
                }
                if (isCutShort && !transcript.ended()) {
                    deviate("an answer that is neither complete nor ended");
                }
            }
        }
    }

    private boolean isAllowedSilence() {
        return checks.has("noreply-ok") && transcript.ended();
    }

    private void judgeRefusal(@Nullable SeenAnswer first, int status) {
        if (!main.isEmpty()) {
            deviate("passed on: " + main.getFirst());
        } else if (first != null) {
            wantStatus(status, statuses.isEmpty() ? Set.of(400) : statuses);
        }
        if (played.wanted() == Wanted.REFUSED_AND_CLOSED && (!followUps.isEmpty() || finals.size() > 1)) {
            deviate("the connection went on after the refusal");
        }
    }

    private void judgePassing(int status) {
        boolean isNamed = statuses.contains(status);
        if (status >= 400 && !isNamed) {
            deviate("refused by " + status);
        } else if (main.isEmpty() && (status < 300 || status >= 400) && !isNamed) {
            deviate("the backend never saw it; status " + status);
        } else if (main.size() > 1) {
            deviate("the backend saw it " + main.size() + " times");
        } else if (played.answer().isEmpty() && main.stream().anyMatch(request -> !request.isComplete)) {
            deviate("passed on in part");
        }
    }

    private void wantStatus(int status, Set<Integer> wanted) {
        if (!wanted.contains(status)) {
            deviate("got " + status + ", want " + wanted);
        }
    }
}
