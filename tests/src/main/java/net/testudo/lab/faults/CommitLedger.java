package net.testudo.lab.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.testudo.lab.cluster.NetconfClient.CommitAnswer;
import net.testudo.lab.cluster.NetconfClient.Fate;

/// What a client was told of its commits, in the order in which it sent them. It is used by several threads.
final class CommitLedger {
    private final Map<String, CommitAnswer> answers = new LinkedHashMap<>();

    /// Numbers of commits by what the client was told.
    ///
    /// @param acknowledged the server said `ok`
    /// @param refused the server said that it did not happen
    /// @param unknown the server did not know, or no answer came
    record Counts(int acknowledged, int refused, int unknown) {
        Counts minus(Counts earlier) {
            return new Counts(
                    acknowledged - earlier.acknowledged, refused - earlier.refused, unknown - earlier.unknown);
        }

        @Override
        public String toString() {
            return acknowledged + "/" + refused + "/" + unknown;
        }
    }

    /// A commit was answered, or will never be.
    synchronized void add(String commitId, CommitAnswer answer) {
        answers.put(commitId, answer);
    }

    /// What is known at this moment.
    synchronized CommitLedger copy() {
        CommitLedger copy = new CommitLedger();
        copy.answers.putAll(answers);
        return copy;
    }

    /// Ids of the commits with this fate, in the order in which they were sent.
    synchronized List<String> withFate(Fate fate) {
        List<String> ids = new ArrayList<>();
        answers.forEach((id, answer) -> {
            if (answer.fate() == fate) {
                ids.add(id);
            }
        });
        return ids;
    }

    /// How many there are of each.
    synchronized Counts counts() {
        return new Counts(
                withFate(Fate.ACKNOWLEDGED).size(),
                withFate(Fate.REFUSED).size(),
                withFate(Fate.UNKNOWN).size());
    }

    /// One line for each commit, for the evidence of a failure.
    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        answers.forEach((id, answer) -> lines.add(id + " " + answer.fate() + " " + answer.text()));
        return lines;
    }
}
