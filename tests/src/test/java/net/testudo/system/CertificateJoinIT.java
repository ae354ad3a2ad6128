package net.testudo.system;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.lab.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Devices that have a certificate and no join key.
class CertificateJoinIT {
    private static final String SWITCHED_ON = RawNetconf.edit("<cluster xmlns='urn:testudo:yang:testudo-cluster'>"
            + "<auto-join>false</auto-join><certificate-join>true</certificate-join></cluster>");

    private final DeviceLab lab = DeviceLab.open(3);

    @AfterEach
    void closeLab() {
        lab.close();
    }

    private static String join(String serial) {
        return "<join xmlns='urn:testudo:yang:testudo-cluster'><serial>" + serial + "</serial></join>";
    }

    private void awaitDiscovered(RawNetconf session, String serial) {
        Await.until(
                serial + " discovered",
                DeviceLab.LIMIT,
                () -> session.rpc(RawNetconf.state("<state><discovered-device/></state>")),
                state -> state.contains("<serial>" + serial + "</serial>"));
    }

    @Test
    @Tag("JON-03")
    void aDeviceOfTheOperatorsAuthorityJoinsAndOneOfAnotherDoesNot() {
        lab.makeAuthority("ours");
        lab.makeAuthority("theirs");
        lab.startWithCertificate(1, "ours");
        lab.startWithCertificate(2, "ours");
        lab.startWithCertificate(3, "theirs");
        RawNetconf session = lab.form(List.of());
        awaitDiscovered(session, "A2");
        awaitDiscovered(session, "A3");
        String refused = session.rpc(join("A2"));
        assertTrue(refused.contains("no join key for A2"), refused);
        assertTrue(refused.contains("certificate-join"), refused);
        session.ok(SWITCHED_ON);
        session.ok("<commit/>");

        String stranger = session.rpc(join("A3"));
        assertTrue(stranger.contains("it did not prove itself"), stranger);
        String joined = session.rpc(join("A2"));
        assertTrue(joined.contains("<ok"), joined);
        String members = session.rpc(RawNetconf.state("<member/>"));
        assertTrue(members.contains("<serial>A2</serial>"), members);
        assertFalse(members.contains("<serial>A3</serial>"), members);
        session.close();
    }

    @Test
    void withoutACertificateOfItsOwnTheMasterSaysSo() {
        lab.makeAuthority("ours");
        lab.start(1);
        lab.startWithCertificate(2, "ours");
        RawNetconf session = lab.form(List.of());
        awaitDiscovered(session, "A2");
        session.ok(SWITCHED_ON);
        session.ok("<commit/>");
        String refused = session.rpc(join("A2"));
        assertTrue(refused.contains("this device has no certificate itself: start it with --certificate"), refused);
        session.close();
    }
}
