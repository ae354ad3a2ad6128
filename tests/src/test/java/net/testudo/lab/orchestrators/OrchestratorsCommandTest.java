package net.testudo.lab.orchestrators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.testudo.cli.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class OrchestratorsCommandTest {
    private static OrchestratorsOptions options(String... arguments) {
        return Program.parse(new OrchestratorsCommand(System.out), arguments).options();
    }

    @Test
    void theCommandLineIsTaken() {
        assertEquals(new OrchestratorsOptions(Duration.ofMinutes(10), 1, 3, false), options());
        assertEquals(
                new OrchestratorsOptions(Duration.ofSeconds(30), 4, 5, true),
                options("--seconds", "30", "--seed", "4", "--devices", "5", "--verbose"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--seconds 9", "--seed x", "--devices 2", "--devices 10", "--sec 20"})
    void whatIsWrongIsNamed(String arguments) {
        String option = arguments.split(" ", 2)[0];
        ParameterException error = assertThrows(ParameterException.class, () -> options(arguments.split(" ", -1)));
        assertTrue(String.valueOf(error.getMessage()).contains(option), error.getMessage());
    }
}
