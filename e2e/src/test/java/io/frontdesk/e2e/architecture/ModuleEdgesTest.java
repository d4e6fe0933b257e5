package io.frontdesk.e2e.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom: docs/adr/0001-split-into-maven-modules.md. */
@Tag("architecture")
final class ModuleEdgesTest {
    private static final JavaClasses PROGRAM = ProgramClasses.all();

    @ParameterizedTest
    @MethodSource("modules")
    void findsTheClassesOfEachModule(String module) {
        assertThat(PROGRAM).anyMatch(type -> type.getPackageName().startsWith("io.frontdesk." + module));
    }

    static List<String> modules() {
        return ProgramClasses.MODULES;
    }

    @Test
    void configKnowsOnlyTheJdk() {
        mayKnow("config");
    }

    @Test
    void netKnowsOnlyNetty() {
        // TLS is the JDK's business as well, where its packages begin with javax.
        mayKnow("net", "io.netty..", "javax.crypto..", "javax.naming..", "javax.net.ssl..", "javax.security..");
    }

    @Test
    void codecKnowsOnlyNetty() {
        mayKnow("codec", "io.netty..");
    }

    @Test
    void engineKnowsConfigNetAndCodec() {
        mayKnow("engine", "io.netty..", "io.frontdesk.config..", "io.frontdesk.net..", "io.frontdesk.codec..");
    }

    @Test
    void modulesKnowNothingAboveTheEngine() {
        noClasses().that().resideInAPackage("io.frontdesk.modules..").should().dependOnClassesThat()
                .resideInAnyPackage("io.frontdesk.app..", "io.frontdesk.testkit..").check(PROGRAM);
    }

    @Test
    void theProgramDoesNotKnowItsTestkit() {
        noClasses().that().resideOutsideOfPackage("io.frontdesk.testkit..").should().dependOnClassesThat()
                .resideInAPackage("io.frontdesk.testkit..").check(PROGRAM);
    }

    @Test
    void featuresDoNotKnowEachOther() {
        slices().matching("io.frontdesk.modules.(*)..").should().notDependOnEachOther().allowEmptyShould(true)
                .check(PROGRAM);
    }

    /** Bytes in, events out: what is read or written is somebody else's, and so is the time. */
    @Test
    void codecOpensNoSocketAndReadsNoClock() {
        noClasses().that().resideInAPackage("io.frontdesk.codec..").should().dependOnClassesThat()
                .resideInAnyPackage("java.net", "java.nio.channels..", "io.netty.bootstrap..",
                        "io.netty.channel.socket..", "io.netty.channel.epoll..", "io.netty.channel.unix..")
                .orShould().callMethod(System.class, "currentTimeMillis").orShould()
                .callMethod(System.class, "nanoTime")
                .orShould().dependOnClassesThat().areAssignableTo(java.time.InstantSource.class).check(PROGRAM);
    }

    @Test
    void onlyNetReachesNativeCode() {
        noClasses().that().resideOutsideOfPackage("io.frontdesk.net..").should().dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..").check(PROGRAM);
        noClasses().should().callMethod(System.class, "loadLibrary", String.class).orShould()
                .callMethod(System.class, "load", String.class).check(PROGRAM);
    }

    @Test
    void nobodyUsesReflection() {
        noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect..").check(PROGRAM);
    }

    private static void mayKnow(String module, String... packages) {
        List<String> known = new ArrayList<>(Arrays.asList(packages));
        known.addAll(List.of("java..", "org.jspecify..", "io.frontdesk." + module + ".."));
        classes().that().resideInAPackage("io.frontdesk." + module + "..").should().onlyDependOnClassesThat()
                .resideInAnyPackage(known.toArray(String[]::new)).check(PROGRAM);
    }
}
