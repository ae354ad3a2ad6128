package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.testudo.agent.snmp.SnmpConfig.Authentication;
import net.testudo.agent.snmp.SnmpConfig.Privacy;
import net.testudo.agent.snmp.SnmpConfig.Role;
import net.testudo.agent.snmp.SnmpConfig.Target;
import net.testudo.agent.snmp.SnmpConfig.User;
import org.junit.jupiter.api.Test;

class SnmpConfigReaderTest {
    private static final String SNMP = "/testudo-system:system/snmp/";
    private final Fixture fixture = new Fixture(0);

    @Test
    void usersAndTargetsComeFromTheRevision() {
        fixture.user("root", "admin").target("nms", 1162, "inform").target("log", 162, "trap");
        assertEquals(
                List.of(
                        user("ops", Role.READ_ONLY, Authentication.HMAC_SHA_256, Fixture.AUTHENTICATION),
                        user("root", Role.ADMIN, Authentication.HMAC_SHA_256, Fixture.AUTHENTICATION)),
                read().users());
        assertEquals(
                List.of(
                        new Target("nms", "127.0.0.1", 1162, "ops", true),
                        new Target("log", "127.0.0.1", 162, "ops", false)),
                read().targets());
        assertEquals("demo", read().clusterName());
    }

    @Test
    void leavesThatAreAbsentHaveTheDefaultsOfTheModel() {
        fixture.configuration = SNMP + "user[name='ops']\n" + SNMP + "notify-target[name='nms']/address = 192.0.2.1\n"
                + SNMP + "notify-target[name='nms']/user = ops\n";
        assertEquals(
                List.of(user("ops", Role.READ_ONLY, Authentication.HMAC_SHA_256, Fixture.AUTHENTICATION)),
                read().users());
        assertEquals(List.of(new Target("nms", "192.0.2.1", 162, "ops", false)), read().targets());
    }

    @Test
    void namesWithQuotesAndValuesWithEscapesAreReadAsMeant() {
        String path = SNMP + "user[name=\"o'ps]\"]";
        fixture.configuration = path + "/authentication-protocol = hmac-sha-512\n";
        fixture.secrets = path + "/authentication-passphrase = back\\\\slash=\\nline\n" + path
                + "/privacy-passphrase = " + Fixture.PRIVACY + "\n";
        assertEquals(
                List.of(user("o'ps]", Role.READ_ONLY, Authentication.HMAC_SHA_512, "back\\slash=\nline")),
                read().users());
    }

    @Test
    void aUserWithoutBothPassphrasesAndItsTargetsAreLeftOut() {
        fixture.target("nms", 162, "trap");
        fixture.secrets = SNMP + "user[name='ops']/authentication-passphrase = " + Fixture.AUTHENTICATION + "\n";
        assertEquals(List.of(), read().users());
        assertEquals(List.of(), read().targets());
    }

    @Test
    void theEngineIdIsTheClustersUnlessConfigured() {
        assertEquals("80007ed9056b1f0c3e5f7a4c1d9e2b0123456789ab", read().engineId());
        fixture.secrets += SNMP + "engine-id = 80007ED904AABB\n";
        assertEquals("80007ed904aabb", read().engineId());
    }

    @Test
    void passphrasesAreNotPrinted() {
        String printed = read().toString();
        assertTrue(printed.contains("ops"));
        assertFalse(printed.contains(Fixture.AUTHENTICATION) || printed.contains(Fixture.PRIVACY));
    }

    private SnmpConfig read() {
        return SnmpConfigReader.read(fixture.snapshot(0)).orElseThrow();
    }

    private static User user(String name, Role role, Authentication authentication, String passphrase) {
        return new User(name, role, authentication, passphrase, Privacy.AES_128, Fixture.PRIVACY);
    }
}
