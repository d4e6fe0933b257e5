package io.frontdesk.codec.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldNameTest {
    @Test
    void namesEachConstantAfterItsField() throws ReflectiveOperationException {
        int constants = 0;
        for (Field field : FieldName.class.getFields()) {
            if (field.getName().equals("UNKNOWN") || field.getName().equals("COUNT")) {
                continue;
            }
            String name = FieldName.name(field.getInt(null));
            assertThat(name.toUpperCase(Locale.ROOT).replace('-', '_')).isEqualTo(field.getName());
            constants++;
        }
        assertThat(constants).isEqualTo(FieldName.COUNT - 1);
    }

    @Test
    void findsEachNameInAnyCaseAndPlace() {
        for (int id = 1; id < FieldName.COUNT; id++) {
            String name = FieldName.name(id);
            assertThat(FieldName.idOf(name)).isEqualTo(id);
            assertThat(FieldName.idOf(name.toUpperCase(Locale.ROOT))).isEqualTo(id);
            byte[] line = ("xx" + name.toLowerCase(Locale.ROOT) + ": v").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(FieldName.idOf(line, 2, name.length())).isEqualTo(id);
            assertThat(FieldName.lowerHash(line, 2, name.length())).isEqualTo(
                    FieldName.lowerHash(FieldName.wire(id), 0, name.length()));
        }
    }

    @Test
    void knowsNoOtherNames() {
        for (int id = 1; id < FieldName.COUNT; id++) {
            String name = FieldName.name(id);
            for (int i = 0; i < name.length(); i++) {
                String other = name.substring(0, i) + '!' + name.substring(i + 1);
                assertThat(FieldName.idOf(other)).isEqualTo(FieldName.UNKNOWN);
            }
            assertThat(FieldName.idOf(name + "x")).isEqualTo(FieldName.UNKNOWN);
            assertThat(FieldName.idOf(name.substring(1))).isNotEqualTo(id);
        }
        assertThat(FieldName.idOf("")).isEqualTo(FieldName.UNKNOWN);
        assertThat(FieldName.idOf("content_length")).isEqualTo(FieldName.UNKNOWN);
    }

    @Test
    void spreadsNamesThatCollideAsStrings() {
        Set<Integer> hashes = new HashSet<>();
        Set<Integer> stringHashes = new HashSet<>();
        for (int i = 0; i < 1024; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 10; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            stringHashes.add(name.toString().hashCode());
            hashes.add(FieldName.lowerHash(name.toString().getBytes(StandardCharsets.ISO_8859_1), 0, name.length()));
        }
        assertThat(stringHashes).hasSize(1);
        assertThat(hashes).hasSizeGreaterThan(1000);
    }
}
