package io.frontdesk.config;

import java.util.List;

/** Reads and checks configurations that tests hold in text blocks. */
final class Configs {

    static final String FILE = "/nginx.conf";

    private Configs() {}

    static ConfigText read(String text) {
        return new ConfigReader().readText(FILE, text);
    }

    static Scope check(Module module, String text) throws ConfigException {
        return new ConfigChecker(List.of(module)).check(read(text));
    }

    static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }
}
