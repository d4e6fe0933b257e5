package io.frontdesk.e2e.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.frontdesk.engine.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
    private static final Map<String, String> NO_JAVA = Map.of("JAVA_HOME", "/nowhere");

    @TempDir
    Path temporary;

    LauncherHome home;

    @BeforeEach
    void copyTheLauncher() throws IOException {
        home = new LauncherHome(Files.createDirectory(temporary.resolve("a home")));
    }

    @Test
    void answersItsVersionOnStderrAsNginxDoes() throws Exception {
        var outcome = home.run(NO_JAVA, "./frontdesk", "-v");

        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).containsExactly("nginx version: nginx/" + Identity.NGINX_VERSION,
                "frontdesk " + Identity.VERSION);
    }

    @Test
    void hasTheVersionOfTheBuild() {
        assertThat(System.getProperty("frontdesk.version").replace("-SNAPSHOT", "")).isEqualTo(Identity.VERSION);
    }

    @Test
    void answersTheLongWordOnStdout() throws Exception {
        var outcome = home.run(NO_JAVA, "./frontdesk", "--version");

        assertThat(outcome.out()).singleElement().asString().startsWith("frontdesk ");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void listsConfigureArgumentsOnOneLine() throws Exception {
        home.write("app/src/main/dist/configure-arguments", """
                # a comment
                --with-http_v2_module

                --without-http_ssi_module
                """);

        var outcome = home.run(NO_JAVA, "./frontdesk", "-V");

        assertThat(outcome.err()).last()
                .isEqualTo("configure arguments: --with-http_v2_module --without-http_ssi_module");
    }

    @Test
    void namesEachConfigureArgumentAsNginxDoes() throws Exception {
        var words = Files.readAllLines(LauncherHome.root().resolve("app/src/main/dist/configure-arguments")).stream()
                .filter(line -> !line.startsWith("#")).toList();

        assertThat(words).doesNotHaveDuplicates().isSorted()
                .allMatch(word -> word.matches("--with(out)?-(http|stream|mail)([-_][a-z0-9_]+)?"));
    }

    @Test
    void becomesTheJvmWithItsSignalsBlocked() throws Exception {
        var outcome = home.run(java("25.0.3"), "./frontdesk", "-c", "a b.conf", "-g", "daemon off;");

        assertThat(outcome.out()).containsSubsequence("-XX:+UseSerialGC", "-Xrs", "-Dfrontdesk.signals=blocked", "-cp",
                home.folder() + "/app/target/frontdesk/lib/frontdesk-app.jar",
                "io.frontdesk.app.Main", "-c", "a b.conf", "-g", "daemon off;");
        // HUP 1, INT 2, QUIT 3, USR1 10, USR2 12, TERM 15, WINCH 28
        assertThat(outcome.out()).contains("SigBlk:\t0000000008004a07", "pid=" + outcome.pid());
    }

    @Test
    void readsFileNamesAsBytesInAnyLocale() throws Exception {
        assertThat(home.run(java("25"), "./frontdesk").out()).contains("LC_ALL=C.UTF-8");
    }

    @Test
    void appendsTheOperatorsOptions() throws Exception {
        var environment = Map.of("JAVA_HOME", home.java("25").toString(), "FRONTDESK_JAVA_OPTS", "-Xmx1g -Dx=y");

        assertThat(home.run(environment, "./frontdesk").out()).containsSubsequence("-Xms32m", "-Xmx1g", "-Dx=y",
                "io.frontdesk.app.Main");
    }

    @Test
    void usesAnAotCacheThatIsThere() throws Exception {
        Path cache = home.write("app/target/frontdesk/frontdesk.aot", "");

        assertThat(home.run(java("25"), home.launcher().toString()).out()).contains("-XX:AOTCache=" + cache);
    }

    @Test
    void takesANewerJava() throws Exception {
        assertThat(home.run(java("30-ea"), "./frontdesk").out()).contains("io.frontdesk.app.Main");
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        Path newer = home.java("26");
        var environment = Map.of("JAVA_HOME", home.java("24.0.2").toString(), "PATH", newer + "/bin:/usr/bin:/bin");

        assertThat(home.run(environment, "./frontdesk").out()).contains("io.frontdesk.app.Main");
    }

    @Test
    void findsItsFolderThroughSymbolicLinks() throws Exception {
        Path first = Files.createSymbolicLink(temporary.resolve("first"), home.launcher());
        Path second = Files.createSymbolicLink(temporary.resolve("second"), first);

        assertThat(home.run(java("25"), second.toString()).out()).contains("io.frontdesk.app.Main");
    }

    @Test
    void hasOneNameForItsFolder() throws Exception {
        String jar = home.folder() + "/app/target/frontdesk/lib/frontdesk-app.jar";

        assertThat(home.run(java("25"), "./frontdesk").out()).contains(jar);
        assertThat(home.run(java("25"), "app/../frontdesk").out()).contains(jar);
        assertThat(home.run(java("25"), home.folder() + "/app/../frontdesk").out()).contains(jar);
    }

    @Test
    void findsItsFolderByPath() throws Exception {
        var environment = Map.of("JAVA_HOME", home.java("25").toString(), "PATH", home.folder() + ":/usr/bin:/bin");

        assertThat(home.run(environment, "/bin/sh", "-c", "cd / && exec frontdesk").out())
                .contains("io.frontdesk.app.Main");
    }

    @Test
    void startsWithAnEnvThatCannotBlockSignals() throws Exception {
        Path env = home.write("old/env", """
                #!/bin/sh
                case $1 in -*) echo "env: unrecognized option" >&2; exit 125 ;; esac
                exec "$@"
                """);
        assertThat(env.toFile().setExecutable(true)).isTrue();
        var environment = Map.of("JAVA_HOME", home.java("25").toString(), "PATH", env.getParent() + ":/usr/bin:/bin");

        var outcome = home.run(environment, "./frontdesk", "-t");

        assertThat(outcome.out()).contains("io.frontdesk.app.Main", "-t").doesNotContain("-Xrs");
        assertThat(outcome.err()).singleElement().asString().contains("cannot block signals");
    }

    private Map<String, String> java(String version) throws IOException {
        return Map.of("JAVA_HOME", home.java(version).toString());
    }
}
