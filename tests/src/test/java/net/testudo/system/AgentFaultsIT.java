package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import net.testudo.lab.Await;
import net.testudo.lab.Commands;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The agent of the master is killed or hangs: no role changes, and when it is back it finds everything (MON-08,
/// FRM-10).
@Tag("FRM-10")
@Tag("MON-08")
class AgentFaultsIT {
    private static final int DEVICES = 3;

    private final DeviceLab lab = DeviceLab.open(DEVICES);

    @BeforeEach
    void form() {
        for (int device = 1; device <= DEVICES; device++) {
            lab.start(device);
        }
        RawNetconf session = lab.form(List.of("A2", "A3"));
        Await.until(
                DEVICES + " members in sync",
                DeviceLab.LIMIT,
                () -> session.rpc(RawNetconf.state("<member/>")),
                state -> state.split("<in-sync>true</in-sync>", -1).length == DEVICES + 1);
        session.close();
    }

    @AfterEach
    void closeLab() {
        lab.close();
    }

    /// The one process that the device has; others, such as those that set an address, come and go.
    private long agent() {
        return Await.until(
                        "the agent as the only process that the device started",
                        DeviceLab.LIMIT,
                        () -> lab.process(1).started(),
                        started -> started.size() == 1)
                .getFirst();
    }

    private static String running(RawNetconf session) {
        return session.rpc(RawNetconf.getConfig("running")).replaceAll("message-id=\\S+", "");
    }

    private static String name(String name) {
        return RawNetconf.edit("<cluster xmlns='urn:testudo:yang:testudo-cluster'><name>" + name + "</name></cluster>");
    }

    /// Changes of the master and losses of members that the devices have logged.
    private long changes() {
        return IntStream.rangeClosed(1, DEVICES)
                .mapToObj(lab::log)
                .flatMap(String::lines)
                .filter(line -> line.contains("MASTER_SWITCHED") || line.contains("MEMBER_DOWN"))
                .count();
    }

    @Test
    void anAgentThatIsKilledIsStartedAgainAndFindsEverything() {
        String before;
        try (RawNetconf session = lab.netconf(1)) {
            before = running(session);
        }
        long changes = changes();
        long killed = agent();
        Commands.run(List.of("kill", "-KILL", Long.toString(killed)));
        Await.until(
                "another agent",
                DeviceLab.LIMIT,
                lab.process(1)::started,
                pids -> !pids.isEmpty() && !pids.contains(killed));
        try (RawNetconf session = lab.netconf(1)) {
            assertEquals(before, running(session));
            session.ok(name("after"));
            session.ok("<commit/>");
        }
        assertEquals(changes, changes());
    }

    @Test
    void whatHappensWhileAnAgentHangsIsNotHeldUpAndIsTold() {
        long hanging = agent();
        Commands.run(List.of("kill", "-STOP", Long.toString(hanging)));
        lab.process(2).kill();
        lab.awaitLog(1, "MEMBER_DOWN");
        lab.start(2);
        lab.awaitLog(1, "MEMBER_UP");
        Commands.run(List.of("kill", "-CONT", Long.toString(hanging)));
        try (RawNetconf session = lab.netconf(1)) {
            session.ok(name("after"));
            session.ok("<commit/>");
        }
        assertEquals(hanging, agent());
    }
}
