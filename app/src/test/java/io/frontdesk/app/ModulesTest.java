package io.frontdesk.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.frontdesk.config.ConfigChecker;
import io.frontdesk.config.Module;
import org.junit.jupiter.api.Test;

/** The packing list. */
class ModulesTest {
    @Test
    void packsEachModuleOnce() {
        assertThat(new Modules().all()).extracting(Module::name).doesNotHaveDuplicates();
    }

    @Test
    void hasNoDirectiveTwiceInOneContext() {
        assertThatCode(() -> new ConfigChecker(new Modules().all())).doesNotThrowAnyException();
    }
}
