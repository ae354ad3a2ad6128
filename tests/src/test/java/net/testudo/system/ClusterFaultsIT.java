package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.testudo.lab.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Three devices of which one or two are not what they should be: the operator is told what is wrong, and nothing is
/// lost.
class ClusterFaultsIT {
    private static final Pattern MEMBER = Pattern.compile(
            "<serial>([^<]+)</serial>.*?<role>([^<]+)</role>.*?<voter>([^<]+)</voter>.*?<in-sync>([^<]+)</in-sync>",
            Pattern.DOTALL);

    private static final String PENDING =
            RawNetconf.state("<r:history xmlns:r='urn:testudo:yang:testudo-revisions'><r:pending-commit/></r:history>");

    private final DeviceLab lab = DeviceLab.open(3);

    @AfterEach
    void closeLab() {
        lab.close();
    }

    /// One line for each member: serial number, role, whether it votes and is in sync.
    private static String members(RawNetconf session) {
        StringBuilder rows = new StringBuilder();
        Matcher member = MEMBER.matcher(session.rpc(RawNetconf.state("<member/>")));
        while (member.find()) {
            rows.append(member.group(1)).append(' ').append(member.group(2));
            rows.append(member.group(3).equals("true") ? " votes" : "");
            rows.append(member.group(4).equals("true") ? " in sync\n" : "\n");
        }
        return rows.toString();
    }

    /// Waits until A1 leads this many voters that are in sync.
    private static void awaitMembers(RawNetconf session, int count) {
        Await.until(
                count + " members",
                DeviceLab.LIMIT,
                () -> members(session),
                rows -> rows.startsWith("A1 master")
                        && rows.contains(" backup-master ")
                        && rows.lines()
                                        .filter(row -> row.endsWith(" votes in sync"))
                                        .count()
                                == count);
    }

    private static String name(String name) {
        return RawNetconf.edit("<cluster xmlns='urn:testudo:yang:testudo-cluster'><name>" + name + "</name></cluster>");
    }

    @Test
    void aCommitWithoutQuorumSaysWhyAndWhatToDoAndKeepsTheCandidate() {
        for (int device = 1; device <= 3; device++) {
            lab.start(device);
        }
        RawNetconf session = lab.form(List.of("A2", "A3"));
        awaitMembers(session, 3);
        session.ok(name("later"));
        String running = session.rpc(RawNetconf.getConfig("running"));
        String candidate = session.rpc(RawNetconf.getConfig("candidate"));

        lab.process(2).kill();
        lab.process(3).kill();
        Await.until("loss of the lease", DeviceLab.LIMIT, () -> members(session), m -> m.contains("A1 failed"));
        String refused = session.rpc("<commit/>");
        assertTrue(refused.contains("<error-app-tag>no-quorum</error-app-tag>"), refused);
        assertTrue(refused.contains("no majority of the voters {1,2,3} is reachable; silent: {2,3}"), refused);
        assertTrue(refused.contains("form-alone"), refused);
        assertEquals(running, session.rpc(RawNetconf.getConfig("running")));
        assertEquals(candidate, session.rpc(RawNetconf.getConfig("candidate")));

        lab.start(2);
        Await.until(
                "a commit",
                DeviceLab.LIMIT,
                () -> session.rpc("<commit/>"),
                reply -> reply.contains("<ok") || reply.contains("not-master"));
        session.close();
    }

    @Test
    void aSecondDeviceWithTheSerialNumberOfAMemberIsRefusedAndTheMemberLivesOn() {
        lab.start(1);
        lab.start(2);
        RawNetconf session = lab.form(List.of("A2"));
        awaitMembers(session, 2);
        lab.start(3, "A2");
        String reason = "another device announces the same serial number: give each device its own";
        Await.until(
                "discovered device",
                DeviceLab.LIMIT,
                () -> session.rpc(RawNetconf.state("<state><discovered-device/><alarm/></state>")),
                state -> state.contains("<state>ineligible</state>")
                        && state.contains(reason)
                        && state.contains("<name>duplicate-serial</name>"));
        String refused = session.rpc("<join xmlns='urn:testudo:yang:testudo-cluster'><serial>A2</serial></join>");
        assertTrue(refused.contains(reason), refused);
        lab.awaitLog(1, "two devices announce the serial number A2");
        lab.awaitLog(3, "two devices announce the serial number A2");

        assertEquals("A1 master votes in sync\nA2 backup-master votes in sync\n", members(session));
        assertFalse(lab.log(1).contains("MEMBER_DOWN"), () -> lab.log(1));
        session.ok(name("goes-on"));
        session.ok("<commit/>");
        try (RawNetconf second = lab.netconf(3)) {
            assertTrue(second.rpc(RawNetconf.state("<state><role/></state>")).contains("<role>unconfigured</role>"));
        }
        session.close();
    }

    private static String leaf(String name, String notification) {
        Matcher leaf = Pattern.compile("<" + name + "[^>]*>([^<]+)<").matcher(notification);
        assertTrue(leaf.find(), notification);
        return leaf.group(1);
    }

    /// Who was told of a failover, and loses its session, subscribes at another device and misses nothing.
    @Test
    void everyMemberTellsOfAFailoverUnderTheSameId() {
        for (int device = 1; device <= 3; device++) {
            lab.start(device);
        }
        RawNetconf session = lab.form(List.of("A2", "A3"));
        awaitMembers(session, 3);
        session.close();
        String subscription = "<create-subscription xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'>%s"
                + "</create-subscription>";
        String told;
        try (RawNetconf second = lab.netconf(2)) {
            second.ok(subscription.formatted(""));
            lab.process(1).kill();
            told = second.notification("<master-switched");
        }
        assertTrue(List.of("2", "3").contains(leaf("device", told)), told);
        Instant time = Instant.parse(leaf("eventTime", told));
        assertTrue(Duration.between(time, Instant.now()).abs().compareTo(DeviceLab.LIMIT) < 0, told);
        try (RawNetconf third = lab.netconf(3)) {
            third.ok(subscription.formatted("<startTime>" + time.minusSeconds(1) + "</startTime>"));
            String again = third.notification("<master-switched");
            assertEquals(leaf("event-id", told), leaf("event-id", again));
            assertEquals(leaf("cause", told), leaf("cause", again));
            third.notification("<replayComplete");
        }
    }

    /// A session with the one of these devices that is the master, at its own address.
    private RawNetconf master(List<Integer> devices) {
        int found = Await.until(
                "master",
                DeviceLab.LIMIT,
                () -> devices.stream()
                        .filter(device -> lab.process(device).alive())
                        .filter(device -> {
                            try (RawNetconf session = lab.netconf(device)) {
                                return members(session).contains("A" + device + " master votes in sync");
                            }
                        })
                        .findFirst()
                        .orElse(0),
                device -> device != 0);
        return lab.netconf(found);
    }

    private static String confirmed(String persist, int timeoutS) {
        return "<commit><confirmed/><confirm-timeout>" + timeoutS + "</confirm-timeout><persist>" + persist
                + "</persist></commit>";
    }

    /// The time goes on at the next master, and so does the right to confirm.
    @Test
    void aConfirmedCommitIsConfirmedOrUndoneAtTheNextMaster() {
        for (int device = 1; device <= 3; device++) {
            lab.start(device);
        }
        RawNetconf session = lab.form(List.of("A2", "A3"));
        awaitMembers(session, 3);
        session.ok(name("kept"));
        session.ok(confirmed("one", 600));
        lab.process(1).kill();
        session.close();
        try (RawNetconf next = master(List.of(2, 3))) {
            assertTrue(next.rpc(PENDING).contains("<persistent>true</persistent>"), () -> next.rpc(PENDING));
            next.ok("<commit><persist-id>one</persist-id></commit>");
            assertFalse(next.rpc(PENDING).contains("<persistent>"), () -> next.rpc(PENDING));
        }
        lab.start(1);
        try (RawNetconf next = master(List.of(2, 3))) {
            Await.until(
                    "return of device 1",
                    DeviceLab.LIMIT,
                    () -> members(next),
                    rows -> rows.lines()
                                    .filter(row -> row.endsWith(" votes in sync"))
                                    .count()
                            == 3);
            next.ok(name("tried"));
            next.ok(confirmed("two", 10));
            int leads = next.rpc(RawNetconf.state("<member/>")).matches("(?s).*A2<.*?<role>master<.*A3<.*") ? 2 : 3;
            lab.process(leads).kill();
        }
        try (RawNetconf last = master(List.of(1, 2, 3))) {
            Await.until(
                    "the name of before",
                    DeviceLab.LIMIT,
                    () -> last.rpc(RawNetconf.getConfig("running")),
                    running -> running.contains("<name>kept</name>"));
            String history = last.rpc(RawNetconf.state("<r:history xmlns:r='urn:testudo:yang:testudo-revisions'/>"));
            assertTrue(history.contains("is undone: it was not confirmed within 10 s"), history);
        }
    }
}
