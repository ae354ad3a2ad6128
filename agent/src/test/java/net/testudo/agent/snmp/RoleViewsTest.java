package net.testudo.agent.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.testudo.mib.ClusterScalar;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

class RoleViewsTest {
    private static final String MASTER = ClusterScalar.CLUSTER_MASTER.oid() + ".0";
    private static final String USM_USER = "1.3.6.1.6.3.15.1.2.2.1.3";
    private static final String TARGETS = "1.3.6.1.6.3.12.1.1.0";
    private final RoleViews views = new RoleViews();

    @BeforeEach
    void addUsers() {
        Fixture fixture = new Fixture(0).user("root", "admin");
        views.setUsers(SnmpConfigReader.read(fixture.snapshot(0)).orElseThrow().users());
    }

    @Test
    void bothRolesReadTheElementAndNeitherReadsTheUserTable() {
        for (String user : new String[] {"ops", "root"}) {
            assertEquals(VACM.VACM_OK, read(user, SecurityLevel.AUTH_PRIV, MASTER));
            assertEquals(VACM.VACM_NOT_IN_VIEW, read(user, SecurityLevel.AUTH_PRIV, USM_USER));
        }
    }

    @Test
    void onlyAnAdminReadsTheRest() {
        assertEquals(VACM.VACM_OK, read("root", SecurityLevel.AUTH_PRIV, TARGETS));
        assertEquals(VACM.VACM_NOT_IN_VIEW, read("ops", SecurityLevel.AUTH_PRIV, TARGETS));
    }

    @Test
    void nobodyReadsWithoutPrivacyAndNobodyWrites() {
        assertEquals(VACM.VACM_NO_ACCESS_ENTRY, read("root", SecurityLevel.AUTH_NOPRIV, MASTER));
        assertEquals(VACM.VACM_NO_ACCESS_ENTRY, access("root", VACM.VIEW_WRITE, SecurityLevel.AUTH_PRIV, MASTER));
        assertEquals(VACM.VACM_NO_GROUP_NAME, read("stranger", SecurityLevel.AUTH_PRIV, MASTER));
    }

    private int read(String user, int level, String oid) {
        return access(user, VACM.VIEW_READ, level, oid);
    }

    private int access(String user, int viewType, int level, String oid) {
        return views.isAccessAllowed(
                new OctetString(),
                new OctetString(user),
                SecurityModel.SECURITY_MODEL_USM,
                level,
                viewType,
                new OID(oid));
    }
}
