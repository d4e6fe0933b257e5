package io.frontdesk.codec.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frontdesk.codec.Bytes;
import io.frontdesk.codec.http1.HeadWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    private final Fields fields = new Fields();

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void findsFieldsByIdByNameAndByKey() {
        fields.add("X-One", "1");
        fields.add("VIA", "a");
        fields.add(FieldName.VIA, "b");
        fields.add("x-ONE", "2");
        assertThat(fields.find(FieldName.VIA)).isEqualTo(1);
        assertThat(fields.next(1)).isEqualTo(2);
        assertThat(fields.next(2)).isEqualTo(-1);
        assertThat(fields.find(bytes("zx-one"), 1, 5)).isZero();
        assertThat(fields.next(0)).isEqualTo(3);
        assertThat(fields.find(FieldKey.of("X-one"))).isZero();
        assertThat(fields.find(FieldKey.of("via"))).isEqualTo(1);
        assertThat(fields.find(FieldName.HOST)).isEqualTo(-1);
        assertThat(fields.find(FieldKey.of("x-two"))).isEqualTo(-1);
        assertThat(fields.id(3)).isEqualTo(FieldName.UNKNOWN);
    }

    @Test
    void skipsRemovedFields() {
        for (String value : new String[]{"a", "b", "c"}) {
            fields.add("Via", value);
            fields.add("Other", value);
        }
        fields.remove(0);
        fields.remove(1);
        assertThat(fields.find(FieldName.VIA)).isEqualTo(2);
        assertThat(fields.find(FieldKey.of("other"))).isEqualTo(3);
        fields.remove(4);
        assertThat(fields.next(2)).isEqualTo(-1);
        assertThat(fields.count()).isEqualTo(3);
        fields.removeAll(FieldName.VIA);
        assertThat(fields.has(FieldName.VIA)).isFalse();
        assertThat(fields).hasToString("Other: b\nOther: c\n");
        fields.add("Via", "d");
        assertThat(fields.valueString(fields.find(FieldName.VIA))).isEqualTo("d");
    }

    @Test
    void replacesAllFieldsOfAName() {
        fields.add("Via", "a");
        fields.add("Via", "b");
        assertThat(fields.set(FieldName.VIA, "c\n")).isFalse();
        assertThat(fields.count()).isEqualTo(2);
        assertThat(fields.set(FieldName.VIA, "c")).isTrue();
        assertThat(fields).hasToString("Via: c\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r", "a\n", "a\0", "\u00e9", "a(b", "a\u0142"})
    void refusesNamesThatAreNoTokens(String name) {
        assertThat(fields.add(name, "v")).isFalse();
        assertThat(fields.add(bytes(name), 0, name.length(), bytes("v"), 0, 1)).isFalse();
        assertThatThrownBy(() -> FieldKey.of(name)).isInstanceOf(IllegalArgumentException.class);
        assertThat(fields.size()).isZero();
        assertThat(fields.bytes().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\0", "a\r\nX: y", "abcdefgh\nijklmnop"})
    void refusesValuesThatBreakALine(String value) {
        assertThat(fields.add("X", value)).isFalse();
        assertThat(fields.add(FieldName.HOST, value)).isFalse();
        assertThat(fields.add(FieldName.HOST, bytes(value), 0, value.length())).isFalse();
        assertThat(fields.add(FieldKey.of("X"), bytes(value), 0, value.length())).isFalse();
        assertThat(fields.add(bytes("X"), 0, 1, value)).isFalse();
        assertThat(fields.size()).isZero();
        assertThat(fields.bytes().isEmpty()).isTrue();
    }

    @Test
    void startsEmptyAfterClear() {
        for (int i = 0; i < 200; i++) {
            fields.add("X-" + i, "v");
            fields.add(FieldName.VIA, "v");
        }
        assertThat(fields.size()).isEqualTo(400);
        assertThat(fields.find(FieldKey.of("x-199"))).isEqualTo(398);
        fields.clear();
        assertThat(fields.size()).isZero();
        assertThat(fields.has(FieldName.VIA)).isFalse();
        fields.add(FieldName.VIA, "w");
        assertThat(fields.next(fields.find(FieldName.VIA))).isEqualTo(-1);
    }

    @Test
    void knowsMembersOfLists() {
        fields.add("Connection", "keep-alive, , Foo\t,close-not");
        fields.add("Connection", "Close");
        assertThat(fields.hasToken(FieldName.CONNECTION, "close")).isTrue();
        assertThat(fields.hasToken(FieldName.CONNECTION, "foo")).isTrue();
        assertThat(fields.hasToken(FieldName.CONNECTION, "keep")).isFalse();
        assertThat(fields.hasToken(FieldName.TE, "trailers")).isFalse();
        assertThat(FieldList.count(bytes(",a, b,,c ,"), 0, 10)).isEqualTo(3);
    }

    @Test
    void findsWhatAVariableMeans() {
        fields.add("X-Foo-Bar", "1");
        fields.add("x_foo_bar", "2");
        assertThat(fields.findVariable(bytes("x_foo_bar"), 0)).isZero();
        assertThat(fields.findVariable(bytes("x_foo_bar"), 1)).isEqualTo(1);
        assertThat(fields.findVariable(bytes("x_foo_bar"), 2)).isEqualTo(-1);
        assertThat(fields.findVariable(bytes("x_foo_baz"), 0)).isEqualTo(-1);
    }

    @Test
    void copiesFieldsOfOtherTables() {
        Fields other = new Fields(new Bytes());
        other.add("A", "1");
        other.add("Via", "2");
        fields.add(other, 1);
        assertThat(fields).hasToString("Via: 2\n");
        assertThat(fields.has(FieldName.VIA)).isTrue();
        Bytes out = new Bytes();
        fields.appendValue(0, out);
        assertThat(out).hasToString("2");
        assertThat(fields.valueEquals(0, "2")).isTrue();
    }

    @Test
    void copiesFieldsThatStandInAHead() {
        Bytes head = Bytes.of("Via: 2\r\nx-tight:3\r\nX-Tab:\t4\r\nX-Wide:  \t 5 \r\nX-Empty: \r\nvia:-6\r\n");
        Fields other = new Fields(head);
        other.index(0, 3, 5, 1);
        other.index(8, 7, 16, 1);
        other.index(19, 5, 26, 1);
        other.index(29, 6, 40, 1);
        other.index(44, 7, 53, 0);
        other.index(55, 3, 60, 1);
        fields.add("Server", "s");
        for (int i = 0; i < other.size(); i++) {
            fields.add(other, i);
        }
        assertThat(fields).hasToString("Server: s\nVia: 2\nx-tight: 3\nX-Tab: 4\nX-Wide: 5\nX-Empty: \nvia: 6\n");
        assertThat(fields.find(FieldName.VIA)).isEqualTo(1);
        assertThat(fields.next(1)).isEqualTo(6);
        assertThat(fields.find(bytes("X-TIGHT"), 0, 7)).isEqualTo(2);
        Bytes out = new Bytes();
        HeadWriter.fields(out, fields);
        assertThat(out).hasToString(
                "Server: s\r\nVia: 2\r\nx-tight: 3\r\nX-Tab: 4\r\nX-Wide: 5\r\nX-Empty: \r\nvia: 6\r\n");
    }
}
