package net.testudo.agent.datastore;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.testudo.element.management.Content;

/// The member entries of a content, which a rollback must not change: devices become members and cease to be ones by
/// joining and leaving.
final class MemberEntries {
    private static final String CLUSTER = "cluster";
    private static final String MEMBER = "member";
    private static final String SERIAL = "serial";

    private MemberEntries() {}

    /// `older` with the members of `running`: what `older` says of one that is a member still stays, but for its
    /// number; the others are those of `running`.
    static Content kept(Content older, Content running) throws CanonicalFormException {
        List<CanonicalLine> there = CanonicalLine.parseAll(running.configuration());
        List<CanonicalLine> former = CanonicalLine.parseAll(older.configuration());
        Set<String> members = serials(there);
        Set<String> known = serials(former);
        String configuration = Stream.concat(
                        former.stream()
                                .filter(line -> serial(line)
                                        .map(s -> members.contains(s) && !isNumber(line))
                                        .orElse(true)),
                        there.stream()
                                .filter(line -> serial(line)
                                        .map(s -> isNumber(line) || !known.contains(s))
                                        .orElse(false)))
                .map(MemberEntries::text)
                .collect(Collectors.joining());
        return new Content(configuration, older.secrets());
    }

    private static Set<String> serials(List<CanonicalLine> lines) {
        return lines.stream()
                .map(MemberEntries::serial)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /// The serial number of the member that the line is about, if it is about one.
    private static Optional<String> serial(CanonicalLine line) {
        List<CanonicalPath.Step> steps = line.path().steps();
        boolean member = steps.size() > 1
                && steps.get(0).name().equals(CLUSTER)
                && steps.get(1).name().equals(MEMBER);
        return member
                ? steps.get(1).keys().stream()
                        .filter(key -> key.name().equals(SERIAL))
                        .map(CanonicalPath.Key::value)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isNumber(CanonicalLine line) {
        return line.path().steps().getLast().name().equals("id");
    }

    private static String text(CanonicalLine line) {
        String value = line.value();
        return value == null ? line.text() + "\n" : CanonicalLine.of(line.text(), value);
    }
}
