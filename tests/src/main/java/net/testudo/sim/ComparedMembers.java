package net.testudo.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.testudo.element.config.MemberDifferences;
import net.testudo.element.config.NodeDifference;
import net.testudo.element.management.Answer;
import net.testudo.element.management.ElementSnapshot;
import net.testudo.element.management.HeldContent;
import net.testudo.sim.world.SimDevice;

/// The answer to a comparison of the members, in words.
final class ComparedMembers {
    private ComparedMembers() {}

    static List<String> lines(String answered, Answer answer, SimDevice asked) {
        ElementSnapshot snapshot = asked.management().newest();
        List<String> lines = new ArrayList<>(List.of(answered));
        if (snapshot == null || answer.held().isEmpty()) {
            return lines;
        }
        HeldContent decided = answer.held().getFirst();
        for (HeldContent told : answer.held().subList(1, answer.held().size())) {
            List<NodeDifference> differences = MemberDifferences.list(snapshot.clusterId(), decided, told);
            if (!told.fault().isEmpty()) {
                lines.add(told.device() + ": " + told.fault());
            } else if (differences.isEmpty()) {
                lines.add(told.device() + " works with revision " + told.revision());
            }
            differences.forEach(difference -> lines.add(told.device() + " " + words(difference)));
        }
        return lines;
    }

    private static String words(NodeDifference difference) {
        String what = difference.part() + " " + difference.operation();
        return what.toLowerCase(Locale.ROOT)
                + (difference.secret() ? " secret " : " ")
                + difference.path()
                + (difference.here().isEmpty() ? "" : " here " + difference.here())
                + (difference.there().isEmpty() ? "" : " there " + difference.there());
    }
}
