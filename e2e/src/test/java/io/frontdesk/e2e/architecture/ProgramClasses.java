package io.frontdesk.e2e.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The compiled main classes of the program, read once for all rules. */
final class ProgramClasses {
    /** From the bottom to the top: a module may depend only on those before it. */
    static final List<String> MODULES = List.of("config", "net", "codec", "engine", "modules", "app", "testkit");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(MODULES.stream().map(module -> "io.frontdesk." + module).toList());

    private ProgramClasses() {}

    static JavaClasses all() {
        return ALL;
    }
}
