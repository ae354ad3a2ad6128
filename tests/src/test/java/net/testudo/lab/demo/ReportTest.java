package net.testudo.lab.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.testudo.lab.ProcessorTime;
import net.testudo.lab.cluster.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static Measurement measurement(DemoTraffic.Outcome outcome, boolean hostKeySame, boolean engineIdSame) {
        return measurement(outcome, hostKeySame, engineIdSame, true);
    }

    private static Measurement measurement(
            DemoTraffic.Outcome outcome, boolean hostKeySame, boolean engineIdSame, boolean realTime) {
        return measurement(Death.KILL, outcome, hostKeySame, engineIdSame, realTime);
    }

    private static Measurement measurement(
            Death death, DemoTraffic.Outcome outcome, boolean hostKeySame, boolean engineIdSame, boolean realTime) {
        Map<String, String> before = new LinkedHashMap<>();
        before.put("A1", "master");
        before.put("A2", "backupMaster");
        Secrets secrets = new Secrets(Path.of("/tmp/lab/ssh-key"), "p\"w", "auth", "priv", List.of("00"));
        return new Measurement(
                death,
                1200,
                3400,
                outcome,
                Map.of("A1", 7L),
                before,
                Map.of("A2", "master"),
                List.of("testudoMasterSwitched"),
                hostKeySame,
                engineIdSame,
                realTime,
                new ProcessorTime(900, 100, 0),
                new Reach("lab-nms", "ip netns exec lab-nms", "10.10.0.1", secrets, Path.of("/tmp/lab/snmp")));
    }

    @Test
    void aRunInWhichAllHappenedHasNoShortcomings() {
        DemoTraffic.Outcome outcome = new DemoTraffic.Outcome(299_900_000, 100, 100, 0, 200, 0, 400_000_000, 0);
        assertEquals(List.of(), measurement(outcome, true, true).shortcomings());
    }

    @Test
    void withoutRealTimeSchedulingMoreIsLetPass() {
        DemoTraffic.Outcome late = new DemoTraffic.Outcome(999_900_000, 100, 100, 0, 7, 0, 0, 0);
        assertEquals(List.of(), measurement(late, true, true, false).shortcomings());
        DemoTraffic.Outcome tooLate = new DemoTraffic.Outcome(1_002_000_000, 100, 100, 0, 7, 0, 0, 0);
        assertEquals(
                List.of("the interruption was 1002 ms, more than 1000 ms"),
                measurement(tooLate, true, true, false).shortcomings());
    }

    @Test
    void whereOnlyTheAgentDiesNoDatagramMayBeLost() {
        DemoTraffic.Outcome outcome = new DemoTraffic.Outcome(5_000_000, 100, 100, 0, 1, 0, 0, 0);
        assertEquals(
                List.of("1 datagrams were lost, though the agent carries none"),
                measurement(Death.AGENT_KILL, outcome, true, true, true).shortcomings());
    }

    @Test
    void everyShortcomingIsNamed() {
        DemoTraffic.Outcome outcome = new DemoTraffic.Outcome(512_000_000, 100, 98, 3, 9, 4, 0, 0);
        assertEquals(
                List.of(
                        "the interruption was 512 ms, more than 300 ms",
                        "2 TCP connections were lost",
                        "3 times a NAT mapping changed",
                        "4 datagrams came twice: two devices owned a flow",
                        "NETCONF shows another host key than before",
                        "SNMP shows another engine id than before"),
                measurement(outcome, false, false).shortcomings());
    }

    @Test
    void theJsonReportHasTheAgreedMembers(@TempDir Path directory) throws Exception {
        DemoTraffic.Outcome outcome = new DemoTraffic.Outcome(92_340_000, 100, 100, 0, 7, 0, 0, 0);
        Path file = directory.resolve("out.json");
        JsonReport.write(file, List.of(measurement(outcome, true, true)), false);
        assertEquals("""
                        {"formed_ms": 1200, "interruption_ms": 92.3, "real_time": true, "tcp_total": 100, \
                        "tcp_alive": 100, \
                        "nat_changes": 0, "datagrams_lost": 7, "flows_by_device": {"A1": 7}, \
                        "roles_before": {"A1": "master", "A2": "backupMaster"}, "roles_after": {"A2": "master"}, \
                        "notifications": ["testudoMasterSwitched"], "host_key_same": true, "engine_id_same": true, \
                        "rejoined_ms": 3400, "processors_busy_ms": 900, "processors_idle_ms": 100, \
                        "processors_stolen_ms": 0, "reach": {"namespace": "lab-nms", "enter": "ip netns exec lab-nms", \
                        "netconf_address": "10.10.0.1", "netconf_port": 830, "snmp_address": "10.10.0.1", \
                        "snmp_port": 161, "user": "admin", "password": "p\\"w", "ssh_key_file": "/tmp/lab/ssh-key", \
                        "authentication_passphrase": "auth", "privacy_passphrase": "priv"}}
                        """, Files.readString(file));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void severalRunsAreAList(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("out.json");
        JsonReport.write(file, List.of(), true);
        assertEquals("[]\n", Files.readString(file));
    }
}
