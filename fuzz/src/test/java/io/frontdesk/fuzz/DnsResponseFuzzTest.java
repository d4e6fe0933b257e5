package io.frontdesk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.frontdesk.codec.dns.DnsFormatException;
import io.frontdesk.codec.dns.DnsQuery;
import io.frontdesk.codec.dns.DnsQuestion;
import io.frontdesk.codec.dns.DnsRecord;
import io.frontdesk.codec.dns.DnsResponse;

/** Any bytes as a DNS response: read, or refused by the one exception that says so. */
class DnsResponseFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void readsOrRefusesAnyMessage(byte[] bytes) {
        try {
            DnsResponse response = DnsResponse.read(bytes);
            DnsQuestion question = response.question();
            for (DnsRecord record : response.answers()) {
                assertThat(record.ttlSeconds()).isNotNegative();
                if (record instanceof DnsRecord.Alias alias) {
                    assertThat(response.nameAt(alias.target())).hasSizeLessThan(128 * 64);
                }
            }
            byte[] again = DnsQuery.encode(response.id(), question.name(), question.type());
            if (again != null) {
                // Labels may hold dots, so that the labels, but not the name, come out otherwise.
                assertThat(DnsResponse.read(again).question()).isEqualTo(question);
            }
        } catch (DnsFormatException e) {
            assertThat(e).hasMessageContaining("DNS response");
        }
    }
}
