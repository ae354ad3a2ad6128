package net.testudo.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
    private final StringWriter text = new StringWriter();

    private int run(String... arguments) {
        return Bench.run(new PrintWriter(text, true), arguments);
    }

    @Test
    void theListNamesEachBenchmarkOnALineOfItsOwn() {
        assertEquals(0, run("--list"));
        assertEquals("sync\ndetection\nsteady\nturn\nresync\nnetconf\n", text.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sync", "detection", "steady", "turn", "resync", "netconf"})
    void eachExplainsItselfAndWritesItsFiguresWhereItIsTold(String name) {
        assertEquals(0, run(name, "--help"));
        assertTrue(text.toString().contains("Usage: bench " + name), text.toString());
        assertTrue(text.toString().contains("--json=FILE"), text.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''        | what is to be measured? there are: sync, detection, steady, turn, resync, netconf",
                "flows              | Unmatched argument at index 0: 'flows'",
                "sync --octets=7    | --octets takes a number from 8 to 1200, not 7",
                "detection --times=0 | --times takes a number from 1 to 10000, not 0",
                "steady --dead-time=20 | --dead-time takes a number from 25 to 250, not 20",
                "turn --turns=1     | --turns takes a number from 1000 to 100000000, not 1",
                "resync --flows=0   | --flows takes a number from 1 to 40000000, not 0",
                "netconf --entries=0 | --entries takes a number from 1 to 1000000, not 0",
                "sync --rounds      | Missing required parameter for option '--rounds' (N)",
                "detection --fast   | Unknown option: '--fast'",
            })
    void whatIsWrongIsSaid(String arguments, String message) {
        assertEquals(2, run(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertTrue(text.toString().startsWith(message), text.toString());
    }

    @Test
    void aFigureKnowsItsRatioAndWhetherItsTargetIsMet() {
        Figure figure =
                Figure.of("records", 1_500_000, "records/s").against(2_000_000).atLeast(1_000_000);
        assertEquals(
                "{\"name\": \"records\", \"value\": 1500000.000, \"unit\": \"records/s\", \"reference\": 2000000.000,"
                        + " \"ratio\": 0.750, \"target\": 1000000.000, \"met\": true}",
                figure.json());
        assertEquals(
                "{\"name\": \"lag\", \"value\": 11.000, \"unit\": \"ms\", \"reference\": null, \"ratio\": null,"
                        + " \"target\": 10.000, \"met\": false}",
                Figure.of("lag", 11, "ms").atMost(10).json());
        assertTrue(Figure.of("lag", 11, "ms").json().contains("\"met\": null"));
    }

    @Test
    void theMiddleAndTheEndOfSamples() {
        Samples samples = new Samples();
        for (int i = 100; i >= 1; i--) {
            samples.add(i);
        }
        assertEquals(50.5, samples.median());
        assertEquals(99, samples.quantile(0.99));
        assertEquals(100, samples.max());
    }
}
