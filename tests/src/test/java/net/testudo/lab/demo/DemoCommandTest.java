package net.testudo.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import net.testudo.cli.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.ParameterException;

class DemoCommandTest {
    private static DemoOptions options(String... arguments) {
        return Program.parse(new DemoCommand(), arguments).options();
    }

    @Test
    void withoutOptionsThreeDevicesLoseTheirKilledMasterOnce() {
        assertEquals(new DemoOptions(3, Death.KILL, 1, false, Optional.empty()), options());
    }

    @Test
    void allOptionsTogether() {
        assertEquals(
                new DemoOptions(5, Death.CLUSTER_LINK, 10, true, Optional.of(Path.of("out.json"))),
                options("--devices", "5", "--death", "cluster-link", "--repeat", "10", "--keep", "--json", "out.json"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --devices 1      | --devices takes a number from 2 to 9, not 1
                    --devices many   | Invalid value for option '--devices': 'many' is not an int
                    --repeat         | Missing required parameter for option '--repeat' (K)
                    --verbose        | Unknown option: '--verbose'
                    """)
    void aWrongOptionIsExplained(String arguments, String message) {
        ParameterException error = assertThrows(
                ParameterException.class, () -> options(arguments.strip().split(" ", -1)));
        assertEquals(message, error.getMessage());
    }

    @Test
    void aKindOfDeathThatThereIsNotIsAnsweredWithTheOthers() {
        ParameterException error = assertThrows(ParameterException.class, () -> options("--death", "old-age"));
        assertEquals(
                "Invalid value for option '--death': 'old-age' is none of kill, kill-links-up, stop, cluster-link,"
                        + " agent-kill, agent-stop",
                error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void theUsageNamesEveryKindOfDeath(Death death) {
        assertTrue(Program.usage(new DemoCommand()).contains("  " + death.label() + " "));
    }
}
