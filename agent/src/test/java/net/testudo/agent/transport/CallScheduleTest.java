package net.testudo.agent.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.testudo.agent.northbound.netconfserver.CallHomeClient;
import net.testudo.agent.northbound.netconfserver.CallHomeClient.Endpoint;
import net.testudo.agent.northbound.netconfserver.CallHomeClient.Periodic;
import net.testudo.agent.northbound.netconfserver.CallHomeClient.StartWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CallScheduleTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final CallSchedule schedule = new CallSchedule(bound -> bound - 1);

    private static CallHomeClient client(StartWith startWith, String... endpoints) {
        return new CallHomeClient(
                "nms",
                Arrays.stream(endpoints)
                        .map(name -> new Endpoint(name, "192.0.2.1", 4334, Optional.empty()))
                        .toList(),
                Optional.empty(),
                startWith,
                Duration.ofSeconds(5),
                2);
    }

    private String next(CallHomeClient client) {
        return schedule.next(client).name();
    }

    private String failed(CallHomeClient client) {
        schedule.failed();
        return next(client);
    }

    @Test
    void eachEndpointIsTriedSoOftenThenTheNextAndTheFirstAgain() {
        CallHomeClient client = client(StartWith.FIRST_LISTED, "a", "b");
        assertEquals("a", next(client));
        assertEquals("a", failed(client));
        assertEquals("b", failed(client));
        assertEquals("b", failed(client));
        assertEquals("a", failed(client));
    }

    @ParameterizedTest
    @CsvSource({"FIRST_LISTED, a", "LAST_CONNECTED, b", "RANDOM_SELECTION, c"})
    void afterASessionItBeginsWhereTheOperatorWants(StartWith startWith, String expected) {
        CallHomeClient client = client(startWith, "a", "b", "c");
        while (!next(client).equals("b")) {
            schedule.failed();
        }
        schedule.over();
        assertEquals(expected, next(client));
    }

    @Test
    void anEndpointThatIsConfiguredNoMoreIsLeft() {
        CallHomeClient client = client(StartWith.FIRST_LISTED, "a", "b");
        next(client);
        failed(client);
        assertEquals("b", failed(client));
        assertEquals("a", next(client(StartWith.FIRST_LISTED, "a")));
        schedule.failed();
        assertEquals("a", failed(client(StartWith.FIRST_LISTED, "a")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T12:00:00Z, 10, 0",
        "2026-11-30T11:55:00Z, 10, 300",
        "2026-11-30T12:03:00Z, 10, 180",
        "2026-11-30T11:59:59Z, 1, 59",
    })
    void callsAreDueAtWholePeriodsFromTheAnchor(Instant anchor, int minutes, long dueInS) {
        Periodic periodic = new Periodic(Duration.ofMinutes(minutes), Optional.of(anchor), Duration.ZERO);
        assertEquals(Duration.ofSeconds(dueInS), CallSchedule.untilDue(periodic, Instant.EPOCH, NOON));
    }

    @Test
    void withoutAnAnchorTheyAreDueFromWhenItWasConfigured() {
        Periodic periodic = new Periodic(Duration.ofHours(1), Optional.empty(), Duration.ZERO);
        assertEquals(Duration.ofMinutes(40), CallSchedule.untilDue(periodic, NOON.minus(Duration.ofMinutes(20)), NOON));
    }
}
