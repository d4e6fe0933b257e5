package io.frontdesk.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** {@link FaultTable}: each row has tests, and they are there. */
class FaultTableTest {
    private static Stream<FaultTable.Row> rows() {
        return Stream.of(FaultTable.ATTACKS, FaultTable.FAULTS, FaultTable.RULES).flatMap(List::stream);
    }

    private static List<String> testsOf(String name) throws ClassNotFoundException {
        String[] parts = name.split("\\.", -1);
        Class<?> test = Class.forName("io.frontdesk.e2e." + parts[0] + "." + parts[1], false,
                FaultTableTest.class.getClassLoader());
        List<String> found = new ArrayList<>();
        for (Method method : test.getDeclaredMethods()) {
            boolean isTest = method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(TestFactory.class)
                    || method.isAnnotationPresent(ParameterizedTest.class);
            if (isTest && (parts.length < 3 || method.getName().startsWith(parts[2]))) {
                found.add(method.getName());
            }
        }
        return found;
    }

    @TestFactory
    Stream<DynamicTest> eachRowHasItsTests() {
        return rows().map(row -> DynamicTest.dynamicTest(row.fault(), () -> {
            assertThat(row.tests()).isNotEmpty();
            for (String test : row.tests()) {
                assertThat(testsOf(test)).as(test).isNotEmpty();
            }
        }));
    }
}
