package net.testudo.element.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.testudo.element.config.ClusterConfig;
import net.testudo.element.net.DeviceSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("NON-08")
class MaintenanceTest {
    private static final DeviceSet ALL = DeviceSet.of(1).with(2).with(3);
    private final ClusterConfig before = MembersText.config("", "active", "active", "active");

    @Test
    void aMemberMayGoWhileAnotherOneIsThere() {
        ClusterConfig next = MembersText.config("", "active", "active, maintenance", "active, maintenance");
        assertEquals(Optional.empty(), Maintenance.refusal(before, next, ALL, ALL, 1));
    }

    @Test
    void theLastOneThatIsThereStays() {
        ClusterConfig next = MembersText.config("", "active, maintenance", "active", "active");
        Optional<String> why = Maintenance.refusal(before, next, DeviceSet.of(1), ALL, 1);
        assertTrue(why.orElse("").contains("nobody could serve without S1"), why.toString());
    }

    @Test
    void theMasterStaysWhileNobodyElseHasAVote() {
        ClusterConfig next = MembersText.config("", "active, maintenance", "active", "active");
        Optional<String> why = Maintenance.refusal(before, next, ALL, DeviceSet.of(1), 1);
        assertTrue(why.orElse("").contains("no other device with a vote"), why.toString());
        assertEquals(Optional.empty(), Maintenance.refusal(before, next, ALL, DeviceSet.of(1), 2));
    }

    @Test
    void whoIsOutAlreadyIsNotAskedFor() {
        ClusterConfig out = MembersText.config("", "active, maintenance", "active", "active");
        assertEquals(Optional.empty(), Maintenance.refusal(out, out, DeviceSet.of(1), ALL, 1));
    }
}
