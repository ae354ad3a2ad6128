package net.testudo.lab.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class EchoLogTest {
    private static final long MS = 1_000_000L;

    private final EchoLog log = new EchoLog();

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            log.onSend(0);
        }
    }

    @Test
    void theLongestGapLiesBetweenTwoEchoes() {
        send(4);
        log.onEcho(0, 0, 10 * MS);
        log.onEcho(1, 0, 11 * MS);
        log.onEcho(2, 0, 61 * MS);
        log.onEcho(3, 0, 62 * MS);
        assertEquals(50 * MS, log.report(62 * MS).longestGapNs());
    }

    @Test
    void aGapThatIsStillOpenCounts() {
        send(2);
        log.onEcho(0, 0, -5 * MS);
        assertEquals(95 * MS, log.report(90 * MS).longestGapNs());
    }

    @Test
    void aMarkForgetsEarlierGapsButNotTheOneThatIsOpen() {
        send(4);
        log.onEcho(0, 0, 0);
        log.onEcho(1, 0, 500 * MS);
        log.mark();
        log.onEcho(2, 0, 540 * MS);
        assertEquals(40 * MS, log.report(541 * MS).longestGapNs());
    }

    @Test
    void lossIsCountedInAllAndInSuccession() {
        send(10);
        for (int sequence : new int[] {0, 1, 5, 7}) {
            log.onEcho(sequence, 0, sequence * MS);
        }
        ProbeReport report = log.report(7 * MS);
        assertEquals(6, report.lost());
        assertEquals(3, report.longestLossRun());
    }

    @Test
    void aSecondEchoOfAProbeIsADuplicate() {
        send(1);
        log.onEcho(0, 0, 0);
        log.onEcho(0, 0, 1);
        assertEquals(1, log.report(1).duplicates());
        assertEquals(0, log.report(1).lost());
    }

    @Test
    void anEchoOfAProbeThatWasNeverSentIsIgnored() {
        send(1);
        log.onEcho(7, 3, 0);
        assertEquals(new ProbeReport(1, 1, 0, 0, 1, 0, 0), log.report(5));
    }

    @Test
    void theReportSurvivesItsTextForm() {
        ProbeReport report = new ProbeReport(1, 2, 3, 4, 5, 6, 7);
        assertEquals(report, ProbeReport.parse(report.format()));
    }
}
