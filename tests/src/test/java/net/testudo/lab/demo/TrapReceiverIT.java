package net.testudo.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import net.testudo.lab.Await;
import net.testudo.lab.Lab;
import net.testudo.lab.Network;
import net.testudo.lab.Topology;
import net.testudo.lab.cluster.Secrets;
import net.testudo.lab.cluster.SnmpClient;
import net.testudo.mib.ClusterNotification;
import net.testudo.mib.EventObject;
import org.junit.jupiter.api.Test;

class TrapReceiverIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String ENGINE_ID = "80007ed9050102030405060708090a0b0c0d0e0f10";
    private static final String CAUSE = "device 1 silent for 250 ms";

    @Test
    void aNotificationIsUnderstood() {
        assumeTrue(Lab.usable(), "this process may not create network namespaces: run ./testudo test as root");
        try (Lab lab = Lab.open(1)) {
            Secrets secrets = Secrets.draw(lab.directory(), 1);
            String nms = Network.INSIDE.address(Topology.NMS_HOST);
            SnmpClient snmp = new SnmpClient(lab, secrets, Network.INSIDE.address(Topology.CLUSTER_HOST));
            TrapReceiver receiver = new TrapReceiver(lab, secrets, snmp, ENGINE_ID, nms);
            Await.until("snmptrapd listens", LIMIT, receiver::ready, ready -> ready);
            send(lab, secrets, nms, ClusterNotification.MEMBER_DOWN);
            send(lab, secrets, nms, ClusterNotification.MASTER_SWITCHED);
            List<TrapReceiver.Trap> received =
                    Await.until("both arrive", LIMIT, receiver::received, traps -> traps.size() == 2);
            assertEquals(
                    List.of(
                            new TrapReceiver.Trap(ClusterNotification.MEMBER_DOWN, "2", CAUSE),
                            new TrapReceiver.Trap(ClusterNotification.MASTER_SWITCHED, "2", CAUSE)),
                    received);
            assertEquals(List.of("testudoMasterSwitched"), receiver.namesAfter(1));
        }
    }

    private static void send(Lab lab, Secrets secrets, String nms, ClusterNotification kind) {
        lab.run(
                lab.topology().server(),
                List.of(
                        "snmptrap",
                        "-v3",
                        "-e",
                        "0x" + ENGINE_ID,
                        "-u",
                        Secrets.USER,
                        "-l",
                        "authPriv",
                        "-a",
                        "SHA-256",
                        "-A",
                        secrets.authentication(),
                        "-x",
                        "AES",
                        "-X",
                        secrets.privacy(),
                        nms,
                        "",
                        "." + kind.oid(),
                        "." + EventObject.DEVICE.oid() + ".0",
                        "u",
                        "2",
                        "." + EventObject.CAUSE.oid() + ".0",
                        "s",
                        CAUSE));
    }
}
