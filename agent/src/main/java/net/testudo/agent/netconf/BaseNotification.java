package net.testudo.agent.netconf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.testudo.agent.access.Access;
import net.testudo.agent.access.AccessOperation;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.agent.datastore.ChangeGuard;
import net.testudo.agent.datastore.InstancePath;
import net.testudo.agent.datastore.NodeChange;

/// A notification of `ietf-netconf-notifications` (RFC 6470).
///
/// @param name of it
/// @param fields all but the list of edits, by name, in the order of the module
/// @param edits what changed; shown as far as the subscriber may read it
record BaseNotification(String name, List<Field> fields, List<NodeChange> edits) {
    /// The name of the module.
    static final String MODULE = "ietf-netconf-notifications";

    /// A leaf.
    ///
    /// @param path of it below the notification
    record Field(String path, Object value) {}

    /// Who did it.
    ///
    /// @param user its name
    /// @param session number of the session
    /// @param host where its client is, if known
    record Who(String user, String session, String host) {}

    /// A session has begun.
    static BaseNotification sessionStart(Who who) {
        return new BaseNotification("netconf-session-start", who("", who), List.of());
    }

    /// A session is over.
    ///
    /// @param reason as in the module
    /// @param killer the session that killed it
    static BaseNotification sessionEnd(Who who, String reason, Optional<Long> killer) {
        List<Field> fields = who("", who);
        killer.ifPresent(by -> fields.add(new Field("killed-by", by)));
        fields.add(new Field("termination-reason", reason));
        return new BaseNotification("netconf-session-end", fields, List.of());
    }

    /// Running has changed.
    ///
    /// @param who changed it; nothing if the cluster did
    static BaseNotification configChange(Optional<Who> who, List<NodeChange> edits) {
        List<Field> fields = who.map(known -> who("changed-by/", known))
                .orElseGet(() -> new ArrayList<>(List.of(new Field("changed-by/server", ""))));
        fields.add(new Field("datastore", "running"));
        return new BaseNotification("netconf-config-change", fields, edits);
    }

    /// Something became of a confirmed commit.
    ///
    /// @param event as in the module
    /// @param timeoutS how long it waits, if it does
    static BaseNotification confirmedCommit(Optional<Who> who, String event, Optional<Long> timeoutS) {
        List<Field> fields = who.map(known -> who("", known)).orElseGet(ArrayList::new);
        fields.add(new Field("confirm-event", event));
        timeoutS.ifPresent(seconds -> fields.add(new Field("timeout", seconds)));
        return new BaseNotification("netconf-confirmed-commit", fields, List.of());
    }

    private static List<Field> who(String path, Who who) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field(path + "username", who.user()));
        fields.add(new Field(path + "session-id", who.session()));
        if (!who.host().isEmpty()) {
            fields.add(new Field(path + "source-host", who.host()));
        }
        return fields;
    }

    /// It as canonical lines.
    ///
    /// @param reader to whom it is told
    String lines(Access reader) {
        String root = "/" + MODULE + ":" + name + "/";
        StringBuilder lines = new StringBuilder();
        fields.forEach(field ->
                lines.append(CanonicalLine.of(root + field.path(), field.value().toString())));
        for (NodeChange edit : edits) {
            if (reader.node(edit.path(), AccessOperation.READ).decision().permitted()) {
                lines.append(root)
                        .append("edit[target=")
                        .append(CanonicalPath.quote(InstancePath.of(edit.path())))
                        .append("][operation='")
                        .append(operation(edit.kind()))
                        .append("']\n");
            }
        }
        return lines.toString();
    }

    private static String operation(ChangeGuard.Kind kind) {
        return switch (kind) {
            case CREATE -> "create";
            case UPDATE -> "replace";
            case DELETE -> "delete";
        };
    }
}
