package io.frontdesk.e2e.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.frontdesk.e2e.resolver.Lookups.Lookup;
import io.frontdesk.testkit.DnsAnswer;
import io.frontdesk.testkit.DnsAsked;
import io.frontdesk.testkit.DnsServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row: DNS: NXDOMAIN, SERVFAIL, timeout, CNAME loop, TTL 0, flapping, spoofed. The resolver of a loop against a scripted server. */
class ResolverTest {
    @Test
    void findsTheAddressesOfBothFamiliesIpv4First() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of().address(60, "127.0.0.1").address(60, "127.0.0.2")
                .address(60, "::1")); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1 127.0.0.2 ::1");
        }
    }

    @Test
    void asksForTheFamiliesThatAreWanted() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of().address(60, "127.0.0.1").address(60, "::1"));
                Lookups v4 = Lookups.of(0, true, false, dns);
                Lookups v6 = Lookups.of(0, false, true, dns)) {
            assertThat(v4.resolve("four.example")).isEqualTo("127.0.0.1");
            assertThat(v6.resolve("six.example")).isEqualTo("::1");
            assertThat(dns.count("four.example")).isOne();
            assertThat(dns.count("six.example", "AAAA")).isOne();
            assertThat(dns.count("six.example")).isOne();
        }
    }

    @Test
    void asksNobodyForAnAddress() {
        try (DnsServer dns = DnsServer.silent(); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("192.0.2.1")).isEqualTo("192.0.2.1");
            assertThat(dns.asked()).isEmpty();
        }
    }

    @Test
    void keepsAnAnswerForAllSpellingsOfAName() {
        try (DnsServer dns = DnsServer.answering("127.0.0.1"); Lookups lookups = Lookups.of(dns)) {
            lookups.resolve("a.example");
            lookups.resolve("A.Example");
            assertThat(lookups.resolve("a.example.")).isEqualTo("127.0.0.1");
            assertThat(dns.count("a.example", "A")).isOne();
        }
    }

    @Test
    void beginsAKeptAnswerAnywhere() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of().address(60, "127.0.0.1").address(60, "127.0.0.2")
                .address(60, "::1")); Lookups lookups = Lookups.of(dns)) {
            lookups.resolve("a.example");
            Set<String> seen = java.util.stream.Stream.generate(() -> lookups.resolve("a.example")).limit(200)
                    .collect(Collectors.toSet());
            // two orders of the first family, three places to begin
            assertThat(seen).hasSize(6).allMatch(text -> text.contains("127.0.0.1") && text.contains("127.0.0.2")
                    && text.contains("::1"));
        }
    }

    @Test
    void doesNotKeepAnAnswerWithoutTimeToLive() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of().address(0, "127.0.0." + q.count()));
                Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.2");
        }
    }

    @Test
    void asksAgainWhenTheShortestTimeToLiveIsOver() {
        try (DnsServer dns = DnsServer.answering(
                q -> DnsAnswer.of().address(600, "127.0.0." + q.count()).address(1, "127.0.1." + q.count()));
                Lookups lookups = Lookups.of(0, true, false, dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1 127.0.1.1");
            await().until(() -> lookups.resolve("a.example").equals("127.0.0.2 127.0.1.2"));
        }
    }

    @Test
    void keepsAnAnswerForAsLongAsTheLineSays() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of().address(0, "127.0.0.1"));
                Lookups lookups = Lookups.of(600, true, true, dns)) {
            lookups.resolve("a.example");
            lookups.resolve("a.example");
            assertThat(dns.count("a.example", "A")).isOne();
        }
    }

    @Test
    void asksOnceForAllWhoWait() {
        CountDownLatch go = new CountDownLatch(1);
        try (DnsServer dns = DnsServer.answering(q -> {
            pass(go);
            return DnsAnswer.of().address(0, "127.0.0.1");
        }); Lookups lookups = Lookups.of(dns)) {
            List<Lookup> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waiting.add(lookups.begin("a.example", 20_000));
            }
            go.countDown();
            assertThat(waiting).allMatch(lookup -> lookup.await().equals("127.0.0.1"));
            assertThat(dns.count("a.example")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"2, (2: Server failure)", "3, (3: Host not found)", "4, (4: Unimplemented)",
            "5, (5: Operation refused)"})
    void saysWhyThereIsNone(int code, String reason) {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.code(code)); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo(reason);
        }
    }

    @Test
    void takesNoRecordsForNoHost() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of()); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("(3: Host not found)");
        }
    }

    @Test
    void takesOneFamilyThatFailedForAFailure() {
        try (DnsServer dns = DnsServer.answering(
                q -> q.type().equals("AAAA") ? DnsAnswer.code(2) : DnsAnswer.of().address(60, "127.0.0.1"));
                Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("(2: Server failure)");
        }
    }

    @Test
    void keepsNoFailure() {
        try (DnsServer dns = DnsServer.answering(
                q -> q.count() == 1 ? DnsAnswer.code(3) : DnsAnswer.of().address(60, "127.0.0.1"));
                Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("(3: Host not found)");
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "a..b", ".a"})
    void asksForNoNameThatIsNone(String name) {
        try (DnsServer dns = DnsServer.silent(); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve(name)).isEqualTo("(3: Host not found)");
            assertThat(dns.asked()).isEmpty();
        }
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        try (DnsServer dns = DnsServer.silent(); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example", 50)).isEqualTo("(110: Operation timed out)");
        }
    }

    @Test
    void leavesTheOthersWaitingWhenOneGoes() {
        CountDownLatch go = new CountDownLatch(1);
        try (DnsServer dns = DnsServer.answering(q -> {
            pass(go);
            return DnsAnswer.of().address(60, "127.0.0.1");
        }); Lookups lookups = Lookups.of(dns)) {
            Lookup first = lookups.begin("a.example", 20_000);
            Lookup second = lookups.begin("a.example", 20_000);
            lookups.cancel(first);
            go.countDown();
            assertThat(second.await()).isEqualTo("127.0.0.1");
            assertThat(first.outcome).isNotDone();
        }
    }

    @Test
    void keepsTheLastGoodAnswerWhileNoServerSaysAnything() {
        AtomicBoolean dead = new AtomicBoolean();
        AtomicBoolean back = new AtomicBoolean();
        try (DnsServer dns = DnsServer.answering(q -> dead.get() && !back.get()
                ? null
                : DnsAnswer.of().address(1, back.get() ? "127.0.0.2" : "127.0.0.1"));
                Lookups lookups = Lookups.impatient(500, dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            dead.set(true);
            await().until(() -> {
                lookups.begin("a.example", 50).await();
                return dns.count("a.example", "A") >= 2;
            });
            assertThat(lookups.resolve("a.example", 50)).isEqualTo("127.0.0.1");
            assertThat(lookups.log).contains(
                    "a.example could not be resolved (110: Operation timed out), its last answer is used");
            // Now nobody has to wait, while it is asked for again.
            assertThat(lookups.resolve("a.example", 60_000)).isEqualTo("127.0.0.1");
            // Who renews waits for the new one, unless his time is over before it comes.
            assertThat(lookups.beginRenewal("a.example", 50).await()).isEqualTo("127.0.0.1");
            Lookups.Lookup renewal = lookups.beginRenewal("a.example", 60_000);
            assertThat(renewal.outcome).isNotDone();
            back.set(true);
            assertThat(renewal.await()).isEqualTo("127.0.0.2");
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.2");
        }
    }

    @Test
    void forgetsTheLastGoodAnswerWhenAServerSaysThatThereIsNone() {
        try (DnsServer dns = DnsServer.answering(
                q -> q.count() == 1 ? DnsAnswer.of().address(0, "127.0.0.1") : DnsAnswer.code(3));
                Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            assertThat(lookups.resolve("a.example")).isEqualTo("(3: Host not found)");
        }
    }

    @Test
    void keepsTheLastGoodAnswerWhileServersFlap() {
        AtomicBoolean fails = new AtomicBoolean();
        AtomicBoolean moved = new AtomicBoolean();
        try (DnsServer dns = DnsServer.answering(q -> fails.get()
                ? DnsAnswer.code(q.count() % 2 == 0 ? 2 : 5)
                : DnsAnswer.of().address(1, moved.get() ? "127.0.0.2" : "127.0.0.1"));
                Lookups lookups = Lookups.of(0, true, false, dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            fails.set(true);
            await().until(() -> {
                assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
                return lookups.log.stream().anyMatch(line -> line.matches("a.example could not be resolved "
                        + "\\((2: Server failure|5: Operation refused)\\), its last answer is used"));
            });
            long asked = dns.count("a.example");
            for (int i = 0; i < 100; i++) {
                assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            }
            // it is not asked for with each of them
            assertThat(dns.count("a.example")).isLessThanOrEqualTo(asked + 2);
            moved.set(true);
            fails.set(false);
            await().until(() -> lookups.resolve("a.example").equals("127.0.0.2"));
        }
    }

    @Test
    void followsAliases() {
        try (DnsServer dns = DnsServer.answering(q -> switch (q.name()) {
            case "a.example" -> DnsAnswer.of().alias(60, "b.example");
            case "b.example" -> DnsAnswer.of().alias(60, "c.example").address(60, "127.0.0.1");
            default -> DnsAnswer.code(3);
        }); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            assertThat(dns.count("a.example", "A")).isOne();
        }
    }

    @Test
    void followsSixteenAliasesAndNoMore() {
        try (DnsServer dns = DnsServer.answering(q -> {
            int number = Integer.parseInt(q.name().substring(1));
            return number == 0
                    ? DnsAnswer.of().address(60, "127.0.0.1")
                    : DnsAnswer.of().alias(60, "n" + (number - 1));
        }); Lookups lookups = Lookups.of(0, true, false, dns)) {
            assertThat(lookups.resolve("n17")).isEqualTo("(3: Host not found)");
            assertThat(lookups.resolve("n16")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void endsALoopOfAliases() {
        try (DnsServer dns = DnsServer.answering(
                q -> DnsAnswer.of().alias(60, q.name().equals("a.example") ? "b.example" : "a.example"));
                Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("(3: Host not found)");
        }
    }

    @Test
    void endsALoopOfAliasesThatMustNotBeKept() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of().alias(0, "a.example"));
                Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("(3: Host not found)");
        }
    }

    @Test
    void asksOverTcpForAnAnswerThatWasCutOff() {
        try (DnsServer dns = DnsServer.answering(q -> q.overTcp()
                ? DnsAnswer.of().address(60, "127.0.0.1")
                : DnsAnswer.of().address(60, "127.0.0.9").truncated()); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            assertThat(dns.asked()).filteredOn(q -> q.overTcp()).hasSize(2);
        }
    }

    @Test
    void doesNotBelieveAnAnswerWithAnotherId() {
        try (DnsServer dns = DnsServer.answering(q -> {
            DnsAnswer good = DnsAnswer.of().address(60, "127.0.0.1");
            return q.type().equals("A") ? good.withWrongId() : good;
        }); Lookups lookups = Lookups.of(dns)) {
            assertThat(lookups.resolve("a.example", 200)).isEqualTo("(110: Operation timed out)");
            await().untilAsserted(() -> assertThat(lookups.log).anyMatch(line -> line.matches(
                    "wrong ident \\d+ in DNS response for a.example, expect \\d+")));
        }
    }

    @Test
    void doesNotBelieveAnAnswerThatNobodyAskedFor() {
        try (DnsServer dns = DnsServer.answering(q -> {
            byte[] forged = DnsAnswer.of().address(60, "127.0.0.9").encode(q);
            // the first letter of the name
            forged[13] = 'x';
            this.forged = forged;
            return DnsAnswer.of().address(60, "127.0.0.1");
        }); Lookups lookups = Lookups.of(0, true, false, dns)) {
            lookups.resolve("a.example");
            dns.send(forged, dns.asked().getFirst().from());
            await().untilAsserted(() -> assertThat(lookups.log).contains("unexpected DNS response for x.example"));
        }
    }

    private volatile byte[] forged = new byte[0];

    @Test
    void doesNotBelieveAnAnswerOfAnotherPort() throws IOException {
        List<DnsAsked> asked = new CopyOnWriteArrayList<>();
        try (DnsServer dns = DnsServer.answering(q -> {
            asked.add(q);
            return null;
        }); Lookups lookups = Lookups.of(0, true, false, dns); DatagramSocket other = new DatagramSocket()) {
            Lookup lookup = lookups.begin("a.example", 20_000);
            await().until(() -> !asked.isEmpty());
            DnsAsked question = asked.getFirst();
            byte[] lie = DnsAnswer.of().address(60, "127.0.0.9").encode(question);
            other.send(new DatagramPacket(lie, lie.length, question.from()));
            dns.send(DnsAnswer.of().address(60, "127.0.0.1").encode(question), question.from());
            assertThat(lookup.await()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void usesIdsAndPortsThatCannotBeGuessed() {
        try (DnsServer dns = DnsServer.answering(q -> DnsAnswer.of().address(0, "127.0.0.1"));
                Lookups lookups = Lookups.of(0, true, false, dns)) {
            for (int i = 0; i < 64; i++) {
                lookups.resolve("a.example");
            }
            assertThat(dns.asked().stream().map(q -> q.id()).distinct().count()).isGreaterThan(60);
            assertThat(dns.asked().stream().map(q -> q.from()).distinct().count()).isEqualTo(4);
        }
    }

    @Test
    void asksItsServersInTurns() {
        try (DnsServer one = DnsServer.answering("127.0.0.1");
                DnsServer two = DnsServer.answering("127.0.0.2");
                Lookups lookups = Lookups.of(one, two)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            assertThat(lookups.resolve("b.example")).isEqualTo("127.0.0.2");
            assertThat(lookups.resolve("c.example")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void goesToTheNextServerAtOnceWhenNobodyListens() {
        DnsServer gone = DnsServer.silent();
        gone.close();
        try (DnsServer two = DnsServer.answering("127.0.0.2");
                Lookups lookups = Lookups.of(List.of(gone.toString(), two.toString()))) {
            assertThat(lookups.resolve("a.example", 4000)).isEqualTo("127.0.0.2");
            assertThat(lookups.log).singleElement().asString().matches(
                    "(recv|send)\\(\\) failed \\(111: Connection refused\\) while resolving, resolver: " + gone);
        }
    }

    @Test
    void doesNotGoRoundAndRoundWhenNobodyListensAnywhere() {
        DnsServer one = DnsServer.silent();
        DnsServer two = DnsServer.silent();
        one.close();
        two.close();
        try (Lookups lookups = Lookups.of(List.of(one.toString(), two.toString()))) {
            assertThat(lookups.resolve("a.example", 1000)).isEqualTo("(110: Operation timed out)");
            assertThat(lookups.log).hasSize(2);
        }
    }

    @Test
    void asksTheNextServerWhenOneIsSilent() {
        try (DnsServer one = DnsServer.silent();
                DnsServer two = DnsServer.answering("127.0.0.2");
                Lookups lookups = Lookups.impatient(200, one, two)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.2");
            assertThat(one.count("a.example", "A")).isOne();
        }
    }

    @Test
    void asksAgainForWhatWasMissingOnly() {
        try (DnsServer dns = DnsServer.answering(
                q -> q.type().equals("A") && q.count() == 1 ? null : DnsAnswer.of().address(60, "127.0.0.1"));
                Lookups lookups = Lookups.impatient(500, dns)) {
            assertThat(lookups.resolve("a.example")).isEqualTo("127.0.0.1");
            assertThat(dns.count("a.example", "A")).isEqualTo(2);
            assertThat(dns.count("a.example", "AAAA")).isOne();
        }
    }

    @Test
    void refusesMoreNamesThanItsLimitAtATime() {
        try (DnsServer dns = DnsServer.silent(); Lookups lookups = Lookups.of(0, true, false, dns)) {
            for (int i = 0; i < 1024; i++) {
                lookups.begin("n" + i + ".example", 20_000);
            }
            assertThat(lookups.resolve("one.more.example")).isEqualTo("(2: Server failure)");
            assertThat(lookups.log).contains(
                    "1024 names are being resolved already, one.more.example is not");
        }
    }

    @Test
    void knowsNoMoreNamesThanItsLimit() {
        try (DnsServer dns = DnsServer.answering("127.0.0.1"); Lookups lookups = Lookups.of(0, true, false, dns)) {
            lookups.resolve("first.example");
            for (int i = 0; i < 4096; i++) {
                lookups.resolve("n" + i + ".example");
            }
            lookups.resolve("n4095.example");
            assertThat(dns.count("n4095.example")).isOne();
            lookups.resolve("first.example");
            assertThat(dns.count("first.example")).isEqualTo(2);
        }
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
