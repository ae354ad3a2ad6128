package net.testudo.agent.snmp;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.testudo.agent.snmp.SnmpConfig.Role;
import net.testudo.agent.snmp.SnmpConfig.User;
import net.testudo.mib.TestudoSmi;
import org.jspecify.annotations.Nullable;
import org.snmp4j.agent.security.VACM;
import org.snmp4j.security.SecurityLevel;
import org.snmp4j.security.SecurityModel;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;

/// View-based access control (RFC 3415) out of the roles that NETCONF uses too. A role has one view, for reading and
/// for notifications; there is none for writing, and none below authentication with privacy.
final class RoleViews implements VACM {
    private static final OID INTERNET = new OID("1.3.6.1");
    private static final OID USM_USERS = new OID("1.3.6.1.6.3.15.1.2");
    private static final Map<Role, List<OID>> SUBTREES = Map.of(
            Role.ADMIN,
            List.of(INTERNET),
            Role.READ_ONLY,
            List.of(
                    new OID("1.3.6.1.2.1"),
                    new OID(TestudoSmi.ROOT),
                    new OID("1.3.6.1.6.3.10"),
                    new OID("1.3.6.1.6.3.11"),
                    new OID("1.3.6.1.6.3.15.1.1")));

    private volatile Map<OctetString, Role> roles = Map.of();

    /// Replaces the users.
    void setUsers(List<User> users) {
        Map<OctetString, Role> next = new HashMap<>();
        users.forEach(user -> next.put(new OctetString(user.name()), user.role()));
        roles = Map.copyOf(next);
    }

    @Override
    public int isAccessAllowed(
            OctetString context,
            OctetString securityName,
            int securityModel,
            int securityLevel,
            int viewType,
            OID oid) {
        if (!hasContext(context)) {
            return VACM_NO_SUCH_CONTEXT;
        }
        if (!roles.containsKey(securityName)) {
            return VACM_NO_GROUP_NAME;
        }
        OctetString view = getViewName(context, securityName, securityModel, securityLevel, viewType);
        return view == null ? VACM_NO_ACCESS_ENTRY : isAccessAllowed(view, oid);
    }

    @Override
    public int isAccessAllowed(OctetString viewName, OID oid) {
        for (Map.Entry<Role, List<OID>> view : SUBTREES.entrySet()) {
            if (viewName(view.getKey()).equals(viewName)) {
                // The user table holds what nobody has to see, and nothing that is of use.
                boolean inView = view.getValue().stream().anyMatch(oid::startsWith) && !oid.startsWith(USM_USERS);
                return inView ? VACM_OK : VACM_NOT_IN_VIEW;
            }
        }
        return VACM_NO_SUCH_VIEW;
    }

    @Override
    public @Nullable OctetString getViewName(
            OctetString context, OctetString securityName, int securityModel, int securityLevel, int viewType) {
        Role role = roles.get(securityName);
        boolean permitted = securityModel == SecurityModel.SECURITY_MODEL_USM
                && securityLevel == SecurityLevel.AUTH_PRIV
                && viewType != VIEW_WRITE;
        return role == null || !permitted ? null : viewName(role);
    }

    @Override
    public boolean hasContext(OctetString contextName) {
        return contextName.length() == 0;
    }

    private static OctetString viewName(Role role) {
        return new OctetString(role.name());
    }
}
