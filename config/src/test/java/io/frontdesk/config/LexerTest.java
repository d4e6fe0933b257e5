package io.frontdesk.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LexerTest {

    private static final String LONGEST = "x".repeat(Lexer.MAX_WORD_LENGTH - 1);

    @Test
    void splitsWordsAtBlanks() throws ConfigException {
        assertThat(words("server_name  a\t\tb\r\n c;")).containsExactly("server_name", "a", "b", "c");
    }

    @Test
    void keepsBlanksAndMarksInQuotes() throws ConfigException {
        assertThat(words("a \"b ;{}# 'c\" 'd \"e';")).containsExactly("a", "b ;{}# 'c", "d \"e");
    }

    @Test
    void takesEmptyQuotedWords() throws ConfigException {
        assertThat(words("default \"\" '';")).containsExactly("default", "", "");
    }

    @Test
    void knowsWhichWordsWereQuoted() throws ConfigException {
        var lexer = new Lexer("f", "a \"b\" c\"d\";");
        lexer.next();
        assertThat(lexer.words()).extracting(Word::quoted).containsExactly(false, true, false);
    }

    @Test
    void resolvesNginxsEscapesAndNoOthers() throws ConfigException {
        assertThat(words("\"a\\tb\\rc\\nd\\\"e\\'f\\\\g\\.h\\$i\" \\t\\ \\;\\{;")).containsExactly(
                "a\tb\rc\nd\"e'f\\g\\.h\\$i", "\t\\ \\;\\{");
    }

    @Test
    void readsBracesOfVariablesAsText() throws ConfigException {
        assertThat(words("return ${a}b${c} \"$ {\" x${{y;")).containsExactly("return", "${a}b${c}", "$ {", "x${{y");
    }

    @Test
    void endsAWordAtABrace() throws ConfigException {
        var lexer = new Lexer("f", "~^/a(b){2} x;");
        assertThat(lexer.next()).isEqualTo(Lexer.Mark.OPEN);
        assertThat(Configs.texts(lexer.words())).containsExactly("~^/a(b)");
    }

    @Test
    void startsANewWordAtAParenthesisBehindQuotes() throws ConfigException {
        assertThat(words("if ($a = \"b\") {")).containsExactly("if", "($a", "=", "b", ")");
    }

    @Test
    void startsCommentsOnlyWhereAWordCouldStart() throws ConfigException {
        var lexer = new Lexer("f", "a b#c # d ; \"\r\n # e\ng;");
        lexer.next();
        assertThat(Configs.texts(lexer.words())).containsExactly("a", "b#c", "g");
        assertThat(lexer.comments()).containsExactly(new Comment(" d ; \"", new Position("f", 1, 7)),
                new Comment(" e", new Position("f", 2, 2)));
    }

    @Test
    void takesACommentAtTheEndOfTheText() throws ConfigException {
        var lexer = new Lexer("f", "# last");
        assertThat(lexer.next()).isEqualTo(Lexer.Mark.END);
        assertThat(lexer.comments()).extracting(Comment::text).containsExactly(" last");
    }

    @Test
    void tellsWhereWordsAndMarksStand() throws ConfigException {
        var lexer = new Lexer("f", "\n  a 'b\nc'\n ;");
        lexer.next();
        assertThat(lexer.words()).extracting(Word::at).containsExactly(new Position("f", 2, 3),
                new Position("f", 2, 5));
        assertThat(lexer.at()).isEqualTo(new Position("f", 4, 2));
    }

    @Test
    void readsBlocksAndTheEnd() throws ConfigException {
        var lexer = new Lexer("f", "a{b c;} ");
        assertThat(List.of(lexer.next(), lexer.next(), lexer.next(), lexer.next())).containsExactly(Lexer.Mark.OPEN,
                Lexer.Mark.SEMICOLON, Lexer.Mark.CLOSE, Lexer.Mark.END);
    }

    @Test
    void takesWordsThatFillTheBuffer() throws ConfigException {
        assertThat(words(LONGEST + ";\n")).containsExactly(LONGEST);
        assertThat(words("a '" + LONGEST.substring(1) + "';\n")).containsExactly("a", LONGEST.substring(1));
    }

    @Test
    void refusesLongerWords() {
        refuses("a;\n" + LONGEST + " b;", "too long parameter \"xxxxxxxxxx...\" started in f:2");
        refuses("a;\nx" + LONGEST + ";", "too long parameter \"xxxxxxxxxx...\" started in f:2");
        refuses("a;\n b\n'" + LONGEST + "' c;", "too long parameter \"xxxxxxxxxx...\" started in f:3");
        refuses("a;\n\n# " + LONGEST + "\n", "too long parameter \"# xxxxxxxx...\" started in f:3");
        refuses("a;\n'" + LONGEST + "\nx' b;",
                "too long parameter, probably missing terminating \"'\" character in f:2");
        refuses("a;\n\n\"" + LONGEST + "\nx\" b;",
                "too long parameter, probably missing terminating \"\"\" character in f:3");
    }

    @Test
    void reportsTheEndOfTheFileBeforeTheLengthOfAWord() {
        assertThatThrownBy(() -> words("x" + LONGEST)).hasMessage(
                "unexpected end of file, expecting \";\" or \"}\" in f:1");
    }

    @Test
    void limitsNoWordOfTheCommandLine() throws ConfigException {
        var lexer = new Lexer(Position.COMMAND_LINE, "a x" + LONGEST + LONGEST + " b;");
        assertThat(lexer.next()).isEqualTo(Lexer.Mark.SEMICOLON);
    }

    private static void refuses(String text, String error) {
        assertThatThrownBy(() -> words(text)).isInstanceOf(ConfigException.class).hasMessage(error);
    }

    private static List<String> words(String text) throws ConfigException {
        var lexer = new Lexer("f", text);
        Lexer.Mark mark;
        List<String> words;
        do {
            mark = lexer.next();
            words = Configs.texts(lexer.words());
        } while (mark == Lexer.Mark.SEMICOLON && words.equals(List.of("a")));
        return words;
    }
}
