package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import net.testudo.cli.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.ParameterException;

class SimulateCommandTest {
    private static Options options(String... arguments) {
        return Program.parse(new SimulateCommand(System.out), arguments).options();
    }

    @Test
    void rangeAndDefaultsAreTaken() {
        assertEquals(new Options(3, 9, 3, false, 4, Manner.USUAL, null), options("--seeds", "3..9"));
    }

    @Test
    void everyOptionIsTaken() {
        Options options = options(
                "--verbose", "--gentle", "--devices", "5", "--seeds", "1..1", "--duration", "20", "--json", "o");
        assertEquals(new Options(1, 1, 5, true, 20, new Manner(true, false, false), "o"), options);
        assertEquals(
                new Manner(false, true, false),
                options("--seeds", "1..1", "--changes").manner());
        assertEquals(
                new Manner(false, false, true),
                options("--seeds", "1..1", "--damage").manner());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--devices 3                | Missing required option: '--seeds=A..B'",
                "--seeds 1-5 | Invalid value for option '--seeds': '1-5' is no range of seeds, such as 1..100",
                "--seeds 5..1               | Invalid value for option '--seeds': 1 is below 5",
                "--seeds 1..5 --devices 10  | --devices takes a number from 1 to 9, not 10",
                "--seeds 1..5 --duration 0  | --duration takes a number from 1 to 86400, not 0",
                "--seeds 1..5 --json        | Missing required parameter for option '--json' (FILE)",
                "--seeds 1..5 --fast        | Unknown option: '--fast'",
            })
    void wrongArgumentsAreToldApart(String arguments, String message) {
        Exception refusal = assertThrows(ParameterException.class, () -> options(arguments.split(" ")));
        assertEquals(message, refusal.getMessage());
    }

    @Test
    void misuseEndsWithStatusTwoAndHelpWithZero() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8);
        assertEquals(2, Program.run(new SimulateCommand(out), out, out, "--fast"));
        assertTrue(text.toString(StandardCharsets.UTF_8).contains("'./testudo simulate --help' lists the options."));
        assertEquals(0, Program.run(new SimulateCommand(out), out, out, "--help"));
        assertTrue(text.toString(StandardCharsets.UTF_8).contains("Usage: ./testudo simulate"));
    }
}
