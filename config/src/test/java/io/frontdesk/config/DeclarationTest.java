package io.frontdesk.config;

import static io.frontdesk.config.Context.HTTP;
import static io.frontdesk.config.Context.SERVER;
import static io.frontdesk.config.Context.SERVER_IF;
import static io.frontdesk.config.Shapes.block;
import static io.frontdesk.config.Shapes.flag;
import static io.frontdesk.config.Shapes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DeclarationTest {

    private static final class Group extends Module {

        final Directive<String> pass;

        Group(String prefix) {
            super(prefix);
            pass = directive(prefix + "_pass", text()).in(HTTP).doc("Passes.");
        }
    }

    private static final class LimitReqModule extends Module {

        final Directive<Boolean> dryRun = directive("limit_req_dry_run", flag()).in(HTTP).orElse(false).doc("Tries.");
        final Group group = group(new Group("extra"));
    }

    private static final class Single extends Module {

        Single(Consumer<Single> declare) {
            declare.accept(this);
        }

        Declaration<Boolean> a() {
            return directive("a", block());
        }
    }

    @Test
    void namesAModuleAfterItsClass() {
        assertThat(new LimitReqModule().name()).isEqualTo("limit_req");
    }

    @Test
    void listsDirectivesInOrderWithThoseOfItsGroups() {
        var module = new LimitReqModule();
        assertThat(module.directives()).containsExactly(module.dryRun, module.group.pass);
    }

    @Test
    void letsBlocksRepeatAndOtherLinesInheritUnlessToldOtherwise() {
        var sample = new SampleModule();
        assertThat(sample.gzip.inheritance()).isEqualTo(Inheritance.NEAREST);
        assertThat(sample.server.inheritance()).isEqualTo(Inheritance.REPEATABLE);
        assertThat(sample.map.inheritance()).isEqualTo(Inheritance.REPEATABLE);
        assertThat(sample.http.inheritance()).isEqualTo(Inheritance.LOCAL);
    }

    @Test
    void refusesHalfDeclarations() {
        refuses("may stand nowhere", single -> single.a().doc("Text."));
        refuses("no manual text", single -> single.a().in(HTTP).doc(" "));
        refuses("two kinds of block", single -> single.a().in(HTTP).opens(SERVER).raw().doc("Text."));
        refuses("only in some contexts", single -> single.a().in(HTTP).opens(SERVER, SERVER_IF).doc("Text."));
        refuses("no block to close", single -> single.a().in(HTTP).closing((body, call) -> {}).doc("Text."));
        refuses("many lines", single -> single.a().in(HTTP).list().orElse(true).doc("Text."));
        refuses("two rules", single -> single.a().list().local());
    }

    @Test
    void refusesTwoDirectivesOfOneNameInOneContext() {
        var first = new Single(single -> single.a().in(HTTP).doc("Text."));
        var second = new Single(single -> single.a().in(HTTP, SERVER).doc("Text."));
        var third = new Single(single -> single.a().in(SERVER).doc("Text."));
        assertThat(new ConfigChecker(List.of(first, third)).warnings()).isEmpty();
        assertThatThrownBy(() -> new ConfigChecker(List.of(first, second))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("declared by single too");
    }

    @Test
    void refusesChildrenOfABlockThatIsNotRaw() {
        var module = new Module("m") {
            final Directive<Integer> a = directive("a", Shapes.of("", 0, 0, call -> call.children().size())).in(
                    Context.MAIN).doc("Text.");
        };
        assertThatThrownBy(() -> Configs.check(module, "a;")).isInstanceOf(IllegalStateException.class);
        assertThat(module.a.syntaxLine()).isEqualTo("a;");
    }

    private static void refuses(String reason, Consumer<Single> declare) {
        assertThatThrownBy(() -> new Single(declare)).isInstanceOf(IllegalStateException.class).hasMessageContaining(
                reason);
    }
}
