package io.frontdesk.codec.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsMessageTest {
    private static final String HEADER = "1234 8180 0001 0001 0000 0000";
    private static final String QUESTION = "01 61 07 6578616d706c65 00 0001 0001";
    private static final String A = "c00c 0001 0001 0000003c 0004 7f000001";

    @Test
    void writesOneRecursiveQuestion() {
        assertThat(DnsQuery.encode(0x1234, "a.example", DnsType.AAAA))
                .isEqualTo(bytes("1234 0100 0001 0000 0000 0000 01 61 07 6578616d706c65 00 001c 0001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", ".a", "a.", "a.b."})
    void asksForNoNameWithAnEmptyLabel(String name) {
        assertThat(DnsQuery.encode(1, name, DnsType.A)).isNull();
    }

    @Test
    void asksForALabelOf63OctetsButNotOf64() {
        assertThat(DnsQuery.encode(1, "x".repeat(63) + ".org", DnsType.A)).isNotNull();
        assertThat(DnsQuery.encode(1, "x".repeat(64) + ".org", DnsType.A)).isNull();
        assertThat(DnsQuery.encode(1, "a." + "x".repeat(64), DnsType.A)).isNull();
    }

    @Test
    void asksForANameOfTheLimitButNotOfOneMore() {
        String name = "x.".repeat(DnsQuery.MAX_NAME / 2 - 1);
        assertThat(DnsQuery.encode(1, name + "yy", DnsType.A)).hasSize(12 + 1 + DnsQuery.MAX_NAME + 1 + 4);
        assertThat(DnsQuery.encode(1, name + "yyy", DnsType.A)).isNull();
    }

    @Test
    void readsAnAddress() throws DnsFormatException {
        DnsResponse response = read(HEADER + QUESTION + A);

        assertThat(response.id()).isEqualTo(0x1234);
        assertThat(response.isStandard()).isTrue();
        assertThat(response.isTruncated()).isFalse();
        assertThat(response.code()).isZero();
        assertThat(response.question()).isEqualTo(new DnsQuestion("a.example", DnsType.A));
        assertThat(response.answers()).singleElement().isInstanceOfSatisfying(DnsRecord.Address.class, address -> {
            assertThat(address.ttlSeconds()).isEqualTo(60);
            assertThat(address.bytes()).containsExactly(127, 0, 0, 1);
        });
    }

    @Test
    void readsAnIpv6Address() throws DnsFormatException {
        DnsResponse response = read("1 234 8180 0001 0001 0000 0000 01 61 00 001c 0001 "
                + "c00c 001c 0001 00000000 0010 fe80000000000000 0000000000000001");

        assertThat(response.question().type()).isEqualTo(DnsType.AAAA);
        assertThat(response.answers()).singleElement().isInstanceOfSatisfying(DnsRecord.Address.class,
                address -> assertThat(address.bytes()).hasSize(16).endsWith(1));
    }

    @Test
    void readsTheTargetOfAnAliasByItsPointer() throws DnsFormatException {
        DnsResponse response = read(HEADER + QUESTION + "c00c 0005 0001 0000003c 0005 02 6242 c00e");

        response.question();
        DnsRecord.Alias alias = (DnsRecord.Alias) response.answers().getFirst();
        assertThat(response.nameAt(alias.target())).isEqualTo("bb.example");
    }

    @Test
    void readsAService() throws DnsFormatException {
        DnsResponse response = read("1234 8180 0001 0001 0000 0000 01 61 00 0021 0001 "
                + "c00c 0021 0001 0000003c 000b 0001 0002 1f90 01 62 c00c 00 00");

        response.question();
        assertThat(response.answers()).containsExactly(new DnsRecord.Service(60, 1, 2, 8080, "b.a"));
    }

    @Test
    void takesANegativeTimeToLiveForZero() throws DnsFormatException {
        DnsResponse response = read(HEADER + QUESTION + A.replace("0000003c", "ffffffff"));

        response.question();
        assertThat(response.answers().getFirst().ttlSeconds()).isZero();
    }

    @Test
    void passesOverRecordsThatItDoesNotKnow() throws DnsFormatException {
        DnsResponse response = read(HEADER.replace("0001 0000", "0003 0000") + QUESTION
                + "c00c 0027 0001 0000003c 0002 0000 c00c 0010 0001 00000001 0001 00" + A);

        response.question();
        assertThat(response.answers()).hasSize(3).startsWith(new DnsRecord.Other(60, 39, true),
                new DnsRecord.Other(1, 16, false));
    }

    @ParameterizedTest
    @CsvSource({
            "1234818000000000, short DNS response",
            "123481800002000000000000, invalid number of questions in DNS response",
            "123481800001000000000000c00c00010001, unexpected compression pointer in DNS response",
            "1234818000010000000000000000010001, zero-length domain name in DNS response",
            "123481800001000000000000016100, short DNS response",
            "123481800001000000000000016100000100ff, unknown query class 255 in DNS response",
            "123481800001000000000000016100000f0001, unknown query type 15 in DNS response",
            "12348180000100010000000001610000010001, short DNS response"})
    void refusesAQuestion(String hex, String reason) {
        assertThatThrownBy(() -> DnsResponse.read(HexFormat.of().parseHex(hex)).question())
                .isInstanceOf(DnsFormatException.class).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource({
            "c00c 0001 0001 0000003c 0000, short DNS response",
            "c00c 0001 0001 0000003c 0004 7f0000, short DNS response",
            "c00c 0001 0001 0000003c 0003 7f0000, invalid A record in DNS response",
            "c00c 001c 0001 0000003c 0004 7f000001, unexpected AAAA record in DNS response",
            "c00c 0001 0003 0000003c 0004 7f000001, unexpected RR class 3 in DNS response",
            "00 0001 0001 0000003c 0004 7f000001, invalid name in DNS response",
            "3f 0001 0001 0000003c 0004 7f000001, short DNS response"})
    void refusesAnAnswer(String record, String reason) throws DnsFormatException {
        DnsResponse response = read(HEADER + QUESTION + record);
        response.question();
        assertThatThrownBy(response::answers).isInstanceOf(DnsFormatException.class).hasMessage(reason);
    }

    @ParameterizedTest
    @CsvSource({"c01b, compression pointers loop in DNS response", "c0ff, name is out of DNS response",
            "41, invalid label type in DNS response", "3f, name is out of DNS response"})
    void refusesATarget(String target, String reason) throws DnsFormatException {
        byte[] message = bytes(HEADER + QUESTION + "c00c 0005 0001 0000003c 0002" + target);
        int at = message.length - bytes(target).length;
        if (target.equals("c01b")) {
            message[message.length - 1] = (byte) at;
        }
        DnsResponse response = DnsResponse.read(message);
        response.question();
        DnsRecord.Alias alias = (DnsRecord.Alias) response.answers().getFirst();
        assertThatThrownBy(() -> response.nameAt(alias.target())).hasMessage(reason);
    }

    @Test
    void readsWhatItWrote() throws DnsFormatException {
        byte[] query = DnsQuery.encode(7, "Www.Example.ORG", DnsType.SRV);
        assertThat(query).isNotNull();
        assertThat(DnsResponse.read(query).question()).isEqualTo(new DnsQuestion("www.example.org", DnsType.SRV));
    }

    /** What the fuzzer looks for, in small. */
    @Test
    void survivesAnyBytes() {
        byte[] good = bytes(HEADER.replace("0001 0000", "0002 0000") + QUESTION + A
                + "c00c 0005 0001 0000003c 0005 02 6242 c00e");
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 50_000; round++) {
            byte[] message = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && message.length > 0; flips--) {
                message[random.nextInt(message.length)] = (byte) random.nextInt();
            }
            try {
                DnsResponse response = DnsResponse.read(message);
                response.question();
                for (DnsRecord record : response.answers()) {
                    if (record instanceof DnsRecord.Alias alias) {
                        response.nameAt(alias.target());
                    }
                }
            } catch (DnsFormatException e) {
                assertThat(e).hasMessageContaining("DNS response");
            }
        }
    }

    private static DnsResponse read(String hex) throws DnsFormatException {
        return DnsResponse.read(bytes(hex));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
