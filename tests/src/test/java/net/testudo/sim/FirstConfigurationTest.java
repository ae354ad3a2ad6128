package net.testudo.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import net.testudo.element.config.ClusterConfig;
import net.testudo.sim.check.CommitsKept;
import org.junit.jupiter.api.Test;

class FirstConfigurationTest {
    @Test
    void elementAcceptsItWithAndWithoutWitnesses() {
        for (List<String> networks : List.of(List.<String>of(), List.of("outside"), List.of("outside", "inside"))) {
            FirstConfiguration first =
                    new FirstConfiguration(List.of("S1", "S2"), networks, networks, false, List.of());
            var parsed = ClusterConfig.parse(CommitsKept.mark(first.content(), 7));
            ClusterConfig.Valid valid = assertInstanceOf(ClusterConfig.Valid.class, parsed, parsed::toString);
            assertEquals(2, valid.config().joinKeys().size());
        }
    }
}
