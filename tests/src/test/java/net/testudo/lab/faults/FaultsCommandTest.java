package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import net.testudo.cli.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class FaultsCommandTest {
    private static FaultsOptions options(String... arguments) {
        return Program.parse(new FaultsCommand(System.out), arguments).options();
    }

    @Test
    void withoutArgumentsTwentyFaultsHappenToThreeDevices() {
        assertEquals(new FaultsOptions(20, 1, 3, Optional.empty(), false), options());
    }

    @Test
    void everyOptionIsTaken() {
        assertEquals(
                new FaultsOptions(200, 42, 5, Optional.of(Path.of("out.json")), true),
                options("--count", "200", "--seed", "42", "--devices", "5", "--json", "out.json", "--keep-logs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--count", "--count 0", "--seed x", "--devices 1", "--devices 10", "--jsn f", "--json"})
    void whatIsWrongIsNamed(String arguments) {
        String option = arguments.split(" ", 2)[0];
        ParameterException error = assertThrows(ParameterException.class, () -> options(arguments.split(" ", -1)));
        assertTrue(String.valueOf(error.getMessage()).contains(option), error.getMessage());
    }

    @Test
    void theHelpNamesEveryOptionAndEveryFault() {
        String help = Program.usage(new FaultsCommand(System.out));
        for (String option : new String[] {"--count=N", "--seed=S", "--devices=N", "--json=FILE", "--keep-logs"}) {
            assertTrue(help.contains("  " + option + " "), help);
        }
        for (FaultKind kind : FaultKind.values()) {
            assertTrue(help.contains("  " + kind.label() + " "), help);
        }
    }
}
