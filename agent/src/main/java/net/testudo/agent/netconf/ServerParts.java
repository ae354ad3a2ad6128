package net.testudo.agent.netconf;

import net.testudo.agent.ElementClient;
import net.testudo.agent.access.AccessControl;
import net.testudo.agent.datastore.Datastores;
import net.testudo.agent.datastore.Models;
import net.testudo.agent.datastore.PendingCommits;
import net.testudo.agent.northbound.system.Users;

/// What the operations work on.
record ServerParts(
        ElementClient element,
        Models models,
        Datastores datastores,
        PendingCommits commits,
        Users users,
        AccessControl control,
        Sessions sessions,
        EventStream events) {}
