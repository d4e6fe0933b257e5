package io.frontdesk.e2e.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.frontdesk.net.ControlPlane;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All code is taken to be reachable from an event loop, but for what carries {@link ControlPlane} and for the packages
 * listed here, and nothing reachable from a loop may wait.
 */
@Tag("architecture")
final class LoopsNeverBlockTest {
    /** Packages that never run on a loop. */
    private static final List<String> OFF_THE_LOOPS = List.of("io.frontdesk.config", "io.frontdesk.testkit");

    private static final ArchRule RULE = noClasses().should().accessTargetWhere(onALoop().and(blocks()))
            .because("an event loop that waits stops all its connections; mark what runs elsewhere with @ControlPlane");

    @Test
    void noLoopCanReachACallThatWaits() {
        RULE.check(ProgramClasses.all());
    }

    @Test
    void noLoopCanReachAMethodThatLocks() {
        noMethods()
                .that(DescribedPredicate.describe("are reachable from an event loop", method -> !isOffTheLoops(method)))
                .should().haveModifier(JavaModifier.SYNCHRONIZED).allowEmptyShould(true).check(ProgramClasses.all());
    }

    @Test
    void seesACallThatWaits() {
        assertThatThrownBy(() -> RULE.check(new ClassFileImporter().importClasses(Waits.class)))
                .hasMessageContaining("Waits.sleeps()").hasMessageContaining("Waits.locks(")
                .hasMessageContaining("Waits.waits()").hasMessageContaining("Waits.joinsInALambda(");
    }

    @Test
    void leavesTheControlPlaneAlone() {
        var classes = new ClassFileImporter().importClasses(MarkedType.class, MarkedType.Inner.class,
                MarkedMethod.class);

        assertThat(classes).hasSize(3);
        RULE.check(classes);
    }

    private static DescribedPredicate<JavaAccess<?>> blocks() {
        return DescribedPredicate.describe("makes its thread wait", BlockingCalls::contain);
    }

    private static DescribedPredicate<JavaAccess<?>> onALoop() {
        return DescribedPredicate.describe("is reachable from an event loop",
                access -> !isOffTheLoops(access.getOrigin()));
    }

    private static boolean isOffTheLoops(JavaCodeUnit origin) {
        String name = origin.getOwner().getPackageName();
        if (OFF_THE_LOOPS.stream().anyMatch(known -> name.equals(known) || name.startsWith(known + "."))) {
            return true;
        }
        if (origin.isAnnotatedWith(ControlPlane.class)) {
            return true;
        }
        Optional<JavaClass> owner = Optional.of(origin.getOwner());
        while (owner.isPresent()) {
            if (owner.get().isAnnotatedWith(ControlPlane.class)) {
                return true;
            }
            owner = owner.get().getEnclosingClass();
        }
        return false;
    }

    @SuppressWarnings("WaitNotInLoop")
    static final class Waits {
        void sleeps() throws InterruptedException {
            Thread.sleep(1);
        }

        void locks(ReentrantLock lock) {
            lock.lock();
        }

        void waits() throws InterruptedException {
            wait();
        }

        Runnable joinsInALambda(CompletableFuture<String> future) {
            return () -> future.join();
        }
    }

    @ControlPlane("the thread of this test")
    static final class MarkedType {
        static final class Inner {
            void sleeps() throws InterruptedException {
                Thread.sleep(1);
            }
        }
    }

    static final class MarkedMethod {
        @ControlPlane("the thread of this test")
        void sleeps() throws InterruptedException {
            Thread.sleep(1);
        }
    }
}
