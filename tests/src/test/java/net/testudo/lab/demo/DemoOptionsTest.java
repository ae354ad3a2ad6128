package net.testudo.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DemoOptionsTest {
    @Test
    void withoutOptionsThreeDevicesLoseTheirKilledMasterOnce() {
        assertEquals(
                new DemoOptions(DemoOptions.Action.RUN, 3, Death.KILL, 1, false, Optional.empty()),
                DemoOptions.parse());
    }

    @Test
    void allOptionsTogether() {
        assertEquals(
                new DemoOptions(
                        DemoOptions.Action.RUN, 5, Death.CLUSTER_LINK, 10, true, Optional.of(Path.of("out.json"))),
                DemoOptions.parse(
                        "--devices", "5", "--death", "cluster-link", "--repeat", "10", "--keep", "--json", "out.json"));
    }

    @Test
    void stopEndsKeptLabs() {
        assertEquals(DemoOptions.Action.STOP, DemoOptions.parse("--stop").action());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --devices 1      | --devices takes a number from 2 to 9, not '1'
                    --devices many   | --devices takes a number from 2 to 9, not 'many'
                    --repeat         | --repeat needs a value
                    --verbose        | there is no option '--verbose'
                    """)
    void aWrongOptionIsExplained(String arguments, String message) {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> DemoOptions.parse(arguments.strip().split(" ", -1)));
        assertEquals(message, error.getMessage());
    }

    @Test
    void aKindOfDeathThatThereIsNotIsAnsweredWithTheOthers() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> DemoOptions.parse("--death", "old-age"));
        assertEquals(
                "--death is one of kill, kill-links-up, stop, cluster-link, agent-kill, agent-stop, not 'old-age'",
                error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void theUsageNamesEveryKindOfDeath(Death death) {
        assertTrue(DemoOptions.usage().contains("      " + death.label() + " "));
    }
}
