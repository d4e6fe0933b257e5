package io.frontdesk.e2e.subrequests;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.testkit.Answer;
import io.frontdesk.testkit.Frontdesk;
import org.junit.jupiter.api.Test;

/** The commands of pages but include, and the directives about them. */
class PageCommandsTest {
    private static final String ERROR = "[an error occurred while processing the directive]";
    private static final String CONFIG = """
            http {
                server {
                    listen 127.0.0.1:{{port}};
                    root {{prefix}}/html;
                    ssi on;
                    ssi_value_length 40;
                    location /silent/ { ssi_silent_errors on; }
                    location /kept/ { ssi_last_modified on; }
                    location /css/ { ssi_types text/css; types { text/css css; } }
                    location /date { return 200 $date_gmt; }
                }
            }
            """;

    private static Answer get(String file, String page, String target) {
        try (Frontdesk server = Frontdesk.file("html/" + file, page).start(CONFIG)) {
            return server.get(target);
        }
    }

    private static String body(String page, String args) {
        return get("p.html", page, "/p.html" + args).body();
    }

    @Test
    void showsVariablesEncodedAsIsAskedFor() {
        assertThat(body("<!--#set var=\"v\" value=\"<a b>\" --><!--#echo var=\"v\" -->|"
                + "<!--#echo var=\"v\" encoding=\"none\" -->|<!--#echo var=\"v\" encoding=\"url\" -->|"
                + "<!--#echo var=\"v\" -->|<!--#echo var=\"v\" encoding='entity' -->", ""))
                .isEqualTo("&lt;a b&gt;|<a b>|%3Ca%20b%3E|%3Ca%20b%3E|&lt;a b&gt;");
    }

    @Test
    void showsADefaultForWhatIsNotThere() {
        assertThat(body("<!--#echo var=\"arg_x\" -->|<!--#echo var=\"arg_x\" default=\"d\" -->|"
                + "<!--#echo var=\"arg_x\" default=\"\" -->|<!--#echo var=\"no_such_thing\" -->|<!--#echo var=\"ARG_A\" -->",
                "?a=1")).isEqualTo("(none)|d||(none)|1");
    }

    @Test
    void readsVariablesAndBackslashesInValues() {
        assertThat(body("<!--#set var=\"v\" value='a${arg_a}b\\$c\\'d\\e' --><!--#echo var=\"v\" encoding=\"none\" -->",
                "?a=1")).isEqualTo("a1b$c'd\\e");
    }

    @Test
    void takesTheFirstBranchThatHolds() {
        String page = "<!--#if expr=\"$arg_a = 1\" -->one<!--#elif expr=\"$arg_a != /^[0-9]+\\$/\" -->text"
                + "<!--#else -->other<!--#endif -->.";
        assertThat(body(page, "?a=1")).isEqualTo("one.");
        assertThat(body(page, "?a=x")).isEqualTo("text.");
        assertThat(body(page, "?a=22")).isEqualTo("other.");
    }

    @Test
    void keepsTheGroupsOfAMatch() {
        assertThat(
                body("<!--#if expr=\"$arg_a = /(.)b(?<rest>.*)/\" --><!--#echo var=\"1\" -->-<!--#echo var=\"rest\" -->"
                        + "<!--#endif -->", "?a=abcd"))
                .isEqualTo("a-cd");
    }

    @Test
    void ignoresTextAndCommandsOfOtherBranches() {
        assertThat(body("<!--#if expr=\"\" -->a<!--#set var=\"v\" value=\"1\" --><!--#nonsense --><!--#endif -->"
                + "[<!--#echo var=\"v\" -->]", "")).isEqualTo("[(none)]");
    }

    @Test
    void showsAMessageForWhatIsWrong() {
        assertThat(body("<!--#nonsense -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#echo -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#echo var=\"a\" var=\"b\" -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#echo var=\"a\" x=\"b\" -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#else -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#if expr=\"a ? b\" -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#if expr=\"a = /(/\" -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#echo var \"a\" -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#include -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#include virtual=\"/a\" stub=\"none\" -->", "")).isEqualTo(ERROR);
        assertThat(body("<!--#set var=\"v\" value=\"" + "x".repeat(41) + "\" -->.", "")).isEqualTo(ERROR + ".");
        assertThat(body("<!--#config errmsg=\"oops\" --><!--#nonsense -->", "")).isEqualTo("oops");
    }

    @Test
    void saysInTheLogWhatIsWrong() {
        try (Frontdesk server = Frontdesk.file("html/p.html", "<!--#nonsense --><!--#echo a -->").start(CONFIG)) {
            server.get("/p.html");
            assertThat(server.errorLog()).contains("invalid SSI command: \"nonsense\"")
                    .contains("unexpected \"-\" symbol after \"a\" parameter in \"echo\" SSI command");
        }
    }

    @Test
    void showsNothingForErrorsWhereItIsToldTo() {
        assertThat(get("silent/p.html", "a<!--#nonsense -->b", "/silent/p.html").body()).isEqualTo("ab");
    }

    @Test
    void readsOnlyTheTypesThatItIsToldTo() {
        String page = "<!--#echo var=\"arg_a\" -->";
        assertThat(get("p.txt", page, "/p.txt?a=1").body()).isEqualTo(page);
        assertThat(get("css/p.css", page, "/css/p.css?a=1").body()).isEqualTo("1");
    }

    @Test
    void keepsLastModifiedWhereItIsToldTo() {
        Answer answer = get("kept/p.html", "x", "/kept/p.html");
        assertThat(answer.field("Last-Modified")).isNotEmpty();
        assertThat(answer.field("ETag")).startsWith("W/\"");
        assertThat(answer.field("Accept-Ranges")).isEmpty();
    }

    @Test
    void showsTimesInTheFormThatThePageAsksFor() {
        assertThat(body("<!--#config timefmt=\"(%Y)\" --><!--#echo var=\"date_local\" -->", ""))
                .matches("\\(\\d{4}\\)");
        assertThat(body("<!--#config timefmt=\"%s\" --><!--#echo var=\"date_gmt\" -->", "")).matches("\\d{10}");
        assertThat(get("x", "", "/date").body()).matches("[A-Z][a-z]+day, \\d\\d-[A-Z][a-z]{2}-\\d{4} .* GMT");
    }
}
