package net.testudo.agent.northbound.verification;

import java.util.List;
import java.util.Locale;
import net.testudo.agent.access.Access;
import net.testudo.agent.access.AccessOperation;
import net.testudo.agent.datastore.CanonicalFormException;
import net.testudo.agent.datastore.CanonicalLine;
import net.testudo.agent.datastore.CanonicalPath;
import net.testudo.element.config.MemberDifferences;
import net.testudo.element.config.NodeDifference;
import net.testudo.element.management.HeldContent;

/// What `compare-members` answers, as canonical lines.
final class ComparisonLines {
    /// Of a member; who wants to see more has a larger trouble.
    private static final int DIFFERENCES_MAX = 100;

    private static final String ROOT = "/" + VerificationRpc.MODULE + ":";

    private final StringBuilder lines = new StringBuilder();

    private final Access access;

    private ComparisonLines(Access access) {
        this.access = access;
    }

    /// The lines of the output.
    ///
    /// @param clusterId UUID of the cluster
    /// @param held what was decided, then what each member works with
    /// @param access what the user who asks may read; other differences are counted only
    static String of(String clusterId, List<HeldContent> held, Access access) throws CanonicalFormException {
        ComparisonLines written = new ComparisonLines(access);
        HeldContent decided = held.getFirst();
        written.put(ROOT + "revision", decided.revision());
        written.put(ROOT + "hash", decided.hash());
        for (HeldContent told : held.subList(1, held.size())) {
            written.member(told, MemberDifferences.list(clusterId, decided, told));
        }
        return written.lines.toString();
    }

    private void member(HeldContent told, List<NodeDifference> differences) throws CanonicalFormException {
        String path = ROOT + "member[device='" + told.device() + "']";
        boolean answered = told.fault().isEmpty();
        put(path + "/answered", answered);
        text(path + "/why-not", told.fault());
        if (told.revision() != 0) {
            put(path + "/revision", told.revision());
        }
        text(path + "/hash", told.hash());
        put(path + "/equal", answered && differences.isEmpty());
        if (answered) {
            put(path + "/differences", differences.size());
        }
        int number = 0;
        for (NodeDifference difference : differences) {
            if (number < DIFFERENCES_MAX && isReadable(difference)) {
                number++;
                difference(path + "/difference[number='" + number + "']", difference);
            }
        }
    }

    /// What is derived for a device alone is no data of a module.
    private boolean isReadable(NodeDifference difference) throws CanonicalFormException {
        return difference.part() == NodeDifference.Part.DEVICE
                || difference.path().isEmpty()
                || access.node(CanonicalPath.parse(difference.path()), AccessOperation.READ)
                        .decision()
                        .permitted();
    }

    private void difference(String path, NodeDifference difference) {
        put(path + "/part", words(difference.part()));
        put(path + "/operation", words(difference.operation()));
        text(path + "/path", difference.path());
        if (difference.secret()) {
            put(path + "/secret", "");
        }
        text(path + "/here", difference.here());
        text(path + "/there", difference.there());
    }

    private void put(String path, Object value) {
        lines.append(CanonicalLine.of(path, value.toString()));
    }

    /// A leaf that is absent without a value.
    private void text(String path, String value) {
        if (!value.isEmpty()) {
            put(path, value);
        }
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
