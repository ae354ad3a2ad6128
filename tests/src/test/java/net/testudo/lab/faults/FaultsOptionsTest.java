package net.testudo.lab.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsOptionsTest {
    @Test
    void withoutArgumentsTwentyFaultsHappenToThreeDevices() {
        assertEquals(new FaultsOptions(false, 20, 1, 3, Optional.empty(), false), FaultsOptions.parse());
    }

    @Test
    void everyOptionIsTaken() {
        assertEquals(
                new FaultsOptions(false, 200, 42, 5, Optional.of(Path.of("out.json")), true),
                FaultsOptions.parse(
                        "--count", "200", "--seed", "42", "--devices", "5", "--json", "out.json", "--keep-logs"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--count", "--count 0", "--seed x", "--devices 1", "--devices 10", "--jsn f", "--json"})
    void whatIsWrongIsNamed(String arguments) {
        String option = arguments.split(" ", 2)[0];
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> FaultsOptions.parse(arguments.split(" ", -1)));
        assertTrue(String.valueOf(error.getMessage()).contains(option), error.getMessage());
    }

    @Test
    void theHelpNamesEveryOptionAndEveryFault() {
        String help = FaultsOptions.usage();
        for (String option : new String[] {"--count", "--seed", "--devices", "--json", "--keep-logs"}) {
            assertTrue(help.contains("  " + option + " "), help);
        }
        for (FaultKind kind : FaultKind.values()) {
            assertTrue(help.contains("  " + kind.label() + " "), help);
        }
        assertTrue(FaultsOptions.parse("--help").help());
    }
}
